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
}
