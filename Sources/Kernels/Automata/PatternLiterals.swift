/// Texts of which every match of a pattern contains one: looking for them is faster than any automaton.
struct PatternLiterals: Sendable {
  /// Few, and none so short that most rows have it.
  let needles: [Literal]
  /// Whether a text that contains one of them, at these edges of words, always matches.
  let isEnough: Bool
  /// The edges of words that a match begins and ends at.
  let edges: Edges

  struct Edges {
    var before = false
    var behind = false
  }

  private static let mostNeedles = 8
  private static let leastLength = 3
  private static let mostLength = 64

  /// nil for a pattern that has none.
  init?(_ pattern: BytePattern) {
    var (inner, edges) = (pattern, Edges())
    Self.takeEdges(off: &inner, into: &edges)
    let found = Found(inner)
    guard let needles = found.needed else { return nil }
    self.needles = needles
    self.edges = edges
    isEnough = found.hasNoEdges && found.all == needles && needles.allSatisfy(\.isSearchedExactly)
  }

  /// Takes the edges of words off the ends of a pattern.
  private static func takeEdges(off pattern: inout BytePattern, into edges: inout Edges) {
    switch pattern {
    case .group(_, let inner): pattern = inner
    case .sequence(let parts) where parts.count == 1: pattern = parts[0]
    default: return takeOuterEdges(off: &pattern, into: &edges)
    }
    takeEdges(off: &pattern, into: &edges)
  }

  private static func takeOuterEdges(off pattern: inout BytePattern, into edges: inout Edges) {
    guard case .sequence(var parts) = pattern else { return }
    if case .wordEdge(isEdge: true) = parts.first {
      edges.before = true
      parts.removeFirst()
    }
    if case .wordEdge(isEdge: true) = parts.last {
      edges.behind = true
      parts.removeLast()
    }
    pattern = .sequence(parts)
  }

  private static func isUseful(_ needles: [Literal]) -> Bool {
    !needles.isEmpty && needles.allSatisfy { $0.bytes.count >= leastLength }
  }

  /// What is known of a part of a pattern.
  private struct Found {
    /// All texts that it matches, if they are few; those of edges are empty.
    var all: [Literal]? = [Literal()]
    /// Useful texts of which every match contains one.
    var needed: [Literal]?
    var hasNoEdges = true

    init(_ pattern: BytePattern) {
      switch pattern {
      case .byte(let set):
        all = Literal(anyCaseOf: set).map { [$0] } ?? Self.few(set.bytes.map { Literal($0) })
      case .textStart, .textEnd, .wordEdge: hasNoEdges = false
      case .sequence(let parts): take(parts.map { Found($0) })
      case .either(let parts): choose(parts.map { Found($0) })
      case .group(_, let inner): self = Found(inner)
      case .repeated(let part, let least, let most, _):
        take([Found](repeating: Found(part), count: min(least, 3)))
        if most != least || least > 3 { all = nil }
      }
    }

    private static func few(_ texts: [Literal]) -> [Literal]? {
      let isFew =
        texts.count <= mostNeedles && texts.allSatisfy { $0.bytes.count <= mostLength }
      return isFew ? Set(texts).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) } : nil
    }

    /// Parts behind each other: what neighbours match is joined as long as it is known.
    private mutating func take(_ parts: [Found]) {
      var joined = [Literal()]
      for part in parts {
        hasNoEdges = hasNoEdges && part.hasNoEdges
        if let own = part.all,
          let longer = Self.few(joined.flatMap { start in own.map { start + $0 } })
        {
          joined = longer
          continue
        }
        all = nil
        consider(joined)
        consider(part.needed)
        joined = part.all ?? [Literal()]
      }
      consider(joined)
      if all != nil { all = joined }
    }

    private mutating func choose(_ parts: [Found]) {
      hasNoEdges = parts.allSatisfy(\.hasNoEdges)
      let alls = parts.compactMap(\.all)
      all = alls.count == parts.count ? Self.few(alls.flatMap { $0 }) : nil
      let needs = parts.compactMap(\.needed)
      if needs.count == parts.count { consider(Self.few(needs.flatMap { $0 })) }
    }

    /// Takes the texts that are needed in the place of worse ones.
    private mutating func consider(_ texts: [Literal]?) {
      guard let texts, isUseful(texts) else { return }
      if let needed, Self.worth(needed) >= Self.worth(texts) { return }
      needed = texts
    }

    /// Long ones are rare, and few are found fast.
    private static func worth(_ texts: [Literal]) -> Int {
      2 * min(8, texts.map(\.bytes.count).min() ?? 0) - texts.count
    }
  }
}
