import Columns
import Glibc
import Plans
import Testing

@testable import Evaluating

/// Modes, entropies and numbers of different values: of few values, which have places of their own, and of many.
@Suite struct DenseFrequencyTests {
  private static let key = Field(name: "k", type: .int)

  private func mode(_ values: [Scalar]) -> Scalar {
    var counts: [Scalar: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return values.first { counts[$0] == most } ?? .null
  }

  private func entropy(_ values: [Scalar]) -> Double {
    var counts: [Scalar: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.values.map { count in
      let share = Double(count) / Double(values.count)
      return -share * log2(share)
    }.sorted().reduce(0, +)
  }

  /// Values of which several mostly tie, with nulls, and one group of nothing else.
  @Test(arguments: [DataType.string, .int, .float], [7, 900, 30_000])
  func frequenciesAreThoseOfAPlainLoop(type: DataType, values limit: Int) throws {
    for threads in [1, 3] { try check(type, limit, threads) }
  }

  private func check(_ type: DataType, _ limit: Int, _ threads: Int) throws {
    var random = Seeded(UInt64(limit))
    let rows = 24_000
    let keys = (0..<rows).map { _ in Int64(random.below(9)) }
    let values = keys.map { key -> Scalar in
      if key == 8 || random.chance(10) { return .null }
      let number = Int64(random.below(limit)) - 5
      return switch type {
      case .string: .string("text \(number)")
      case .float: .float(Double(number) / 4)
      default: .int(number)
      }
    }
    let value = Field(name: "x", type: type)
    let table = Table(
      name: "t", schema: Schema([Self.key, value]),
      columns: [
        Column(keys.map { .int($0) }, of: .int, segmentRows: 4_000),
        Column(values, of: type, segmentRows: 4_000),
      ])
    let argument = ScalarExpression.column(value)
    let calls = [
      NamedAggregate("m", AggregateCall(.mode, [argument], type: type)),
      NamedAggregate("e", AggregateCall(.entropy, [argument], type: .float)),
      NamedAggregate("d", AggregateCall(.distinct, [argument], type: .int)),
    ]
    func check(_ cells: [Scalar], _ own: [Scalar], _ what: String) {
      #expect(cells[0] == mode(own), "\(what)")
      #expect(cells[2] == .int(Int64(Set(own).count)), "\(what)")
      if case .float(let found) = cells[1] {
        #expect(abs(found - entropy(own)) < 1e-9 && !own.isEmpty, "\(what)")
      } else {
        #expect(own.isEmpty, "\(what)")
      }
    }
    let what = "\(type), \(limit) values, \(threads) threads"
    let total = try run(Plan.table(table).aggregated(by: [], calls), threads: threads).table
    check(total.row(0), values.filter { $0 != .null }, what)
    // Keys by hash and keys that are places.
    for factor: Int64 in [1, 1_000_003] {
      let key = ScalarExpression.call(
        .multiply, [.column(Self.key), .constant(.int(factor))], type: .int)
      let found = try run(
        Plan.table(table).aggregated(by: [NamedExpression("k", key)], calls), threads: threads
      ).table
      #expect(found.rowCount == 9)
      for row in 0..<found.rowCount {
        let cells = found.row(row)
        let own = zip(keys, values).filter { .int($0 * factor) == cells[0] && $1 != .null }
        check(Array(cells.dropFirst()), own.map(\.1), "\(what), \(cells[0])")
      }
    }
  }
}
