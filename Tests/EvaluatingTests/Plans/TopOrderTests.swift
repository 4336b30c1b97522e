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

  /// Rows behind each other of a sort, of all columns and of the key alone.
  @Test(arguments: [false, true]) func slicesOfSortsAreThoseOfAStableSort(isDescending: Bool) throws
  {
    var random = Seeded(isDescending ? 23 : 24)
    let count = 30_000
    let keys: [Int64?] = (0..<count).map { _ in
      random.chance(5) ? nil : Int64(random.below(200))
    }
    let fields = ["key", "row"].map { Field(name: $0, type: .int) }
    let columns = [keys, (0..<count).map { Int64($0) }].map { values in
      Column(values.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 2_000)
    }
    let table = Table(name: "t", schema: Schema(fields), columns: columns)
    let order = (0..<count).sorted { left, right in
      guard let a = keys[left], let b = keys[right] else {
        return keys[left] == nil && keys[right] == nil ? left < right : keys[left] != nil
      }
      return a == b ? left < right : (a < b) != isDescending
    }
    let key = SortKey(.column(fields[0]), isDescending: isDescending)
    for (offset, wanted) in [
      (0, 300), (2_000, 900), (7, 5_000), (0, 14_000), (9, 29_995), (0, 30_001),
    ] {
      let expected = order.dropFirst(offset).prefix(wanted)
      let all = try run(
        Plan.table(table).sorted(by: [key]).sliced(offset: offset, count: wanted), threads: 3
      ).table
      #expect(
        (0..<all.rowCount).map { all.row($0)[1] } == expected.map { .int(Int64($0)) },
        "\(wanted) from \(offset)")
      let alone = Table(name: "t", schema: Schema([fields[0]]), columns: [columns[0]])
      let only = try run(
        Plan.table(alone).sorted(by: [key]).sliced(offset: offset, count: wanted), threads: 3
      ).table
      #expect(
        (0..<only.rowCount).map { only.row($0)[0] }
          == expected.map { keys[$0].map { .int($0) } ?? .null },
        "\(wanted) from \(offset) of the key alone")
    }
  }
}
