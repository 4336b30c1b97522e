/// A regular expression over bytes.
indirect enum BytePattern: Sendable {
  case byte(ByteSet)
  case sequence([BytePattern])
  case either([BytePattern])
  /// At least `least` and at most `most` times, nil for any number; often rather than seldom unless lazy.
  case repeated(BytePattern, least: Int, most: Int?, isLazy: Bool)
  /// What is in brackets, by number.
  case group(Int, BytePattern)
  case textStart
  case textEnd
  /// Between a byte of a word and one that is none, as `\b`, or where that is not so.
  case wordEdge(isEdge: Bool)

  /// A character of several bytes; the text is valid UTF-8.
  static let beyondASCII: BytePattern = {
    let next = BytePattern.byte(ByteSet(0x80...0xBF))
    return .either([
      .sequence([.byte(ByteSet(0xC2...0xDF)), next]),
      .sequence([.byte(ByteSet(0xE0...0xEF)), next, next]),
      .sequence([.byte(ByteSet(0xF0...0xF4)), next, next, next]),
    ])
  }()

  /// One character: of these in ASCII, and where wanted any other.
  static func character(_ set: ByteSet, beyondASCII: Bool) -> BytePattern {
    beyondASCII ? .either([.byte(set), .beyondASCII]) : .byte(set)
  }
}
