/// For which rows the values of steps are read: for all, or only for those that come to one branch of a choice,
/// or for which the sides of an `and` or `or` before do not decide alone.
///
/// Steps that take long for each row then run for those rows only. A step that is read in two places counts as
/// read for all rows, and so does what counts values that could not be converted: it counts those of all rows.
struct Branches {
  /// What the rows of a branch have in common, beside being rows of the branch around it.
  struct Branch {
    /// The branch around it.
    let outer: Int?
    let tests: [Test]
    /// The last step that these read, and those of the branches around it.
    let end: Int
  }

  /// What holds for a condition, which is a step that has run before.
  enum Test {
    case isTrue(Int)
    /// False, null or a fault.
    case isNotTrue(Int)
    /// True, null or a fault.
    case isNotFalse(Int)
  }

  /// More tests before a branch are not made: some of its rows are then not wanted.
  fileprivate static let testCount = 8

  private(set) var all: [Branch] = []
  /// By step, its branch; nil for all rows.
  private(set) var ofStep: [Int?]

  /// Of steps each of which takes earlier ones, and of those that are results; O(steps).
  init(_ steps: [Step], _ results: [Int]) {
    ofStep = [Int?](repeating: nil, count: steps.count)
    var isRead = [Bool](repeating: false, count: steps.count)
    for result in results { isRead[result] = true }
    for (index, step) in steps.enumerated().reversed() {
      if !isRead[index] { continue }
      if step.countsLosses { ofStep[index] = nil }
      for (argument, tests) in zip(step.arguments, step.testsOfArguments(in: steps)) {
        let branch = tests.isEmpty ? ofStep[index] : inner(ofStep[index], tests)
        if !isRead[argument] {
          // Of another expression, which is gone, a step may be older than the conditions.
          let isYounger = branch.map { all[$0].end < argument } ?? true
          ofStep[argument] = isYounger ? branch : nil
          isRead[argument] = true
        } else if ofStep[argument] != branch {
          ofStep[argument] = nil
        }
      }
    }
  }

  /// The same for steps that were numbered anew, some of them left out.
  func renumbered(_ numbers: [Int?]) -> Branches {
    var branches = self
    branches.ofStep = numbers.indices.filter { numbers[$0] != nil }.map { ofStep[$0] }
    branches.all = all.map { branch in
      Branch(
        outer: branch.outer, tests: branch.tests.compactMap { $0.renumbered(numbers) }, end: 0)
    }
    return branches
  }

  private mutating func inner(_ outer: Int?, _ tests: [Test]) -> Int {
    let end = tests.reduce(outer.map { all[$0].end } ?? -1) { max($0, $1.step) }
    all.append(Branch(outer: outer, tests: tests, end: end))
    return all.count - 1
  }
}

extension Branches.Test {
  fileprivate var step: Int {
    switch self {
    case .isTrue(let step), .isNotTrue(let step), .isNotFalse(let step): step
    }
  }

  fileprivate func renumbered(_ numbers: [Int?]) -> Branches.Test? {
    switch self {
    case .isTrue(let step): numbers[step].map { .isTrue($0) }
    case .isNotTrue(let step): numbers[step].map { .isNotTrue($0) }
    case .isNotFalse(let step): numbers[step].map { .isNotFalse($0) }
    }
  }
}

extension Step {
  /// By argument: what holds for the rows for which its values are read; nothing where all are.
  fileprivate func testsOfArguments(in steps: [Step]) -> [[Branches.Test]] {
    switch self {
    case is CaseStep, is TextCaseStep:
      // Condition, value, condition, value, …, value.
      arguments.indices.map { place in
        let isValue = place % 2 == 1
        let before = stride(from: 0, to: place - (isValue ? 1 : 0), by: 2)
        return before.prefix(Branches.testCount).map { .isNotTrue(arguments[$0]) }
          + (isValue ? [.isTrue(arguments[place - 1])] : [])
      }
    case let step as LogicStep:
      [[], Array(step.undecided(by: arguments[0], steps).prefix(Branches.testCount))]
    default: arguments.map { _ in [] }
    }
  }
}

extension LogicStep {
  /// What holds for the rows that one side does not decide alone: that none of its own sides does.
  fileprivate func undecided(by side: Int, _ steps: [Step]) -> [Branches.Test] {
    guard let inner = steps[side] as? LogicStep, inner.isAnd == isAnd else {
      return [isAnd ? .isNotFalse(side) : .isNotTrue(side)]
    }
    return inner.arguments.flatMap { undecided(by: $0, steps) }
  }
}

extension Frame {
  /// The bits of those rows of `outer` (nil for all) for which some tests hold.
  func rows(
    _ tests: [Branches.Test], of outer: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64> {
    let rows = bits()
    for word in 0..<wordCount { rows[word] = outer?[word] ?? ~0 }
    for test in tests { narrow(rows, by: test) }
    return UnsafePointer(rows)
  }

  private func narrow(_ rows: UnsafeMutablePointer<UInt64>, by test: Branches.Test) {
    switch test {
    case .isTrue(let step):
      let passed = vectors[step].isNullConstant ? nil : trueBits(vectors[step])
      for word in 0..<wordCount { rows[word] &= passed?[word] ?? 0 }
    case .isNotTrue(let step):
      let vector = vectors[step]
      if vector.isNullConstant { return }
      let decided = trueBits(vector)
      for word in 0..<wordCount { rows[word] &= ~decided[word] | (vector.faults?[word] ?? 0) }
    case .isNotFalse(let step):
      let vector = vectors[step]
      if vector.isNullConstant { return }
      let values = boolBits(vector)
      for word in 0..<wordCount {
        let isNull = ~(vector.validity?[word] ?? ~0)
        rows[word] &= values[word] | isNull | (vector.faults?[word] ?? 0)
      }
    }
  }
}
