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

  /// Texts that begin alike, of many values and of few, which are codes; both with nulls.
  @Test(arguments: [false, true], [1, 3]) func firstRowsByTextsAreThoseOfAStableSort(
    isDescending: Bool, threads: Int
  ) throws {
    var random = Seeded(isDescending ? 25 : 26)
    let count = 30_000
    let names = ["many", "few", "row"]
    let fields = names.map { Field(name: $0, type: $0 == "row" ? .int : .string) }
    let many = (0..<count).map { _ in
      random.chance(30) ? nil : "the same \(random.below(9_000))"
    }
    let few = (0..<count).map { _ in random.chance(10) ? nil : "\(random.below(4)) of them" }
    let words = Array(Set(few.compactMap { $0 })).sorted()
    let dictionary = TextDictionary(words)
    let codes = stride(from: 0, to: count, by: 2_000).map { start in
      let own = few[start..<start + 2_000]
      let present = own.map { UInt8($0 == nil ? 0 : 1) }
      return Segment(
        rowCount: own.count,
        values: .codes8(
          BufferSlice(own.map { word in UInt8(words.firstIndex { $0 == word } ?? 200) }), dictionary
        ),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    let table = Table(
      name: "t", schema: Schema(fields),
      columns: [
        Column(many.map { $0.map { .string($0) } ?? .null }, of: .string, segmentRows: 2_000),
        Column(type: .string, segments: codes),
        Column((0..<count).map { .int(Int64($0)) }, of: .int, segmentRows: 2_000),
      ])
    func isBefore(_ a: String?, _ b: String?) -> Bool? {
      guard let a, let b else { return a == nil && b == nil ? nil : a != nil }
      return a == b ? nil : a.utf8.lexicographicallyPrecedes(b.utf8) != isDescending
    }
    for keys in [[0], [1], [1, 0], [0, 1]] {
      let columns = [many, few]
      let order = (0..<count).sorted { left, right in
        for key in keys {
          if let first = isBefore(columns[key][left], columns[key][right]) { return first }
        }
        return left < right
      }
      for wanted in [1, 20, 3_000, 25_000] {
        let plan = Plan.table(table).top(
          wanted, by: keys.map { SortKey(.column(fields[$0]), isDescending: isDescending) }, per: []
        )
        let found = try run(plan, threads: threads).table
        let rows = (0..<found.rowCount).map { found.row($0)[2] }
        #expect(
          rows == order.prefix(wanted).map { .int(Int64($0)) },
          "\(wanted) by \(keys), \(threads) threads")
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
