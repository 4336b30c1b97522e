import Columns
import Plans
import Testing

@testable import Evaluating

/// Groups by bins of numbers, times, days and durations, against a plain loop.
@Suite struct BinKeyTests {
  private static let day: Int64 = 86_400_000_000

  /// Numbers on both sides of 0, some null, in order or not.
  private func values(_ unit: Int64, isOrdered: Bool, _ random: inout Seeded) -> [Int64?] {
    var values = (0..<30_000).map { _ in (Int64(random.below(60_000)) - 20_000) * unit }
    if isOrdered { values.sort() }
    return values.map { random.chance(12) ? nil : $0 }
  }

  private func floored(_ value: Int64, _ width: Int64) -> Int64 {
    let rest = value % width
    return value - (rest < 0 ? rest + width : rest)
  }

  private func scalar(_ value: Int64, _ type: DataType) -> Scalar {
    switch type {
    case .time: .time(value)
    case .date: .date(value)
    case .duration: .duration(value)
    default: .int(value)
    }
  }

  @Test(arguments: [DataType.int, .time, .date, .duration], [false, true])
  func binsAreCountedAsByAPlainLoop(type: DataType, isOrdered: Bool) throws {
    var random = Seeded(isOrdered ? 5 : 6)
    let units: [DataType: Int64] = [.time: 13_000_000, .duration: 7_000]
    let values = values(units[type] ?? 1, isOrdered: isOrdered, &random)
    let field = Field(name: "x", type: type)
    let column = Column(
      values.map { $0.map { scalar($0, type) } ?? .null }, of: type, segmentRows: 4_096)
    let table = Table(name: "t", schema: Schema([field]), columns: [column])
    let widths: [Int64] =
      switch type {
      case .time: [1, 900_000_000, 5 * 3_600_000_000, Self.day + 1]
      case .date: [Self.day, 3 * Self.day, 1_000 * Self.day]
      case .duration: [1, 7_000, 999_999]
      default: [1, 2, 7, 100_000]
      }
    for width in widths {
      let constant = type == .int ? Scalar.int(width) : .duration(width)
      let bin = ScalarExpression.call(
        .bin, [.column(field), .constant(constant)], type: type)
      let plan = Plan.table(table).aggregated(
        by: [NamedExpression("k", bin)],
        [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
      let step = type == .date ? width / Self.day : width
      var expected: [Scalar: Int64] = [:]
      var order: [Scalar] = []
      for value in values {
        let key = value.map { scalar(floored($0, step), type) } ?? .null
        if expected[key] == nil { order.append(key) }
        expected[key, default: 0] += 1
      }
      for threads in [1, 3] {
        let found = try run(plan, threads: threads).table
        #expect(found.rowCount == order.count, "\(type) by \(width), \(threads) threads")
        let rows = (0..<found.rowCount).map { found.row($0) }
        let isSame = zip(rows, order).allSatisfy {
          $0[0] == $1 && $0[1] == expected[$1].map { .int($0) }
        }
        #expect(isSame, "\(type) by \(width), \(threads) threads")
      }
    }
  }
}
