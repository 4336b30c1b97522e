import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Different rows of a sort are the first of each combination, in its order, whether all rows are sorted for that
/// or few.
@Suite struct SortedDistinctTests {
  private let fields = [
    Field(name: "few", type: .string), Field(name: "many", type: .int),
    Field(name: "value", type: .int), Field(name: "row", type: .int),
  ]

  private func table(_ seed: UInt64) -> Plan {
    var random = Seeded(seed)
    let rows: [[Scalar]] = (0..<5_000).map { row in
      [
        random.chance(5) ? .null : .string("text \(random.below(30))"),
        random.chance(5) ? .null : .int(Int64(random.below(4_000)) << 33),
        random.chance(5) ? .null : .int(Int64(random.below(40))), .int(Int64(row)),
      ]
    }
    return .table(Table(name: "t", fields: fields, rows: rows, segmentRows: 700))
  }

  private func column(_ name: String) -> ScalarExpression {
    .column(fields.first { $0.name == name } ?? fields[0])
  }

  @Test(arguments: [UInt64(1), 2], [1, 3]) func areTheFirstOfEachCombination(
    seed: UInt64, threads: Int
  ) throws {
    let condition = ScalarExpression.call(
      .less, [column("value"), .constant(.int(30))], type: .bool)
    for keys in [["few"], ["many"], ["few", "value"], ["value"]] {
      for rows in [table(seed), table(seed).filtered(by: condition)] {
        for sort in [[SortKey(column("value"), isDescending: true)], [SortKey(column("few"))]] {
          let plan = rows.sorted(by: sort).distinct(on: keys.map(column))
          let expected = reference(plan).rows.map { "\($0)" }
          for manyKeys in [0, 500, Int.max] {
            var limits = Evaluator.Limits()
            limits.manyKeys = manyKeys
            let evaluator = Evaluator(
              EvaluationSettings(workers: Workers(count: threads), blockRows: 512), limits: limits)
            let found = try evaluator.table(plan, needing: nil, depth: 0)
            #expect(
              (0..<found.rowCount).map { "\(found.row($0))" } == expected,
              "seed \(seed), \(keys), \(plan.title), many from \(manyKeys)")
          }
        }
      }
    }
  }
}
