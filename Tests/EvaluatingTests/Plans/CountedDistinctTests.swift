import Columns
import Planning
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Rows of a distinct over one value are counted as they are when they are made.
@Suite struct CountedDistinctTests {
  private let fields = [
    Field(name: "text", type: .string), Field(name: "size", type: .float),
    Field(name: "number", type: .int), Field(name: "flag", type: .bool),
  ]

  private func table(_ rows: Int, seed: UInt64) -> Table {
    var random = Seeded(seed)
    let nulls = random.chance(50) ? 10 : 0
    func cells(_ make: (inout Seeded) -> Scalar) -> [Scalar] {
      (0..<rows).map { _ in random.chance(nulls) ? .null : make(&random) }
    }
    let columns = [
      cells { .string(String(repeating: "x", count: $0.below(30)) + String($0.below(9))) },
      cells { .float([0.0, -0.0, 1.5, .nan, .infinity][$0.below(5)]) },
      cells { .int(Int64($0.below(300)) << 40) }, cells { .bool($0.chance(50)) },
    ]
    return Table(
      name: "t", schema: Schema(fields),
      columns: zip(columns, fields).map { Column($0, of: $1.type, segmentRows: 128) })
  }

  private func count(_ plan: Plan, threads: Int) throws -> [Scalar] {
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: 64)
    let table = try Evaluator(settings).table(plan, needing: nil, depth: 0)
    return (0..<table.rowCount).flatMap { table.row($0) }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func counts(seed: UInt64) throws {
    let rows = Plan.table(table(seed == 9 ? 0 : 700, seed: seed))
    let aggregate = NamedAggregate("n", AggregateCall(.count, [], type: .int))
    for field in fields {
      let only = rows.projected(to: [NamedExpression("k", .column(field))])
      let others = only.projected(to: [NamedExpression("k", .constant(.null, type: field.type))])
      let inputs = [
        rows.distinct(on: [.column(field)]), only.distinct(on: []),
        Plan.union([only, others]).distinct(on: []),
      ]
      for input in inputs {
        let plan = input.aggregated(by: [], [aggregate])
        let better = optimised(plan)
        #expect(!better.lines.contains { $0.hasPrefix("| distinct") })
        let expected = try count(plan, threads: 1)
        for threads in [1, 2, 7] {
          #expect(try count(better, threads: threads) == expected, "seed \(seed), \(field.name)")
        }
      }
    }
  }
}
