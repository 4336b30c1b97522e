/// What every match of a pattern has, and is found faster than a match.
struct PatternFilter: Sendable {
  private enum Form {
    case literals(PatternLiterals)
    case window(ByteWindowFilter)
    /// What every match begins or ends with, where that is at an end of the text.
    case affix([UInt8], TextMatch)
  }

  private let form: Form

  /// How many places of a million may be a window's that is looked for in place of literals, and in place of
  /// nothing.
  private static let (rare, seldom) = (400.0, 30_000.0)
  /// So many bytes are looked at of what matches begin or end with.
  private static let longestAffix = 16

  /// nil for a pattern all of whose rows had better be read.
  init?(_ pattern: BytePattern) {
    guard let form = Self.form(pattern) else { return nil }
    self.form = form
  }

  private static func form(_ pattern: BytePattern) -> Form? {
    let literals = PatternLiterals(pattern)
    if pattern.startsWithText || pattern.endsWithText {
      // Few bytes are read of a text whatever the pattern.
      return affix(pattern) ?? literals.map { .literals($0) }
    }
    guard let window = ByteWindowFilter(pattern) else {
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

  /// The bytes that all matches have at the end of the text at which they stand; nil where they vary.
  private static func affix(_ pattern: BytePattern) -> Form? {
    func first(of pattern: BytePattern) -> [UInt8] {
      let sets = pattern.firstBytes(upTo: longestAffix).map(\.bytes)
      return sets.prefix { $0.count == 1 }.map { $0[0] }
    }
    let front = pattern.startsWithText ? first(of: pattern) : []
    let back = pattern.endsWithText ? Array(first(of: pattern.reversed).reversed()) : []
    if front.isEmpty && back.isEmpty { return nil }
    return front.count >= back.count ? .affix(front, .startsWith) : .affix(back, .endsWith)
  }

  /// Whether a row that is found always matches.
  var isEnough: Bool {
    switch form {
    case .literals(let literals): literals.isEnough
    case .window(let window): window.isEnough
    case .affix: false
    }
  }

  /// Finds rows; false, nothing done, where these would have to lie behind each other.
  func find(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) -> Bool {
    switch (form, rows.offsets) {
    case (.affix(let bytes, let end), _): rows.match(end, bytes, count: count, into: bits)
    case (.literals(let literals), let offsets?):
      searchTexts(base: rows.base, offsets: offsets, count: count, anyOf: literals, into: bits)
    case (.window(let window), let offsets?):
      window.find(rows.base, offsets: offsets, count: count, into: bits)
    case (_, nil): return false
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
