import Glibc

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
  /// What every match begins with, which is quicker to look for than a match; -1 where it varies.
  private let firstByte: Int32

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
    let first = forward == nil ? [] : pattern.firstBytes(upTo: 1).flatMap(\.bytes)
    firstByte = first.count == 1 ? Int32(first[0]) : -1
  }

  /// A group by number, 0 for the whole match; nil where it is not plain where in a match it is.
  func group(_ number: Int) -> MatchGroup? { MatchGroup(number, of: pattern) }

  /// Where the group of the first match is in each row; see `RegularExpression.extract`.
  func find(
    _ rows: TextRows, count: Int, group: MatchGroup, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    filter.findLikely(rows, count: count, into: found)
    group.read { group in
      read { find(rows, count, $0, group, starts, ends, found) }
    }
  }

  private func find(
    _ rows: TextRows, _ count: Int, _ readers: Readers, _ group: MatchGroup.Reader,
    _ starts: UnsafeMutablePointer<UInt32>, _ ends: UnsafeMutablePointer<UInt32>,
    _ found: UnsafeMutablePointer<UInt64>
  ) {
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
        (starts[row], ends[row]) = group.range(rows.base, match, in: first..<last)
        own |= bit
      }
      found[word] = own
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
    fileprivate let firstByte: Int32
  }

  /// Calls `body` with readers that are valid while it runs.
  func read(_ body: (Readers) -> Void) {
    backward.read { backward in
      func give(_ forward: MatchAutomaton.Reader?) {
        body(Readers(forward: forward, backward: backward, firstByte: firstByte))
      }
      guard let forward else { return give(nil) }
      forward.read { give($0) }
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
    var place = place
    if firstByte >= 0 {
      let from = UnsafeRawPointer(base + Int(place))
      guard place < last, let found = memchr(from, firstByte, Int(last &- place)) else {
        return nil
      }
      place &+= UInt32(truncatingIfNeeded: UnsafeRawPointer(found) - from)
    }
    let isTextStart = place == text.lowerBound
    let end = forward?.lastEnd(base, place, last, isTextStart: isTextStart) ?? last
    if end == MatchAutomaton.nowhere { return nil }
    let start = backward.firstStart(
      base, place, end, isTextStart: isTextStart, isTextEnd: end == last)
    return start == MatchAutomaton.nowhere ? nil : (start, end)
  }
}
