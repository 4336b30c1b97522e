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

  /// The bytes, ascending.
  var bytes: [UInt8] { (UInt8.min...UInt8.max).filter(contains) }

  func union(_ other: ByteSet) -> ByteSet {
    var both = self
    both.words |= other.words
    return both
  }

  static let wordCharacters = ByteSet("_").union(ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9")))
    .union(ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")))
    .union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z")))
}
