import Columns
import Glibc
import Plans
import Testing

@testable import Evaluating

/// Aggregates of all values of a group, whose logs hold words of 32 bits until one does not fit.
@Suite struct LoggedValueTests {
  /// Segments of few bits, of 32, of 64 and of 32 again, with nulls here and there.
  @Test(arguments: [1, 2, 5]) func narrowAndWideWordsAreOneLog(threads: Int) throws {
    var random = Seeded(29)
    let spreads = [90, 3_000, 1 << 30, 1 << 50, 2_000, 1 << 31]
    let values = (0..<24_000).map { row -> Int64? in
      if random.below(13) == 0 { return nil }
      let spread = spreads[row / 4_000]
      return Int64(random.below(spread)) - (row.isMultiple(of: 3) ? Int64(spread / 2) : 0)
    }
    let keys = values.indices.map { Int64($0 % 7 == 0 ? $0 % 3_000 : $0 % 5) * 1_000_003 }
    let (key, value) = (Field(name: "k", type: .int), Field(name: "x", type: .int))
    let table = Table(
      name: "t", schema: Schema([key, value]),
      columns: [
        Column(keys.map { .int($0) }, of: .int, segmentRows: 4_000),
        Column(values.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 4_000),
      ])
    let argument = ScalarExpression.column(value)
    let calls = [
      NamedAggregate("m", AggregateCall(.median, [argument], type: .float)),
      NamedAggregate("q", AggregateCall(.quantile, [argument], parameter: 0.9, type: .float)),
      NamedAggregate("o", AggregateCall(.mode, [argument], type: .int)),
      NamedAggregate("s", AggregateCall(.spark, [argument], type: .string)),
      NamedAggregate("e", AggregateCall(.entropy, [argument], type: .float)),
    ]
    let all = values.compactMap { $0 }
    let total = try run(Plan.table(table).aggregated(by: [], calls), threads: threads).table.row(0)
    #expect(total[0] == quantile(all, 0.5) && total[1] == quantile(all, 0.9))
    #expect(total[2] == mode(all) && isNear(total[4], entropy(all)))
    let plan = Plan.table(table).aggregated(
      by: [NamedExpression("k", .column(key))], calls)
    let found = try run(plan, threads: threads).table
    var expected: [Int64: [Int64]] = [:]
    for (key, value) in zip(keys, values) { expected[key, default: []] += value.map { [$0] } ?? [] }
    #expect(found.rowCount == expected.count)
    for row in 0..<found.rowCount {
      let cells = found.row(row)
      guard case .int(let group) = cells[0], let values = expected[group] else {
        Issue.record("no group \(cells[0])")
        continue
      }
      #expect(cells[1] == quantile(values, 0.5), "group \(group)")
      #expect(cells[2] == quantile(values, 0.9), "group \(group)")
      #expect(cells[3] == mode(values), "group \(group)")
      var bars = values
      let line = bars.withUnsafeMutableBufferPointer { sparkline(barsOfIntegers($0)) }
      #expect(cells[4] == line.map { Scalar.string($0) } ?? Scalar.null, "group \(group)")
      #expect(isNear(cells[5], entropy(values)), "group \(group)")
    }
  }

  private func quantile(_ values: [Int64], _ share: Double) -> Scalar {
    if values.isEmpty { return .null }
    let sorted = values.sorted()
    let position = Double(sorted.count - 1) * share
    let (low, high) = (Int(position), min(Int(position) + 1, sorted.count - 1))
    let step = (position - Double(low)) * Double(sorted[high] - sorted[low])
    return .float(Double(sorted[low]) + step)
  }

  /// The most frequent value, of several the one that comes first.
  private func mode(_ values: [Int64]) -> Scalar {
    var counts: [Int64: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max()
    return values.first { counts[$0] == most }.map { .int($0) } ?? .null
  }

  private func entropy(_ values: [Int64]) -> Double? {
    if values.isEmpty { return nil }
    let counts = Dictionary(grouping: values, by: { $0 }).values.map { Double($0.count) }
    let total = Double(values.count)
    return counts.map { $0 / total * log2(total / $0) }.reduce(0, +)
  }

  private func isNear(_ cell: Scalar, _ value: Double?) -> Bool {
    guard case .float(let found) = cell, let value else { return cell == .null && value == nil }
    return abs(found - value) < 1e-9
  }

  /// Around the count from which words are sorted by digits, and that from which digits are longer.
  @Test(arguments: [0, 1, 64, 65, 300, 2_048, 2_049, 9_000])
  func wordsAreSortedByDigits(count: Int) {
    var random = Seeded(UInt64(count))
    for spread in [Int64(1), 200, 1 << 20, .max] {
      var words = (0..<count).map { _ in Int64(truncatingIfNeeded: random.next()) % spread }
      let sorted = words.sorted()
      words.withUnsafeMutableBufferPointer { sortWords($0) }
      #expect(words == sorted, "\(count) of \(spread)")
    }
  }
}
