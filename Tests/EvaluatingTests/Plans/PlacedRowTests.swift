import Columns
import Plans
import Testing

@testable import Evaluating

/// Sorted rows that are taken when they are read, few of a block or all.
@Suite struct PlacedRows {
  @Test(arguments: RandomTable.fields.map(\.name), [UInt64(1), 2])
  func fewOfSortedRowsAreThoseThatWereFilteredBefore(key: String, seed: UInt64) throws {
    var random = Seeded(seed)
    let rows = RandomTable.rows(3_000, &random)
    let fields = RandomTable.fields
    let table = Plan.table(
      Table(name: "t", fields: fields, rows: rows, segmentRows: [3_000, 100][Int(seed) - 1]))
    let sortField = try #require(fields.first { $0.name == key })
    let full = try #require(fields.first { $0.name == "full" })
    for (limit, isDescending) in [(20, false), (20, true), (600, false), (0, true)] {
      let keys = [SortKey(.column(sortField), isDescending: isDescending)]
      let few = ScalarExpression.call(
        .less, [.column(full), .constant(.int(Int64(limit)), type: .int)], type: .bool)
      let after = try run(table.sorted(by: keys).filtered(by: few), threads: 3).table
      let before = try run(table.filtered(by: few).sorted(by: keys), threads: 2).table
      #expect(after.rowCount == before.rowCount)
      for row in 0..<min(after.rowCount, before.rowCount) {
        #expect(
          after.row(row).map { "\($0)" } == before.row(row).map { "\($0)" },
          "seed \(seed), \(key), limit \(limit), row \(row)")
      }
    }
  }

  @Test func whatIsGivenHasItsRows() throws {
    var random = Seeded(3)
    let table = Table(
      name: "t", fields: RandomTable.fields, rows: RandomTable.rows(500, &random), segmentRows: 64)
    let full = try #require(table.schema.field("full"))
    let sorted = try run(Plan.table(table).sorted(by: [SortKey(.column(full))]), threads: 2).table
    for column in sorted.columns {
      for segment in column.segments {
        #expect(segment.source == nil)
        let known = SegmentStatistics(
          of: segment.values, scale: segment.scale, rowCount: segment.rowCount,
          validity: segment.validity)
        #expect(segment.statistics == known)
      }
    }
  }
}
