import Columns
import Plans
import Testing

@testable import Evaluating

/// Groups by account and day of rows in order of time, of which a block has few, in plain arithmetic.
@Suite struct GroupSpans {
  private struct Row {
    var account: Int64
    var day: Int64
    var flag: Bool?
    var value: Int64?
  }

  private struct Sums {
    var first: Int
    var rows: Int64 = 0
    var trues: Int64 = 0
    var value: Int64 = 0
  }

  /// Every 40 rows a day, and here and there a row of another day, whose block then has many groups.
  private func rows(strays: Int) -> [Row] {
    var random = Seeded(UInt64(strays + 3))
    return (0..<60_000).map { row in
      let isStray = strays > 0 && random.below(strays) == 0
      return Row(
        account: Int64(random.below(7)),
        day: isStray ? Int64(random.below(1_500)) : Int64(row / 40),
        flag: random.chance(10) ? nil : random.chance(50),
        value: random.chance(10) ? nil : Int64(random.below(100)) - 50)
    }
  }

  @Test(arguments: [0, 9_000, 3], [1, 3]) func sumsAreThoseOfAPlainLoop(
    strays: Int, threads: Int
  ) throws {
    let rows = rows(strays: strays)
    let fields = [
      Field(name: "account", type: .int), Field(name: "day", type: .int),
      Field(name: "flag", type: .bool), Field(name: "value", type: .int),
    ]
    let columns = [
      Column(rows.map { .int($0.account) }, of: .int, segmentRows: 20_000),
      Column(rows.map { .int($0.day) }, of: .int, segmentRows: 20_000),
      Column(rows.map { $0.flag.map { .bool($0) } ?? .null }, of: .bool, segmentRows: 20_000),
      Column(rows.map { $0.value.map { .int($0) } ?? .null }, of: .int, segmentRows: 20_000),
    ]
    let table = Table(name: "t", schema: Schema(fields), columns: columns)
    let plan = Plan.table(table).aggregated(
      by: [
        NamedExpression("account", .column(fields[0])), NamedExpression("day", .column(fields[1])),
      ],
      [
        NamedAggregate("n", AggregateCall(.count, [], type: .int)),
        NamedAggregate("t", AggregateCall(.count, [.column(fields[2])], type: .int)),
        NamedAggregate("s", AggregateCall(.sum, [.column(fields[3])], type: .int)),
      ])
    var expected: [[Int64]: Sums] = [:]
    for (place, row) in rows.enumerated() {
      var sums = expected[[row.account, row.day]] ?? Sums(first: place)
      sums.rows += 1
      sums.trues += row.flag == true ? 1 : 0
      sums.value += row.value ?? 0
      expected[[row.account, row.day]] = sums
    }
    let result = try run(plan, threads: threads).table
    let ordered = expected.sorted { $0.value.first < $1.value.first }
    #expect(result.rowCount == ordered.count)
    for (place, group) in ordered.enumerated() {
      let cells = result.row(place)
      #expect([cells[0].integer, cells[1].integer] == group.key.map(Optional.some), "row \(place)")
      #expect(cells[2] == .int(group.value.rows) && cells[3] == .int(group.value.trues))
      #expect((cells[4].integer ?? 0) == group.value.value)
    }
  }

  /// Rows are counted in the pass that adds a bool or an integer without nulls, of either sign.
  @Test(arguments: [0, 9_000], [1, 3]) func rowsAreCountedAlong(strays: Int, threads: Int) throws {
    let rows = rows(strays: strays)
    let names: [(String, DataType)] = [
      ("account", .int), ("day", .int), ("flag", .bool), ("small", .int), ("large", .int),
    ]
    let fields = names.map { Field(name: $0.0, type: $0.1) }
    let small = rows.map { ($0.value ?? 7) - 20 }
    let large = small.map { $0 * 40_000_000 - 1 }
    let flags = rows.map { $0.flag ?? true }
    let columns = [
      Column(rows.map { .int($0.account) }, of: .int, segmentRows: 20_000),
      Column(rows.map { .int($0.day) }, of: .int, segmentRows: 20_000),
      Column(flags.map { .bool($0) }, of: .bool, segmentRows: 20_000),
      Column(small.map { .int($0) }, of: .int, segmentRows: 20_000),
      Column(large.map { .int($0) }, of: .int, segmentRows: 20_000),
    ]
    let table = Table(name: "t", schema: Schema(fields), columns: columns)
    let count = NamedAggregate("n", AggregateCall(.count, [], type: .int))
    func total(_ field: Int) -> NamedAggregate {
      let function: AggregateFunction = fields[field].type == .bool ? .count : .sum
      return NamedAggregate(
        fields[field].name, AggregateCall(function, [.column(fields[field])], type: .int))
    }
    var expected: [[Int64]: [Int64]] = [:]
    for (place, row) in rows.enumerated() {
      let values = [1, flags[place] ? 1 : 0, small[place], large[place]]
      let sums = expected[[row.account, row.day]] ?? [0, 0, 0, 0]
      expected[[row.account, row.day]] = zip(sums, values).map { $0 + $1 }
    }
    for order in [[2, 3, 4], [3, 2, 4], [4, 3, 2]] {
      let plan = Plan.table(table).aggregated(
        by: fields[0...1].map { NamedExpression($0.name, .column($0)) }, [count] + order.map(total))
      let result = try run(plan, threads: threads).table
      #expect(result.rowCount == expected.count)
      for row in 0..<result.rowCount {
        let cells = result.row(row).map { $0.integer ?? 0 }
        let sums = expected[Array(cells[0...1])] ?? []
        #expect(Array(cells[2...]) == [sums[0]] + order.map { sums[$0 - 1] }, "row \(row)")
      }
    }
  }
}
