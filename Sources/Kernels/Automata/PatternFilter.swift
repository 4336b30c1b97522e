/// What every match of a pattern has, and is found faster than a match.
struct PatternFilter: Sendable {
  private enum Form {
    case literals(PatternLiterals)
    case window(ByteWindowFilter)
  }

  private let form: Form

  /// How many places of a million may be a window's that is looked for in place of literals, and in place of
  /// nothing.
  private static let (rare, seldom) = (400.0, 30_000.0)

  /// nil for a pattern all of whose rows had better be read.
  init?(_ pattern: BytePattern) {
    guard let form = Self.form(pattern) else { return nil }
    self.form = form
  }

  private static func form(_ pattern: BytePattern) -> Form? {
    let literals = PatternLiterals(pattern)
    // Few bytes are read where matches begin or end with the text.
    let isShort = pattern.startsWithText || pattern.endsWithText
    guard !isShort, let window = ByteWindowFilter(pattern) else {
      return literals.map { .literals($0) }
    }
    guard let literals else {
      return window.isEnough || window.frequency < seldom ? .window(window) : nil
    }
    // A window is one search, literals are several.
    let isOneBetter =
      literals.needles.count > 2
      && (window.isEnough || !literals.isEnough && window.frequency < rare)
    return isOneBetter ? .window(window) : .literals(literals)
  }

  /// Whether a row that is found always matches.
  var isEnough: Bool {
    switch form {
    case .literals(let literals): literals.isEnough
    case .window(let window): window.isEnough
    }
  }

  /// Finds rows; false, nothing done, for rows that do not lie behind each other.
  func find(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) -> Bool {
    guard let offsets = rows.offsets else { return false }
    switch form {
    case .literals(let literals):
      searchTexts(base: rows.base, offsets: offsets, count: count, anyOf: literals, into: bits)
    case .window(let window):
      window.find(rows.base, offsets: offsets, count: count, into: bits)
    }
    return true
  }
}

extension PatternFilter? {
  /// Sets the bits of the rows that may match; those of all where there is no filter.
  func findLikely(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    if let filter = self, filter.find(rows, count: count, into: bits) { return }
    bits.update(repeating: ~0, count: count / 64)
    if count % 64 > 0 { bits[count / 64] = (1 &<< UInt64(count % 64)) &- 1 }
  }
}
