import Columns
import Testing

/// Partitions so long that several workers share one, each with rows before its own to look back on.
@Suite struct LongPartitionTests {
  @Test(arguments: [(3, false), (100, false), (3, true), (100, true)])
  func rollingFiguresDoNotSeeWhereWorkIsCut(_ k: Int, hasNulls: Bool) {
    let count = 140_000
    let xs = (0..<count).map { hasNulls && $0 % 11 == 0 ? nil : $0 * 7919 % 1000 }
    let table = Table(
      name: "long",
      fields: [
        Field(name: "t", type: .int), Field(name: "x", type: .int), Field(name: "y", type: .float),
      ],
      rows: xs.enumerated().map { row, x in
        [
          .int(Int64(row)), x.map { .int(Int64($0)) } ?? .null,
          x.map { .float(Double($0) / 4) } ?? .null,
        ]
      })
    let found = Answer(
      "long | window m = rolling_mean(x, \(k)), f = rolling_mean(y, \(k)), "
        + "n = rolling_count(x, \(k)) by t | select m, f, n", over: ["long": table])
    #expect(found.errors == [] && found.rows.count == count, "\(found.errors)")
    var wrong: [Int] = []
    var (sum, present) = (0, 0)
    for (row, x) in xs.enumerated() {
      if let x { (sum, present) = (sum + x, present + 1) }
      if row >= k, let old = xs[row - k] { (sum, present) = (sum - old, present - 1) }
      let mean = Double(sum) / Double(present)
      let cells = found.rows[row].map { $0.number ?? .nan }
      let isRight =
        present == 0
        || abs(cells[0] - mean) < 1e-9 && abs(cells[1] - mean / 4) < 1e-9
          && cells[2] == Double(present)
      if !isRight { wrong.append(row) }
    }
    #expect(wrong.isEmpty, "k \(k): \(wrong.count) rows, first \(wrong.prefix(3))")
  }
}
