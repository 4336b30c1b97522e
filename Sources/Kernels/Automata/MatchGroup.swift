/// Where a group is in a match: behind what stands before it, and before what stands behind it.
struct MatchGroup: Sendable {
  enum Side: Sendable {
    /// So many bytes.
    case bytes(UInt32)
    /// What an automaton finds, which can end at one place only.
    case pattern(MatchAutomaton)
  }

  let before: Side
  /// Read from the end of the match back.
  let behind: Side

  /// A group by number, 0 for the whole match; nil where it is not plain where it is.
  init?(_ number: Int, of pattern: BytePattern) {
    guard let around = pattern.surroundings(of: number),
      let before = Self.side(around.before), let behind = Self.side(around.behind.reversed)
    else { return nil }
    (self.before, self.behind) = (before, behind)
  }

  private static func side(_ pattern: BytePattern) -> Side? {
    if let width = pattern.width { return .bytes(UInt32(width)) }
    guard let graph = ByteGraph(pattern), let automaton = MatchAutomaton(graph, .all),
      automaton.isPrefixFree
    else { return nil }
    return .pattern(automaton)
  }

  /// The bytes of a match before the group and behind it, where these are the same for all matches.
  var distances: (before: UInt32, behind: UInt32)? {
    guard case .bytes(let before) = before, case .bytes(let behind) = behind else { return nil }
    return (before, behind)
  }

  /// The group by plain pointers.
  struct Reader {
    fileprivate let before: SideReader
    fileprivate let behind: SideReader
  }

  fileprivate enum SideReader {
    case bytes(UInt32)
    case pattern(MatchAutomaton.Reader)
  }

  /// Calls `body` with a reader that is valid while it runs.
  func read(_ body: (Reader) -> Void) {
    before.read { before in
      behind.read { behind in body(Reader(before: before, behind: behind)) }
    }
  }
}

extension MatchGroup.Side {
  fileprivate func read(_ body: (MatchGroup.SideReader) -> Void) {
    switch self {
    case .bytes(let count): body(.bytes(count))
    case .pattern(let automaton): automaton.read { body(.pattern($0)) }
    }
  }
}

extension MatchGroup.Reader {
  /// Where the group of a match in a text is.
  @inline(__always)
  func range(
    _ base: UnsafePointer<UInt8>, _ match: (start: UInt32, end: UInt32), in text: Range<UInt32>
  ) -> (start: UInt32, end: UInt32) {
    let start: UInt32
    switch before {
    case .bytes(let count): start = match.start &+ count
    case .pattern(let reader):
      start = reader.firstEnd(
        base, match.start, match.end, isTextStart: match.start == text.lowerBound)
    }
    switch behind {
    case .bytes(let count): return (start, match.end &- count)
    case .pattern(let reader):
      let end = reader.firstStart(
        base, match.end, downTo: start, isTextEnd: match.end == text.upperBound)
      return (start, end)
    }
  }
}
