/// The length of a text and its first and last eight bytes, which may overlap: all of a text of at most
/// sixteen.
///
/// Both words are the same for a text of less than eight bytes, whose missing ones are 0.
struct TextOutline: BitwiseCopyable {
  let head: UInt64
  let tail: UInt64
  let count: Int

  /// A text of at most so many bytes is told by its outline.
  static let length = 16
  /// No text's.
  static let none = TextOutline(head: 0, tail: 0, count: -1)

  @inline(__always) static func == (one: TextOutline, other: TextOutline) -> Bool {
    let lengths = UInt64(bitPattern: Int64(one.count ^ other.count))
    return (one.head ^ other.head) | (one.tail ^ other.tail) | lengths == 0
  }

  /// The hash of a text of at most sixteen bytes.
  @inline(__always) var hash: UInt64 {
    let state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    let mixed = mix(head ^ state, tail)
    return mixed ^ mixed &>> 32
  }
}
