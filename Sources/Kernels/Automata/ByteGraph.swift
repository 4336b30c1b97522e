/// A pattern as a graph of steps, after Thompson (Communications of the ACM, 1968).
struct ByteGraph {
  enum Step {
    /// Takes one byte of a set.
    case byte(ByteSet, next: Int)
    /// Goes on at either, the first rather than the other.
    case either(Int, Int)
    /// Goes on at the start of the text only.
    case textStart(next: Int)
    /// Goes on at the end of the text only.
    case textEnd(next: Int)
    /// Goes on where a word begins or ends, or elsewhere only.
    case wordEdge(isEdge: Bool, next: Int)
    case match
  }

  /// Where a step is reached.
  struct Place {
    var atStart = false
    var atEnd = false
    /// Whether a word begins or ends here; nil where that is not known yet.
    var isWordEdge: Bool?
  }

  private(set) var steps: [Step] = [.match]
  private(set) var start = 0
  /// Whether it matters which byte stands before.
  private(set) var hasWordEdges = false
  /// All bytes; those that no step and no edge of a word tells from each other, together.
  private(set) var byteKinds: [[UInt8]] = []
  /// Counts multiply: more steps than this are not laid out.
  private static let mostSteps = 4000

  /// nil for a pattern that is too large.
  init?(_ pattern: BytePattern) {
    guard let start = add(pattern, before: 0) else { return nil }
    self.start = start
    byteKinds = Self.kinds(
      [.wordCharacters]
        + steps.compactMap { step in
          if case .byte(let set, _) = step { return set }
          return nil
        })
  }

  /// Bytes that no set tells from each other.
  private static func kinds(_ sets: [ByteSet]) -> [[UInt8]] {
    let sets = Array(Set(sets))
    var kinds: [[Bool]: [UInt8]] = [:]
    for byte in UInt8.min...UInt8.max {
      kinds[sets.map { $0.contains(byte) }, default: []].append(byte)
    }
    return Array(kinds.values)
  }

  /// The first step of a pattern that goes on to another step; nil when there are too many.
  private mutating func add(_ pattern: BytePattern, before next: Int) -> Int? {
    switch pattern {
    case .byte(let set): return add(.byte(set, next: next))
    case .textStart: return add(.textStart(next: next))
    case .textEnd: return add(.textEnd(next: next))
    case .wordEdge(let isEdge):
      hasWordEdges = true
      return add(.wordEdge(isEdge: isEdge, next: next))
    case .sequence(let parts):
      var first = next
      for part in parts.reversed() {
        guard let start = add(part, before: first) else { return nil }
        first = start
      }
      return first
    case .either(let parts):
      guard let last = parts.last, var first = add(last, before: next) else { return nil }
      for part in parts.dropLast().reversed() {
        guard let start = add(part, before: next), let both = add(.either(start, first)) else {
          return nil
        }
        first = both
      }
      return first
    case .repeated(let part, let least, let most, let isLazy):
      guard var first = add(part, most.map { $0 - least }, isLazy, before: next) else { return nil }
      for _ in 0..<least {
        guard let start = add(part, before: first) else { return nil }
        first = start
      }
      return first
    case .group(_, let inner): return add(inner, before: next)
    }
  }

  /// A part that may be repeated so many times, nil for any number.
  private mutating func add(
    _ part: BytePattern, _ most: Int?, _ isLazy: Bool, before next: Int
  ) -> Int? {
    func choice(_ start: Int, _ rest: Int) -> Step {
      isLazy ? .either(rest, start) : .either(start, rest)
    }
    guard let most else {
      guard let loop = add(.either(next, next)), let start = add(part, before: loop) else {
        return nil
      }
      steps[loop] = choice(start, next)
      return loop
    }
    var first = next
    for _ in 0..<max(0, most) {
      guard let start = add(part, before: first), let maybe = add(choice(start, next)) else {
        return nil
      }
      first = maybe
    }
    return first
  }

  private mutating func add(_ step: Step) -> Int? {
    guard steps.count < Self.mostSteps else { return nil }
    steps.append(step)
    return steps.count - 1
  }

  /// The steps at which one stands after some without taking a byte: those that take one, the match,
  /// and those that wait for what is not known yet.
  func reached(from first: some Sequence<Int>, _ place: Place) -> Set<Int> {
    Set(ordered(from: Array(first), place))
  }

  /// The same in the order in which RE2 prefers them.
  func ordered(from first: [Int], _ place: Place) -> [Int] {
    var visited: Set<Int> = []
    var reached: [Int] = []
    var open = Array(first.reversed())
    while let step = open.popLast() {
      guard visited.insert(step).inserted else { continue }
      switch steps[step] {
      case .byte, .match: reached.append(step)
      case .either(let one, let other): open += [other, one]
      case .textStart(let next): if place.atStart { open.append(next) }
      case .textEnd(let next): if place.atEnd { open.append(next) } else { reached.append(step) }
      case .wordEdge(let isEdge, let next):
        if place.isWordEdge == nil { reached.append(step) }
        if place.isWordEdge == isEdge { open.append(next) }
      }
    }
    return reached
  }

  /// The steps at which one may stand after some without taking a byte, wherever in a text.
  func reachedAnywhere(from first: [Int]) -> Set<Int> {
    var visited: Set<Int> = []
    var open = first
    while let step = open.popLast() {
      guard visited.insert(step).inserted else { continue }
      switch steps[step] {
      case .byte, .match: break
      case .either(let one, let other): open += [one, other]
      case .textStart(let next), .textEnd(let next), .wordEdge(_, let next): open.append(next)
      }
    }
    return visited
  }
}
