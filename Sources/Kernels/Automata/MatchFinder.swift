/// Finds where matches of a pattern are, and a group of it, as RE2 does.
///
/// One automaton reads on to the end of the match, another back to its start: a look-up a byte each.
/// Where matches end with the text only the second is needed, and few bytes are read. Rows without what
/// every match has are not read.
struct MatchFinder: Sendable {
  /// nil where every match ends with the text.
  private let forward: MatchAutomaton?
  private let backward: MatchAutomaton
  private let filter: PatternFilter?
  private let pattern: BytePattern

  /// A group of a match: so many bytes stand before it and behind it.
  struct Group: Equatable, Sendable {
    let before: UInt32
    let behind: UInt32
  }

  /// nil for a pattern that is left to RE2.
  init?(_ pattern: BytePattern) {
    guard pattern.hasPlainMatches, let reversed = ByteGraph(pattern.reversed),
      let backward = MatchAutomaton(reversed, .all)
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
    filter = PatternFilter(pattern)
    self.pattern = pattern
  }

  /// A group by number, 0 for the whole match; nil where its place in a match varies.
  func group(_ number: Int) -> Group? {
    pattern.surroundings(of: number).map {
      Group(before: UInt32($0.before), behind: UInt32($0.behind))
    }
  }

  /// Where the group of the first match is in each row; see `RegularExpression.extract`.
  func find(
    _ rows: TextRows, count: Int, group: Group, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    filter.findLikely(rows, count: count, into: found)
    read { readers in
      for word in 0..<(count + 63) / 64 {
        let likely = found[word]
        var own: UInt64 = 0
        for row in word * 64..<min(count, word * 64 + 64) {
          let (first, last) = (rows.starts[row], rows.ends[row])
          (starts[row], ends[row]) = (first, first)
          let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: row & 63)
          guard likely & bit != 0,
            let match = readers.next(rows.base, from: first, in: first..<last)
          else { continue }
          (starts[row], ends[row]) = (match.start &+ group.before, match.end &- group.behind)
          own |= bit
        }
        found[word] = own
      }
    }
  }

  /// The rows that may have a match; bits.
  func findLikely(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    filter.findLikely(rows, count: count, into: bits)
  }

  /// The automata, by plain pointers.
  struct Readers {
    fileprivate let forward: MatchAutomaton.Reader?
    fileprivate let backward: MatchAutomaton.Reader
  }

  /// Calls `body` with readers that are valid while it runs.
  func read(_ body: (Readers) -> Void) {
    backward.read { backward in
      guard let forward else { return body(Readers(forward: nil, backward: backward)) }
      forward.read { body(Readers(forward: $0, backward: backward)) }
    }
  }
}

extension MatchFinder.Readers {
  /// The first match from a place of a text on.
  @inline(__always)
  func next(
    _ base: UnsafePointer<UInt8>, from place: UInt32, in text: Range<UInt32>
  ) -> (start: UInt32, end: UInt32)? {
    let last = text.upperBound
    let isTextStart = place == text.lowerBound
    let end = forward?.lastEnd(base, place, last, isTextStart: isTextStart) ?? last
    if end == MatchAutomaton.nowhere { return nil }
    let start = backward.firstStart(
      base, place, end, isTextStart: isTextStart, isTextEnd: end == last)
    return start == MatchAutomaton.nowhere ? nil : (start, end)
  }
}
