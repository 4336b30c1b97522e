import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Groups of joins of few left rows with far more right ones, whose pairs are found from the right side.
@Suite struct SwappedJoinTests {
  private let left = [Field(name: "key", type: .string), Field(name: "a", type: .int)]
  private let right = [
    Field(name: "key", type: .string), Field(name: "a", type: .int), Field(name: "b", type: .int),
  ]

  private func join(_ seed: UInt64, repeats: Bool, renames: Bool) -> Plan {
    var random = Seeded(seed)
    func key(_ number: Int) -> Scalar { random.chance(4) ? .null : .string("key \(number)") }
    let few = (0..<60).map { row in
      [key(repeats ? random.below(30) : 59 - row), Scalar.int(Int64(row % 4))]
    }
    let many = (0..<2_000).map { row in
      [key(random.below(90)), Scalar.int(Int64(row % 7)), .int(Int64(row))]
    }
    let first = Plan.table(Table(name: "l", fields: left, rows: few, segmentRows: 25))
    let second = Plan.table(Table(name: "r", fields: right, rows: many, segmentRows: 300))
    let columns = renames ? [("a", "a_2"), ("b", "b")] : [("b", "b")]
    return .join(
      Join(
        left: first, right: second, kind: .inner, keys: [(.column(left[0]), .column(right[0]))],
        rightColumns: columns))
  }

  private func grouped(_ plan: Plan, by keys: [String], _ function: AggregateFunction) -> Plan {
    func column(_ name: String) -> ScalarExpression {
      ScalarExpression(.column(name), type: name == "key" ? .string : .int)
    }
    return plan.aggregated(
      by: keys.map { NamedExpression($0, column($0)) },
      [
        NamedAggregate("n", AggregateCall(.count, [], type: .int)),
        NamedAggregate("x", AggregateCall(function, [column("b")], type: .int)),
      ])
  }

  @Test(arguments: [UInt64(1), 2, 3], [false, true]) func groupsAreThoseOfAllPairs(
    seed: UInt64, repeats: Bool
  ) throws {
    for renames in [false, true] {
      let plan = join(seed, repeats: repeats, renames: renames)
      for keys in [[], ["a"], ["key"], renames ? ["a_2"] : ["a"]] {
        for function in [AggregateFunction.sum, .first, .last] {
          let groups = grouped(plan, by: keys, function)
          let expected = reference(groups).rows.map { "\($0)" }
          for threads in [1, 3] {
            let evaluator = Evaluator(
              EvaluationSettings(workers: Workers(count: threads), blockRows: 128),
              limits: limits)
            let found = try evaluator.table(groups, needing: nil, depth: 0)
            #expect(
              (0..<found.rowCount).map { "\(found.row($0))" } == expected,
              "seed \(seed), repeats \(repeats), \(keys), \(function), \(threads) threads")
            let ways = evaluator.steps.steps.map(\.way)
            #expect(ways.contains("a table of the left side") == (function == .sum), "\(ways)")
          }
        }
      }
    }
  }

  private var limits: Evaluator.Limits {
    var limits = Evaluator.Limits()
    limits.scatteredRows = 1_000
    return limits
  }
}
