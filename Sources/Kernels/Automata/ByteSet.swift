/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init() {}

  init(_ range: ClosedRange<UInt8>) { insert(range) }

  init(_ characters: String) {
    for byte in characters.utf8 { insert(byte...byte) }
  }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

  func union(_ other: ByteSet) -> ByteSet {
    var both = self
    both.words |= other.words
    return both
  }

  /// What else there is in ASCII.
  var asciiComplement: ByteSet {
    var rest = ByteSet()
    for byte in UInt8(0)...127 where !contains(byte) { rest.insert(byte...byte) }
    return rest
  }

  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let spaces = ByteSet("\t\n\u{C}\r ")
  static let wordCharacters = digits.union(ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")))
    .union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))).union(ByteSet("_"))
}
