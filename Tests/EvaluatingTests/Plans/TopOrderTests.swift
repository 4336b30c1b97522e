import Columns
import Plans
import Testing

@testable import Evaluating

/// The first rows of tables in order, whose last rows are read first where they are better, against a stable
/// sort.
@Suite struct TopOrderTests {
  @Test(arguments: [false, true], [1, 3]) func firstRowsAreThoseOfAStableSort(
    isDescending: Bool, threads: Int
  ) throws {
    var random = Seeded(isDescending ? 21 : 22)
    let count = 40_000
    let fields = ["rising", "falling", "any", "row"].map { Field(name: $0, type: .int) }
    let values: [[Int64?]] = [
      (0..<count).map { Int64($0 / 7) }, (0..<count).map { Int64((count - $0) / 900) },
      (0..<count).map { _ in random.chance(10) ? nil : Int64(random.below(50)) },
      (0..<count).map { Int64($0) },
    ]
    let table = Table(
      name: "t", schema: Schema(fields),
      columns: values.map { column in
        Column(column.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 2_000)
      })
    for (position, key) in fields.prefix(3).enumerated() {
      let order = (0..<count).sorted { left, right in
        let (a, b) = (values[position][left], values[position][right])
        guard let a, let b else { return a == nil && b == nil ? left < right : a != nil }
        return a == b ? left < right : (a < b) != isDescending
      }
      for wanted in [1, 10, 300, 4_100, 12_000, 33_000, 40_000, 50_000] {
        let plan = Plan.table(table).top(
          wanted, by: [SortKey(.column(key), isDescending: isDescending)], per: [])
        let found = try run(plan, threads: threads).table
        let rows = (0..<found.rowCount).map { found.row($0)[3] }
        #expect(
          rows == order.prefix(wanted).map { .int(Int64($0)) },
          "\(wanted) by \(key.name), \(threads) threads")
      }
    }
  }
}
