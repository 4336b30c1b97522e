/// Finds where the first match of a pattern is, and a group of it, as RE2 does.
///
/// One automaton reads on to the end of the match, another back to its start: a look-up a byte each.
/// Where matches end with the text only the second is needed, and few bytes are read.
struct MatchFinder: Sendable {
  /// nil where every match ends with the text.
  private let forward: MatchAutomaton?
  private let backward: MatchAutomaton
  /// How many bytes of the match stand before the group and behind it.
  private let before: UInt32
  private let behind: UInt32

  /// nil for a pattern or a group that is left to RE2.
  init?(_ pattern: BytePattern, group: Int) {
    guard pattern.hasPlainMatches, let around = pattern.surroundings(of: group),
      let reversed = ByteGraph(pattern.reversed), let backward = MatchAutomaton(reversed, .all)
    else { return nil }
    self.backward = backward
    if pattern.endsWithText {
      forward = nil
    } else {
      guard let graph = ByteGraph(pattern), let forward = MatchAutomaton(graph, .preferred) else {
        return nil
      }
      self.forward = forward
    }
    (before, behind) = (UInt32(around.before), UInt32(around.behind))
  }

  /// Where the group is in each row; see `RegularExpression.extract`.
  func find(
    _ rows: TextRows, count: Int, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    found.update(repeating: 0, count: (count + 63) / 64)
    func find(_ endOf: (_ first: UInt32, _ last: UInt32) -> UInt32) {
      backward.read { backward in
        for row in 0..<count {
          let (first, last) = (rows.starts[row], rows.ends[row])
          (starts[row], ends[row]) = (first, first)
          let end = endOf(first, last)
          if end == MatchAutomaton.nowhere { continue }
          let start = backward.firstStart(rows.base, first, end, isTextEnd: end == last)
          if start == MatchAutomaton.nowhere { continue }
          (starts[row], ends[row]) = (start &+ before, end &- behind)
          found[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
        }
      }
    }
    guard let forward else { return find { _, last in last } }
    forward.read { forward in
      find { first, last in forward.lastEnd(rows.base, first, last) }
    }
  }
}
