import Columns
import Plans

/// The rows of a block that passed, and the values computed of all its rows.
struct PipelineBlock {
  let rowCount: Int
  /// How many passed; not 0.
  let passedCount: Int
  /// Set bits are rows that passed; nil when all did.
  let selection: UnsafePointer<UInt64>?
  /// One an expression.
  let vectors: [Vector]
  let ordinal: Int64
  /// The place of each row in the order of all rows, where they do not lie one after the other.
  let ordinals: UnsafePointer<Int64>?
}

/// A pipeline compiled for one worker, with the expressions that its consumer wants.
final class PipelineRunner {
  private enum Test {
    case condition(ConditionProgram, ScalarExpression)
    case membership(ExpressionProgram, JoinProbe, isNegated: Bool, bits: Store<UInt64>)
    case mayMatch(ExpressionProgram, KeyFilter, JoinKeys, bits: Store<UInt64>)
  }

  private let pipeline: Pipeline
  private let reader: any BlockReader
  /// Where something is computed.
  private let passedRows: PassedRows?
  private let program: ExpressionProgram
  private let expressionCount: Int
  private var tests: [Test] = []
  private var decisions: [SegmentDecision?] = []
  private var decidedSegment = -1

  /// `expressions` are over the pipeline's source.
  init(
    _ pipeline: Pipeline, _ expressions: [ScalarExpression], _ context: ExpressionContext,
    blockRows: Int
  ) throws(EvaluationFailure) {
    self.pipeline = pipeline
    let schema = pipeline.source.schema
    var columns: Set<Int> = []
    func compile(_ wanted: [ScalarExpression]) throws(EvaluationFailure) -> ExpressionProgram {
      let program = try ExpressionProgram(
        wanted, input: schema, context: context, blockRows: blockRows,
        facts: { pipeline.source.facts($0) })
      columns.formUnion(program.columnsRead)
      return program
    }
    program = try compile(expressions)
    expressionCount = expressions.count
    for condition in pipeline.conditions {
      switch condition.test {
      case .expression(let expression):
        let stages = expression.stages { pipeline.source.facts($0).dictionary != nil }
        var programs: [ExpressionProgram] = []
        for stage in stages { programs.append(try compile([stage])) }
        let program = ConditionProgram(programs, blockRows: blockRows)
        tests.append(.condition(program, expression))
      case .membership(let table, let keys, let isNegated):
        let probe = JoinProbe(table, blockRows: blockRows)
        let bits = Store<UInt64>(undefined: blockRows / 64 + 1)
        tests.append(.membership(try compile(keys), probe, isNegated: isNegated, bits: bits))
      case .mayMatch(let filter, let keys):
        let words = JoinKeys(types: keys.map(\.type), blockRows: blockRows)
        let bits = Store<UInt64>(undefined: blockRows / 64 + 1)
        tests.append(.mayMatch(try compile(keys), filter, words, bits: bits))
      }
    }
    passedRows =
      program.computes ? PassedRows(program.columnsRead, blockRows: blockRows) : nil
    reader = try pipeline.source.makeReader(columns: columns.sorted(), context)
  }

  /// Calls `body` for each block of a portion of which some row passed.
  func run(
    _ portion: Int, _ body: (PipelineBlock) throws(EvaluationFailure) -> Void
  ) throws(EvaluationFailure) {
    try reader.read(portion) { (block, ordinal) throws(EvaluationFailure) in
      var block = block
      let passed = try filter(&block)
      if passed == 0 { return }
      for step in pipeline.passing { step.count(passed) }
      block.lateColumns?.read(program.columnsRead, into: &block, passed: passed)
      passedRows?.compact(&block, passed: passed, ordinal: ordinal)
      let vectors = expressionCount == 0 ? [] : try program.evaluate(block)
      for (index, vector) in vectors.enumerated() {
        try program.checkFaults(vector, index, selection: block.selection)
      }
      try body(
        PipelineBlock(
          rowCount: block.rowCount, passedCount: passed, selection: block.selection,
          vectors: vectors, ordinal: ordinal, ordinals: block.ordinals))
    }
  }

  /// Narrows the block's selection by the conditions; returns how many rows are left.
  private func filter(_ block: inout Block) throws(EvaluationFailure) -> Int {
    var passed = block.selection.map { population($0, block.rowCount) } ?? block.rowCount
    if tests.isEmpty { return passed }
    decide(block)
    for (index, test) in tests.enumerated() {
      let counter = pipeline.conditions[index].counter
      switch decisions[index] {
      case .everyRow: break
      case .noRow(let nulls):
        if index == 0, block.firstRow == 0 { counter.countNulls(nulls) }
        return 0
      case nil:
        passed = try apply(test, counter, to: &block, passed: passed)
      }
      counter.step.count(passed)
      if passed == 0 { return 0 }
    }
    return passed
  }

  private func apply(
    _ test: Test, _ counter: ConditionCounter, to block: inout Block, passed: Int
  ) throws(EvaluationFailure) -> Int {
    switch test {
    case .condition(let program, _):
      counter.countNulls(try program.select(&block, passed: passed))
    case .membership(let program, let probe, let isNegated, let memory):
      let keys = try keys(program, &block, passed)
      probe.membership(
        keys, block.rowCount, block.selection, isNegated: isNegated, into: memory.pointer)
      block.selection = UnsafePointer(memory.pointer)
    case .mayMatch(let program, let filter, let words, let memory):
      let keys = try keys(program, &block, passed)
      words.read(keys, rowCount: block.rowCount, selection: block.selection)
      filter.test(words, block.rowCount, block.selection, into: memory.pointer)
      block.selection = UnsafePointer(memory.pointer)
    }
    guard let selection = block.selection else { return block.rowCount }
    let passed = population(selection, block.rowCount)
    if passed == block.rowCount { block.selection = nil }
    return passed
  }

  /// The keys of a join's rows.
  private func keys(
    _ program: ExpressionProgram, _ block: inout Block, _ passed: Int
  ) throws(EvaluationFailure) -> [Vector] {
    block.lateColumns?.read(program.columnsRead, into: &block, passed: passed)
    let keys = try program.evaluate(block)
    for (index, key) in keys.enumerated() {
      try program.checkFaults(key, index, selection: block.selection)
    }
    return keys
  }

  /// Asks the statistics, once a segment.
  private func decide(_ block: Block) {
    if block.segment == decidedSegment { return }
    decidedSegment = block.segment
    decisions = tests.enumerated().map { index, test in
      guard case .condition(_, let condition) = test else { return nil }
      guard let rows = pipeline.source.segmentRows(block.segment) else { return nil }
      let decision = decides(condition, rowCount: rows) { name in
        pipeline.source.statistics(name, segment: block.segment)
      }
      // Nulls are those of rows that reach the condition: known only for the first one.
      if index > 0, case .noRow(let nulls) = decision, nulls > 0 { return nil }
      return decision
    }
  }
}

/// The number of set bits of the first rows.
func population(_ bits: UnsafePointer<UInt64>, _ rows: Int) -> Int {
  var total = 0
  for word in 0..<rows / 64 { total &+= bits[word].nonzeroBitCount }
  if rows & 63 != 0 {
    let last = bits[rows / 64] & ((1 &<< UInt64(rows & 63)) &- 1)
    total &+= last.nonzeroBitCount
  }
  return total
}
