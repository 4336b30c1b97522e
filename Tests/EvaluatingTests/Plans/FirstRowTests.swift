import Columns
import Plans
import Testing

@testable import Evaluating

/// The first rows of a plan that reads a long table are those of all its rows, however few of them it reads.
@Suite struct FirstRowTests {
  private let fields = [
    Field(name: "few", type: .int), Field(name: "many", type: .int),
    Field(name: "text", type: .string), Field(name: "rare", type: .bool),
  ]

  private func table(_ seed: UInt64) -> Plan {
    var random = Seeded(seed)
    let rows: [[Scalar]] = (0..<40_000).map { row in
      [
        random.chance(3) ? .null : .int(Int64(random.below(9))), .int(Int64(random.below(30_000))),
        random.chance(3) ? .null : .string("a\(row % 7) b \(random.below(50))"),
        .bool(row == 17 || row > 39_000 && random.chance(20)),
      ]
    }
    return .table(Table(name: "t", fields: fields, rows: rows, segmentRows: 30_000))
  }

  private func column(_ name: String) -> ScalarExpression {
    .column(fields.first { $0.name == name } ?? fields[0])
  }

  private func less(_ name: String, _ limit: Int64) -> ScalarExpression {
    .call(.less, [column(name), .constant(.int(limit), type: .int)], type: .bool)
  }

  private func plans(_ table: Plan) -> [Plan] {
    let doubled = ScalarExpression.call(.add, [column("few"), column("many")], type: .int)
    let wide = table.projected(to: [
      NamedExpression("few", column("few")), NamedExpression("text", column("text")),
      NamedExpression("sum", doubled),
    ])
    let parts = RowExpansion.parts("text", separator: " ")
    return [
      table.filtered(by: less("many", 3_000)), table.filtered(by: column("rare")),
      wide.filtered(by: less("few", 4)), wide.distinct(on: []),
      table.distinct(on: [column("few")]), table.distinct(on: [column("many")]),
      table.filtered(by: column("rare")).distinct(on: [column("many"), column("few")]),
      wide.expanded(parts), wide.expanded(parts).distinct(on: [column("text")]),
      table.filtered(by: less("many", 50)).expanded(parts),
      table.expanded(.columns(["few", "many"], name: "name", value: "value")),
    ]
  }

  @Test(arguments: [UInt64(1), 2], [1, 3]) func areThoseOfAllRows(
    seed: UInt64, threads: Int
  ) throws {
    for plan in plans(table(seed)) {
      let all = try run(plan, threads: 2).table
      for (offset, count) in [
        (0, 0), (0, 1), (0, 50), (7, 12), (0, 2_500), (1_900, 3), (0, 60_000),
      ] {
        let first = try run(plan.sliced(offset: offset, count: count), threads: threads).table
        let wanted = min(offset, all.rowCount)..<min(offset + count, all.rowCount)
        #expect(
          (0..<first.rowCount).map { "\(first.row($0))" } == wanted.map { "\(all.row($0))" },
          "seed \(seed), \(plan.title), \(count) from \(offset)")
      }
    }
  }

  @Test func stepsAreToldOfRowsThatWereRead() throws {
    let plan = table(1).distinct(on: [column("many")]).sliced(offset: 0, count: 20)
    let steps = try run(plan, threads: 2).steps
    #expect(steps.map(\.description).contains { $0.hasPrefix("distinct") })
    #expect(steps.last?.rowCount ?? .max < 40_000)
  }
}
