import Columns
import Plans
import Testing

@testable import Evaluating

/// The last rows of a sort are the end of a stable sort, nulls and NaN last in both directions.
@Suite struct TailOrderTests {
  private let fields = [
    Field(name: "number", type: .float), Field(name: "text", type: .string),
    Field(name: "few", type: .int), Field(name: "wide", type: .int),
    Field(name: "row", type: .int),
  ]

  private func rows(_ count: Int, _ random: inout Seeded) -> [[Scalar]] {
    (0..<count).map { row in
      [
        random.chance(2)
          ? .null : .float(random.chance(2) ? .nan : Double(random.below(900) - 450) / 4),
        random.chance(1) ? .null : .string("the same \(random.below(700))"),
        random.chance(5) ? .null : .int(Int64(random.below(5))),
        .int(random.chance(1) ? Int64.max : Int64.min + Int64(random.below(20_000))),
        .int(Int64(row)),
      ]
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>, [1, 3]) func lastRows(
    seed: UInt64, threads: Int
  ) throws {
    var random = Seeded(seed)
    let rows = rows([0, 1, 700, 20_000][Int(seed % 4)], &random)
    let table = Table(name: "t", fields: fields, rows: rows, segmentRows: 2_000)
    for _ in 0..<6 {
      let keys = (0...random.below(3)).map { _ in
        (random.below(4), isDescending: random.chance(50))
      }
      let order = rows.indices.sorted { left, right in
        let values = [left, right].map { row in keys.map { rows[row][$0.0] } }
        return goesBefore(values[0], values[1], keys.map(\.isDescending)) ?? (left < right)
      }
      let sort = Plan.table(table).sorted(
        by: keys.map { SortKey(.column(fields[$0.0]), isDescending: $0.isDescending) })
      for wanted in [0, 1, 20, 3_000, 15_000, 30_000] {
        let found = try run(sort.tail(wanted), threads: threads).table
        #expect(
          (0..<found.rowCount).map { found.row($0)[4] }
            == order.suffix(wanted).map { .int(Int64($0)) },
          "seed \(seed): \(wanted) by \(keys), \(threads) threads")
      }
    }
  }

  /// Of the key alone, whose values are counted.
  @Test func lastValues() throws {
    var random = Seeded(5)
    let rows = rows(20_000, &random).map { [$0[2]] }
    let table = Table(name: "t", fields: [fields[2]], rows: rows, segmentRows: 2_000)
    for isDescending in [false, true] {
      let sort = Plan.table(table).sorted(
        by: [SortKey(.column(fields[2]), isDescending: isDescending)])
      let all = try run(sort, threads: 2).table
      for wanted in [3, 2_000, 30_000] {
        let found = try run(sort.tail(wanted), threads: 2).table
        let expected = (0..<all.rowCount).suffix(wanted).map { all.row($0) }
        #expect((0..<found.rowCount).map { found.row($0) } == expected)
      }
    }
  }
}
