/// Finds rows in which a pattern matches somewhere: first by what every match has, which is fast, then by an
/// automaton in the rows that have it.
struct PatternSearch: Sendable {
  private let automaton: ByteAutomaton
  private let filter: PatternFilter?

  /// nil for a pattern whose automaton is too large.
  init?(_ pattern: BytePattern) {
    guard let automaton = ByteAutomaton(pattern) else { return nil }
    self.automaton = automaton
    filter = PatternFilter(pattern)
  }

  /// The rows with a match; bits, spare bits of the last word 0.
  func match(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    filter.findLikely(rows, count: count, into: bits)
    if let filter, filter.isEnough, rows.offsets != nil { return }
    automaton.match(rows, count: count, among: bits)
  }
}
