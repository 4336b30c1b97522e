import Columns
import Planning
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Whether two results are the same; floats within the rounding of the plain sums.
func agree(_ left: Scalar, _ right: Scalar) -> Bool {
  guard case .float(let a) = left, case .float(let b) = right else {
    return key(left) == key(right)
  }
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  return a == b || abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
}

/// Bit for bit, but that NaN is NaN.
func identical(_ left: Scalar, _ right: Scalar) -> Bool {
  guard case .float(let a) = left, case .float(let b) = right else {
    return key(left) == key(right)
  }
  return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}

/// Runs a plan with so many threads.
func run(_ plan: Plan, threads: Int, blockRows: Int = 4096) throws(EvaluationFailure) -> Evaluation
{
  try evaluate(plan, EvaluationSettings(workers: Workers(count: threads), blockRows: blockRows))
}

func mismatch(
  _ expected: PlainRows, _ table: Table, _ same: (Scalar, Scalar) -> Bool
) -> String? {
  if expected.fields.map(\.name) != table.schema.names { return "columns \(table.schema.names)" }
  if expected.rows.count != table.rowCount {
    return "\(table.rowCount) rows, expected \(expected.rows.count)"
  }
  for (index, row) in expected.rows.enumerated() {
    let own = table.row(index)
    for (position, pair) in zip(row, own).enumerated() where !same(pair.0, pair.1) {
      let name = expected.fields[position].name
      return "row \(index), \(name): \(pair.1), expected \(pair.0)"
    }
  }
  return nil
}

@Test(arguments: [0, 1, 2, 3, 4, 5])
func randomPlansGiveWhatThePlainEvaluatorGives(batch: Int) throws {
  for number in 0..<45 {
    let seed = UInt64(batch * 1_000 + number)
    var random = Seeded(seed)
    let rows = RandomTable.rows([0, 1, 5, 63, 64, 65, 150, 300][random.below(8)], &random)
    let others = RandomTable.rows(random.below(30), &random)
    func tables(cut: Int) -> [Table] {
      var forms = Seeded(seed &+ UInt64(cut))
      return [
        RandomTable.table(rows, segmentRows: cut, &forms),
        RandomTable.table(others, segmentRows: cut, &forms),
      ]
    }
    func plan(_ cut: Int) -> Plan {
      var generator = RandomPlan(Seeded(seed), over: tables(cut: cut))
      return generator.plan(depth: 1 + number % 5)
    }
    let expected = reference(plan(64))
    var first: Table?
    for running in Running.all {
      let plan = plan(running.cut)
      do {
        let table = try running.table(plan)
        let found = mismatch(expected, table, agree)
        #expect(found == nil, "seed \(seed), \(running): \(plan.steps)")
        if let first {
          let difference = mismatch(PlainRows(first), table, identical)
          #expect(difference == nil, "seed \(seed), \(running): \(plan.steps)")
        }
        first = first ?? table
      } catch {
        Issue.record("seed \(seed), \(running): \(error): \(plan.steps)")
      }
    }
  }
}

/// What plans are rewritten to gives what they give, and so do those with sorts that are cut.
@Test(arguments: [0, 1, 2, 3]) func optimisedPlansGiveWhatThePlainEvaluatorGives(batch: Int) throws
{
  for number in 0..<60 {
    let seed = UInt64(77_000 + batch * 1_000 + number)
    var random = Seeded(seed)
    let tables = [80, random.below(30)].map { count in
      let rows = RandomTable.rows(count, &random)
      return RandomTable.table(rows, segmentRows: 20, &random)
    }
    var generator = RandomPlan(Seeded(seed), over: tables)
    let plan =
      number % 2 == 0 ? generator.plan(depth: 2 + number % 5) : generator.cutSort(depth: number % 4)
    let expected = reference(plan)
    let better = optimised(plan)
    for running in Running.all.prefix(3) {
      do {
        let found = mismatch(expected, try running.table(better), agree)
        #expect(found == nil, "seed \(seed), \(running): \(plan.steps)")
      } catch {
        Issue.record("seed \(seed), \(running): \(error): \(plan.steps)")
      }
    }
  }
}

extension Plan {
  /// All steps in words, the last first.
  var steps: String {
    ([title] + inputs.map(\.steps)).joined(separator: " < ")
  }
}
