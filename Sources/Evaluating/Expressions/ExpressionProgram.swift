import Columns
import Diagnostics
import Plans

/// Expressions over one input schema, compiled for one worker, whose scratch memory it owns.
///
/// Not thread-safe: each worker compiles its own.
final class ExpressionProgram {
  /// The positions of the input's columns that it reads, ascending.
  let columnsRead: [Int]
  /// Whether some value is neither a column's nor a constant.
  let computes: Bool
  private let steps: [Step]
  /// The step of each expression.
  private let results: [Int]
  private let expressions: [ScalarExpression]
  /// By step: the steps whose memory nobody reads any more once it has run.
  private let releases: [[Int]]
  private let branches: Branches
  private let frame: Frame

  /// Compiles expressions in which plans are resolved (see `resolve`).
  ///
  /// `blockRows` is the greatest number of rows of a block.
  init(
    _ expressions: [ScalarExpression], input: Schema, context: ExpressionContext, blockRows: Int,
    facts: @escaping (String) -> ColumnFacts = { _ in .unknown }
  ) throws(EvaluationFailure) {
    var builder = ProgramBuilder(input: input, context: context, facts: facts)
    var results: [Int] = []
    for expression in expressions { results.append(try builder.build(simplified(expression))) }
    let branches = Branches(builder.steps, results)
    let needed = neededSteps(fusingFloats(builder.steps, results), results)
    steps = needed.steps
    self.results = needed.results
    self.branches = branches.renumbered(needed.numbers)
    self.expressions = expressions
    releases = releasesOfMemory(steps, self.results)
    computes = steps.contains { !($0 is ColumnStep || $0 is ConstantStep) }
    columnsRead = Set(steps.compactMap { ($0 as? ColumnStep)?.position }).sorted()
    frame = Frame(
      capacity: max(64, blockRows), context: context, branches: self.branches.all)
  }

  /// One vector an expression, of all rows of the block, where those that are not selected may have any
  /// values; valid until the next call and while the block's columns are.
  func evaluate(_ block: Block) throws(EvaluationFailure) -> [Vector] {
    frame.begin(count: block.rowCount, columns: block.columns, selection: block.selection)
    for index in steps.indices {
      frame.branch = branches.ofStep[index]
      frame.vectors.append(steps[index].run(frame))
      frame.endStep()
      for finished in releases[index] { frame.release(finished) }
    }
    frame.end()
    return results.map { frame.vectors[$0] }
  }

  /// Bits of a row each, 0 at first, until the next evaluation.
  func scratchBits() -> UnsafeMutablePointer<UInt64> { frame.bits() }

  /// What to tell when a row is used that has a fault bit in the vector of this expression.
  func faultDiagnostic(_ index: Int) -> Diagnostic {
    let inner = firstFault(below: results[index])
    let expression = inner ?? expressions[index]
    if expression.type == .string {
      return Diagnostic(
        "a text longer than \(TextLimits.text >> 20) MiB in '\(expression.text)'",
        hint: "texts that expressions make may have \(TextLimits.text >> 20) MiB, those of a block "
          + "of rows \(TextLimits.block >> 30) GiB",
        at: expression.range ?? expressions[index].range, blame: .data)
    }
    let kind = expression.type == .int ? "integer overflow" : "overflow"
    return Diagnostic(
      "\(kind) in '\(expression.text)'", hint: "the result does not fit in 64 bits",
      at: expression.range ?? expressions[index].range, blame: .data)
  }

  /// The first operation of an expression that had a fault in the last block.
  private func firstFault(below step: Int) -> ScalarExpression? {
    for argument in steps[step].arguments {
      if let found = firstFault(below: argument) { return found }
    }
    return steps[step].hasFaulted ? steps[step].expression : nil
  }
}

extension ExpressionProgram {
  /// Throws when a selected row of the vector of expression `index` has a fault.
  func checkFaults(
    _ vector: Vector, _ index: Int, selection: UnsafePointer<UInt64>?
  ) throws(EvaluationFailure) {
    guard let faults = vector.faults else { return }
    for word in 0..<(vector.count + 63) / 64 {
      var bits = faults[word] & (selection?[word] ?? ~0)
      let rest = vector.count - word * 64
      if rest < 64 { bits &= (1 << UInt64(rest)) - 1 }
      if bits != 0 { throw .diagnostic(faultDiagnostic(index)) }
    }
  }
}

/// The rows that are true for a program of one bool expression.
///
/// The bits are 0 where the condition is false or null, where the block's own selection is 0, and
/// behind the last row; valid until the next call. `nulls` counts selected rows whose condition was
/// null. Throws where the condition of a selected row has a fault.
func evaluateSelection(_ program: ExpressionProgram, _ block: Block) throws(EvaluationFailure)
  -> (bits: UnsafePointer<UInt64>, nulls: Int)
{
  let vector = try program.evaluate(block)[0]
  try program.checkFaults(vector, 0, selection: block.selection)
  let bits = program.scratchBits()
  vector.boolBits(into: bits)
  let words = vector.wordCount
  if let selection = block.selection {
    for word in 0..<words { bits[word] &= selection[word] }
  }
  if vector.isNullConstant {
    let nulls = block.selection.map { population($0, vector.count) } ?? vector.count
    bits.update(repeating: 0, count: words)
    return (UnsafePointer(bits), nulls)
  }
  guard let validity = vector.validity else { return (UnsafePointer(bits), 0) }
  var present = 0
  for word in 0..<words {
    let selected = validity[word] & (block.selection?[word] ?? ~0)
    let rest = vector.count &- word &* 64
    let rows: UInt64 = rest < 64 ? (1 &<< UInt64(rest)) &- 1 : ~0
    present &+= (selected & rows).nonzeroBitCount
    bits[word] &= validity[word]
  }
  let selected = block.selection.map { population($0, vector.count) } ?? vector.count
  return (UnsafePointer(bits), selected - present)
}

/// The steps that results need, in their order, where the results are among them, and the new number of each
/// step, nil for those that were left out.
private func neededSteps(
  _ steps: [Step], _ results: [Int]
) -> (steps: [Step], results: [Int], numbers: [Int?]) {
  var isNeeded = [Bool](repeating: false, count: steps.count)
  for result in results { isNeeded[result] = true }
  for index in steps.indices.reversed() where isNeeded[index] {
    for argument in steps[index].arguments { isNeeded[argument] = true }
  }
  var numbers = [Int?](repeating: nil, count: steps.count)
  var kept: [Step] = []
  for (index, step) in steps.enumerated() where isNeeded[index] {
    numbers[index] = kept.count
    step.renumberArguments { numbers[$0] ?? 0 }
    kept.append(step)
  }
  return (kept, results.map { numbers[$0] ?? 0 }, numbers)
}

/// After which step the memory of which others is free: when the last reader has run, where a step
/// that shares its argument's memory reads until its own last reader has.
private func releasesOfMemory(_ steps: [Step], _ results: [Int]) -> [[Int]] {
  var lastUse = Array(steps.indices)
  for result in results { lastUse[result] = steps.count }
  for index in steps.indices.reversed() {
    let step = steps[index]
    for (position, argument) in step.arguments.enumerated() {
      let use = step.borrows.contains(position) ? max(index, lastUse[index]) : index
      lastUse[argument] = max(lastUse[argument], use)
    }
  }
  var releases = [[Int]](repeating: [], count: steps.count)
  for (step, use) in lastUse.enumerated() where use < steps.count { releases[use].append(step) }
  return releases
}
