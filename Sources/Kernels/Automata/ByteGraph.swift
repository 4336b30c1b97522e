/// A pattern as a graph of steps, after Thompson (Communications of the ACM, 1968).
struct ByteGraph {
  enum Step {
    /// Takes one byte of a set.
    case byte(ByteSet, next: Int)
    case either(Int, Int)
    /// Goes on at the start of the text only.
    case textStart(next: Int)
    /// Goes on at the end of the text only.
    case textEnd(next: Int)
    case match
  }

  private(set) var steps: [Step] = [.match]
  private(set) var start = 0
  /// Counts multiply: more steps than this are not laid out.
  private static let mostSteps = 4000

  /// nil for a pattern that is too large.
  init?(_ pattern: BytePattern) {
    guard let start = add(pattern, before: 0) else { return nil }
    self.start = start
  }

  /// The first step of a pattern that goes on to another step; nil when there are too many.
  private mutating func add(_ pattern: BytePattern, before next: Int) -> Int? {
    switch pattern {
    case .byte(let set): return add(.byte(set, next: next))
    case .textStart: return add(.textStart(next: next))
    case .textEnd: return add(.textEnd(next: next))
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
    case .repeated(let part, let least, let most):
      return add(part, least: least, most: most, before: next)
    }
  }

  private mutating func add(
    _ part: BytePattern, least: Int, most: Int?, before next: Int
  ) -> Int? {
    var first = next
    if let most {
      for _ in 0..<max(0, most - least) {
        guard let start = add(part, before: first), let maybe = add(.either(start, next)) else {
          return nil
        }
        first = maybe
      }
    } else {
      guard let loop = add(.either(next, next)), let start = add(part, before: loop) else {
        return nil
      }
      steps[loop] = .either(start, next)
      first = loop
    }
    for _ in 0..<least {
      guard let start = add(part, before: first) else { return nil }
      first = start
    }
    return first
  }

  private mutating func add(_ step: Step) -> Int? {
    guard steps.count < Self.mostSteps else { return nil }
    steps.append(step)
    return steps.count - 1
  }

  /// All steps that are reached from some without taking a byte.
  ///
  /// `atStart`, `atEnd`: whether the text begins or ends here.
  func reached(from first: [Int], atStart: Bool, atEnd: Bool) -> Set<Int> {
    var reached: Set<Int> = []
    var open = first
    while let step = open.popLast() {
      guard reached.insert(step).inserted else { continue }
      switch steps[step] {
      case .byte, .match: continue
      case .either(let one, let other): open += [one, other]
      case .textStart(let next): if atStart { open.append(next) }
      case .textEnd(let next): if atEnd { open.append(next) }
      }
    }
    return reached
  }
}
