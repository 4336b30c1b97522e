import Columns
import Plans
import Testing

@testable import Evaluating

/// What is computed of the few rows of a block that pass a condition is what is computed of a table of them.
@Suite struct FewPassedRowTests {
  private let fields = RandomTable.fields

  private func column(_ name: String) -> ScalarExpression {
    .column(fields.first { $0.name == name } ?? fields[0])
  }

  private func doubled(_ name: String) -> ScalarExpression {
    .call(.add, [column(name), column(name)], type: .int)
  }

  /// Aggregates of computed values, of which some go by the order of rows.
  private var aggregates: [NamedAggregate] {
    let sums = doubled("small")
    return [
      NamedAggregate("n", AggregateCall(.count, [], type: .int)),
      NamedAggregate("s", AggregateCall(.sum, [sums], type: .int)),
      NamedAggregate("f", AggregateCall(.first, [sums], type: .int)),
      NamedAggregate("l", AggregateCall(.last, [sums], type: .int)),
      NamedAggregate("d", AggregateCall(.distinct, [doubled("full")], type: .int)),
      NamedAggregate("b", AggregateCall(.maxBy, [column("full"), sums], type: .int)),
      NamedAggregate("m", AggregateCall(.mode, [sums], type: .int)),
      NamedAggregate("t", AggregateCall(.any, [column("flag")], type: .bool)),
    ]
  }

  @Test(arguments: [0, 1, 20, 150, 600], [UInt64(1), 2]) func groupsOfFewRows(
    limit: Int, seed: UInt64
  ) throws {
    var random = Seeded(seed)
    let rows = RandomTable.rows(9_000, &random)
    let few = ScalarExpression.call(
      .less, [column("full"), .constant(.int(Int64(limit)), type: .int)], type: .bool)
    let passed = rows.filter { ($0[9].integer ?? 0) < limit }
    let segmentRows = [9_000, 700][Int(seed) - 1]
    let all = Plan.table(Table(name: "t", fields: fields, rows: rows, segmentRows: segmentRows))
    let own = Plan.table(Table(name: "t", fields: fields, rows: passed, segmentRows: 64))
    let computed = ScalarExpression.call(
      .floorDivide, [column("full"), .constant(.int(7), type: .int)], type: .int)
    for keys in [[], [NamedExpression("k", computed)], [NamedExpression("c", column("code"))]] {
      let expected = try run(own.aggregated(by: keys, aggregates), threads: 1).table
      for threads in [1, 3] {
        let found = try run(
          all.filtered(by: few).aggregated(by: keys, aggregates), threads: threads, blockRows: 512
        ).table
        #expect(
          (0..<found.rowCount).map { "\(found.row($0))" }
            == (0..<expected.rowCount).map { "\(expected.row($0))" },
          "seed \(seed), \(passed.count) rows, \(keys.map(\.name)), \(threads) threads")
      }
    }
  }

  @Test(arguments: [UInt64(3), 4]) func rowsOfComputedColumns(seed: UInt64) throws {
    var random = Seeded(seed)
    let rows = RandomTable.rows(6_000, &random)
    let few = ScalarExpression.call(
      .less, [column("full"), .constant(.int(30), type: .int)], type: .bool)
    let outputs = [
      NamedExpression("x", doubled("small")), NamedExpression("full", column("full")),
      NamedExpression("code", column("code")), NamedExpression("flag", column("flag")),
    ]
    func computed(_ rows: [[Scalar]]) -> Plan {
      Plan.table(Table(name: "t", fields: fields, rows: rows, segmentRows: 1_000))
    }
    let expected = try run(
      computed(rows.filter { ($0[9].integer ?? 0) < 30 }).projected(to: outputs), threads: 1
    ).table
    let found = try run(computed(rows).filtered(by: few).projected(to: outputs), threads: 3).table
    #expect(
      (0..<found.rowCount).map { "\(found.row($0))" }
        == (0..<expected.rowCount).map { "\(expected.row($0))" }, "seed \(seed)")
  }
}
