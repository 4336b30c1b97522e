/// What tells where a group is from where the match is.
extension BytePattern {
  /// What of a match stands before a group and behind it; nil where the group may take no part, or several
  /// times.
  func surroundings(of group: Int) -> (before: BytePattern, behind: BytePattern)? {
    if group == 0 { return (.sequence([]), .sequence([])) }
    switch self {
    case .group(group, _): return (.sequence([]), .sequence([]))
    case .group(_, let inner): return inner.surroundings(of: group)
    case .sequence(let parts):
      for (place, part) in parts.enumerated() {
        guard let inner = part.surroundings(of: group) else { continue }
        return (
          .sequence(parts[..<place] + [inner.before]),
          .sequence([inner.behind] + parts[(place + 1)...])
        )
      }
      return nil
    case .byte, .either, .repeated, .textStart, .textEnd, .wordEdge: return nil
    }
  }

  /// The bytes of every match; nil where they vary.
  var width: Int? {
    switch self {
    case .byte: return 1
    case .textStart, .textEnd, .wordEdge: return 0
    case .group(_, let inner): return inner.width
    case .either(let parts):
      let widths = Set(parts.map(\.width))
      return widths.count == 1 ? widths.first ?? nil : nil
    case .sequence(let parts):
      let widths = parts.compactMap(\.width)
      return widths.count == parts.count ? widths.reduce(0, +) : nil
    case .repeated(let part, let least, let most, _):
      guard least == most, let width = part.width else { return nil }
      return least * width
    }
  }

  /// Whether matches are found by bytes and the ends of the text alone, and nothing that may be empty
  /// is repeated, of which it is not plain how often.
  var hasPlainMatches: Bool {
    switch self {
    case .byte, .textStart, .textEnd: true
    case .wordEdge: false
    case .group(_, let inner): inner.hasPlainMatches
    case .sequence(let parts), .either(let parts): parts.allSatisfy(\.hasPlainMatches)
    case .repeated(let part, _, _, _): part.hasPlainMatches && !part.mayBeEmpty
    }
  }

  var mayBeEmpty: Bool {
    switch self {
    case .byte: false
    case .textStart, .textEnd, .wordEdge: true
    case .group(_, let inner): inner.mayBeEmpty
    case .sequence(let parts): parts.allSatisfy(\.mayBeEmpty)
    case .either(let parts): parts.contains(where: \.mayBeEmpty)
    case .repeated(let part, let least, _, _): least == 0 || part.mayBeEmpty
    }
  }

  /// Whether every match ends where the text does.
  var endsWithText: Bool {
    switch self {
    case .textEnd: true
    case .group(_, let inner): inner.endsWithText
    case .sequence(let parts): parts.last?.endsWithText == true
    case .either(let parts): !parts.isEmpty && parts.allSatisfy(\.endsWithText)
    case .byte, .textStart, .wordEdge, .repeated: false
    }
  }

  /// Whether every match begins where the text does.
  var startsWithText: Bool { reversed.endsWithText }

  /// What matches the same texts read from behind.
  var reversed: BytePattern {
    switch self {
    case .byte, .wordEdge: self
    case .textStart: .textEnd
    case .textEnd: .textStart
    case .group(let number, let inner): .group(number, inner.reversed)
    case .sequence(let parts): .sequence(parts.reversed().map(\.reversed))
    case .either(let parts): .either(parts.map(\.reversed))
    case .repeated(let part, let least, let most, let isLazy):
      .repeated(part.reversed, least: least, most: most, isLazy: isLazy)
    }
  }

  /// What may be the first byte of a match, the second and so on, as far as all matches go and no further than
  /// `reach`.
  func firstBytes(upTo reach: Int) -> [ByteSet] {
    guard let graph = ByteGraph(self) else { return [] }
    var sets: [ByteSet] = []
    var steps = graph.reachedAnywhere(from: [graph.start])
    while sets.count < reach, !steps.contains(0) {
      var (set, next): (ByteSet, Set<Int>) = (ByteSet(), [])
      for step in steps {
        if case .byte(let own, let target) = graph.steps[step] {
          set = set.union(own)
          next.insert(target)
        }
      }
      sets.append(set)
      steps = graph.reachedAnywhere(from: Array(next))
    }
    return sets
  }
}
