import Columns
import Plans

/// A condition compiled for one worker, in stages: each is tested on the rows that those before left.
final class ConditionProgram {
  /// The conditions all of which must be true.
  private let stages: [ExpressionProgram]
  private let candidates: Store<UInt64>
  /// The rows for which a stage was null and none was false.
  private let nulls: Store<UInt64>
  /// By stage, the rows on which it had a fault.
  private let faults: [Store<UInt64>]
  private var hasFaults: [Bool]

  init(_ stages: [ExpressionProgram], blockRows: Int) {
    self.stages = stages
    candidates = Store(undefined: blockRows / 64 + 1)
    nulls = Store(undefined: blockRows / 64 + 1)
    faults = stages.map { _ in Store(undefined: stages.count == 1 ? 1 : blockRows / 64 + 1) }
    hasFaults = stages.map { _ in false }
  }

  /// Sets the block's selection to the selected rows for which the condition is true, in memory that is valid
  /// until the next call; returns how many of the others it was null for.
  ///
  /// Throws where a stage has a fault on a row for which no other is false, whichever comes first.
  func select(_ block: inout Block, passed: Int) throws(EvaluationFailure) -> Int {
    block.lateColumns?.read(stages[0].columnsRead, into: &block, passed: passed)
    if stages.count == 1 {
      let (bits, nulls) = try evaluateSelection(stages[0], block)
      block.selection = bits
      return nulls
    }
    let words = (block.rowCount + 63) / 64
    let (candidates, nulls) = (candidates.pointer, nulls.pointer)
    fill(candidates, block)
    nulls.update(repeating: 0, count: words)
    block.selection = UnsafePointer(candidates)
    var tested = 0
    for (index, stage) in stages.enumerated() {
      let left = population(candidates, block.rowCount)
      if left == 0 { break }
      tested += 1
      if index > 0 { block.lateColumns?.read(stage.columnsRead, into: &block, passed: left) }
      try narrow(candidates, nulls, index, block)
    }
    try checkFaults(candidates, words, tested: tested)
    var nullCount = 0
    for word in 0..<words {
      nullCount += (candidates[word] & nulls[word]).nonzeroBitCount
      candidates[word] &= ~nulls[word]
    }
    return nullCount
  }

  /// Throws where a candidate that is left has a fault in one of the stages tested.
  private func checkFaults(
    _ candidates: UnsafePointer<UInt64>, _ words: Int, tested: Int
  ) throws(EvaluationFailure) {
    for index in 0..<tested where hasFaults[index] {
      let own = faults[index].pointer
      if (0..<words).contains(where: { candidates[$0] & own[$0] != 0 }) {
        throw .diagnostic(stages[index].faultDiagnostic(0))
      }
    }
  }

  /// Writes the bits of the selected rows.
  private func fill(_ bits: UnsafeMutablePointer<UInt64>, _ block: Block) {
    for word in 0..<(block.rowCount + 63) / 64 { bits[word] = block.selection?[word] ?? ~0 }
    let rest = UInt64(block.rowCount & 63)
    if rest != 0 { bits[block.rowCount / 64] &= (1 &<< rest) &- 1 }
  }

  /// Drops the candidates for which a stage is false, and notes those for which it is null or has a fault.
  private func narrow(
    _ candidates: UnsafeMutablePointer<UInt64>, _ nulls: UnsafeMutablePointer<UInt64>,
    _ index: Int, _ block: Block
  ) throws(EvaluationFailure) {
    let stage = stages[index]
    let vector = try stage.evaluate(block)[0]
    let words = (block.rowCount + 63) / 64
    hasFaults[index] = vector.faults != nil
    let faults = faults[index].pointer
    if let own = vector.faults { faults.update(from: own, count: words) }
    if vector.isNullConstant {
      for word in 0..<words { nulls[word] |= candidates[word] }
      return
    }
    let bits = stage.scratchBits()
    vector.boolBits(into: bits)
    for word in 0..<words {
      let present = vector.validity?[word] ?? ~0
      nulls[word] |= candidates[word] & ~present
      candidates[word] &= bits[word] | ~present | (vector.faults == nil ? 0 : faults[word])
    }
  }
}

extension ScalarExpression {
  /// The parts of a conjunction in the order in which they are best tested: first all that are quick, then
  /// those that read or make texts, the quicker ones first.
  ///
  /// Parts that take the same are one stage, where what they have in common is computed once. `isCoded` says of
  /// a column whether its texts are codes, of which each is tested once.
  func stages(isCoded: (String) -> Bool) -> [ScalarExpression] {
    let byEffort = Dictionary(grouping: conjuncts) { $0.effort(isCoded) }
    if byEffort.count == 1 { return [self] }
    return byEffort.sorted { $0.key < $1.key }.map { _, parts in
      parts.count == 1 ? parts[0] : ScalarExpression(.call(.and, parts), type: .bool, range: range)
    }
  }

  /// What testing a row takes.
  fileprivate enum Effort: Comparable {
    /// About what it takes to compare numbers, or the first bytes of texts.
    case quick
    /// A look at all bytes of a text.
    case search
    /// An automaton over them, or a text that is made.
    case rewriting
    /// Times that grow faster than the text, or a parser.
    case comparing
  }

  private func effort(_ isCoded: (String) -> Bool) -> Effort {
    switch node {
    case .column, .constant, .scalarPlan: return .quick
    case .isIn(let value, _), .isInPlan(let value, _): return value.effort(isCoded)
    case .call(let function, let arguments):
      let own = columnNames.allSatisfy(isCoded) ? .quick : function.effort
      return arguments.reduce(own) { max($0, $1.effort(isCoded)) }
    }
  }
}

extension ScalarFunction {
  fileprivate var effort: ScalarExpression.Effort {
    switch self {
    case .contains, .containsIgnoringCase, .length, .digits, .substring: .search
    case .matches, .lower, .upper, .trim, .replace, .replaceRegex, .extract, .split, .formatDate,
      .toString:
      .rewriting
    case .similarity, .json: .comparing
    default: .quick
    }
  }
}
