import Columns
import Plans
import Testing

@testable import Evaluating

/// Tables long enough for the ways of working that small ones do not meet, in plain arithmetic.
@Suite struct ManyRows {
  let rows: [(group: Int64, value: Int64, wide: Int64)]
  let table: Table
  let group = Field(name: "group", type: .int)
  let value = Field(name: "value", type: .int)
  let wide = Field(name: "wide", type: .int)

  init() {
    var random = Seeded(7)
    rows = (0..<40_000).map { _ in
      let small = Int64(random.below(5))
      let value = random.chance(50) ? Int64(random.below(300)) : Int64(random.below(1 << 30))
      return (small, value * (small == 3 ? -1 : 1), Int64(random.below(9_000)) << 33)
    }
    let columns = [rows.map(\.group), rows.map(\.value), rows.map(\.wide)].map {
      Column($0.map { .int($0) }, of: .int, segmentRows: 1_000)
    }
    table = Table(name: "t", schema: Schema([group, value, wide]), columns: columns)
  }

  private func byGroup(_ function: AggregateFunction, _ field: Field, p: Double? = nil) throws
    -> [Int64: Scalar]
  {
    let call = AggregateCall(
      function, [.column(field)], parameter: p, type: function == .distinct ? .int : .float)
    let plan = Plan.table(table).aggregated(
      by: [NamedExpression("group", .column(group))], [NamedAggregate("x", call)])
    let result = try run(plan, threads: 3).table
    var found: [Int64: Scalar] = [:]
    for row in 0..<result.rowCount {
      let cells = result.row(row)
      found[cells[0].integer ?? -1] = cells[1]
    }
    return found
  }

  @Test(arguments: [0, 0.2, 0.5, 0.999, 1]) func quantilesAreExact(p: Double) throws {
    let found = try byGroup(.quantile, value, p: p)
    for own in 0..<Int64(5) {
      let sorted = rows.filter { $0.group == own }.map(\.value).sorted()
      let position = Double(sorted.count - 1) * p
      let low = Int(position)
      let high = min(low + 1, sorted.count - 1)
      let expected =
        Double(sorted[low]) + (position - Double(low)) * Double(sorted[high] - sorted[low])
      #expect(found[own] == .float(expected))
    }
  }

  @Test func differentValuesAreCounted() throws {
    let found = try byGroup(.distinct, wide)
    for own in 0..<Int64(5) {
      let expected = Set(rows.filter { $0.group == own }.map(\.wide)).count
      #expect(found[own] == .int(Int64(expected)))
    }
  }

  @Test func joinsOfManyRowsFindAllPairs() throws {
    let right = Plan.table(table).sliced(offset: 10_000, count: 20_000)
    let plan = Plan.join(
      Join(
        left: .table(table), right: right, kind: .inner, keys: [(.column(wide), .column(wide))],
        rightColumns: [("value", "other")]))
    var counts: [Int64: Int] = [:]
    var sums: [Int64: Int64] = [:]
    for row in rows[10_000..<30_000] {
      counts[row.wide, default: 0] += 1
      sums[row.wide, default: 0] += row.value
    }
    let other = ScalarExpression.column(Field(name: "other", type: .int))
    let result = try run(
      plan.aggregated(
        by: [],
        [
          NamedAggregate("n", AggregateCall(.count, [], type: .int)),
          NamedAggregate("s", AggregateCall(.sum, [other], type: .int)),
        ]), threads: 3)
    let pairs = rows.reduce(0) { $0 + (counts[$1.wide] ?? 0) }
    let total = rows.reduce(Int64(0)) { $0 + (sums[$1.wide] ?? 0) }
    #expect(result.table.row(0) == [.int(Int64(pairs)), .int(total)])
  }

  @Test func sortingManyRowsKeepsTheOrderOfEqualOnes() throws {
    let plan = Plan.table(table).sorted(by: [
      SortKey(.column(group), isDescending: true), SortKey(.column(value)),
    ])
    let result = try run(plan, threads: 3).table
    let expected = rows.enumerated().sorted { left, right in
      if left.element.group != right.element.group {
        return left.element.group > right.element.group
      }
      if left.element.value != right.element.value {
        return left.element.value < right.element.value
      }
      return left.offset < right.offset
    }
    for row in stride(from: 0, to: rows.count, by: 97) {
      #expect(result.row(row)[2] == .int(expected[row].element.wide))
    }
  }
}
