/// A text that is looked for; letters may be of any case.
struct Literal: Hashable, Sendable {
  private(set) var bytes: [UInt8] = []
  /// How many of the letters of ASCII are of any case, and how many are as they stand.
  private var foldedLetters = 0
  private var exactLetters = 0
  /// Which are of any case.
  private var folded: [Bool] = []

  init() {}

  init(_ byte: UInt8) {
    bytes = [byte]
    folded = [false]
    exactLetters = Self.isLetter(byte) ? 1 : 0
  }

  /// The one literal of a set that is a letter of ASCII in both cases; nil for other sets.
  init?(anyCaseOf set: ByteSet) {
    let both = set.bytes
    guard both.count == 2, both[1] == both[0] | 0x20, Self.isLetter(both[1]) else { return nil }
    bytes = [both[1]]
    folded = [true]
    foldedLetters = 1
  }

  static func + (first: Literal, second: Literal) -> Literal {
    var both = first
    both.bytes += second.bytes
    both.folded += second.folded
    both.foldedLetters += second.foldedLetters
    both.exactLetters += second.exactLetters
    return both
  }

  /// Whether it is looked for in lower case, whatever the case of letters.
  var ignoresCase: Bool { foldedLetters > 0 }
  var needle: [UInt8] {
    ignoresCase ? bytes.map { Self.isLetter($0) ? $0 | 0x20 : $0 } : bytes
  }
  /// Whether what is found is all that it is and no more.
  var isSearchedExactly: Bool { foldedLetters == 0 || exactLetters == 0 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
}
