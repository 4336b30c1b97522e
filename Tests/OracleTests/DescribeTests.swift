import Checking
import Columns
import Diagnostics
import Results
import Tasks
import Testing

@testable import Engine

/// `describe` over random tables, beside counts that are made here one value at a time.
@Suite struct DescribeTests {
  static let seed = setting("DECOY_ORACLE_SEED", default: 4_711)

  @Test func countsAreThoseOfTheValues() throws {
    for number in 0..<60 {
      let seed = Self.seed &* 1_000_003 &+ UInt64(number)
      let table = try #require(CaseGenerator.make(seed: seed).tables["t"])
      let all = EngineSetting.all
      let rows = try #require(described(table, all[number % all.count]), "seed \(seed)")
      #expect(
        rows == described(table, all[number * 7 % all.count]), "seed \(seed): settings differ")
      #expect(rows.count == table.fields.count, "seed \(seed)")
      for (position, row) in rows.enumerated() where position < table.fields.count {
        check(row, table.fields[position], table.rows.map { $0[position] }, "seed \(seed)")
      }
    }
  }

  /// `column type nulls distinct median q25 q75 min max top spark` of one column.
  private func check(
    _ row: [Scalar], _ field: Field, _ cells: [Scalar], _ seed: String
  ) {
    let values = cells.filter { $0 != .null }
    let counts = Dictionary(grouping: values, by: Key.init).mapValues(\.count)
    let name = "\(seed), \(field.name)"
    #expect(row[0] == .string(field.name), "\(name)")
    #expect(row[1] == .string(field.type.rawValue), "\(name)")
    #expect(row[2] == .int(Int64(cells.count - values.count)), "\(name)")
    #expect(row[3] == .int(Int64(counts.count)), "\(name)")
    let hasDistances = field.type != .bool && field.type != .string
    for cell in row[4...6] {
      #expect((cell == .null) == (values.isEmpty || !hasDistances), "\(name)")
    }
    for cell in row[7...8] {
      #expect((cell == .null) == (values.isEmpty || field.type == .bool), "\(name)")
    }
    let mostFrequent = counts.values.max() ?? 0
    #expect((row[9] == .null) == (mostFrequent < 2), "\(name)")
    if case .string(let bars) = row[10] {
      #expect((1...12).contains(bars.count), "\(name)")
    }
  }

  /// A value as grouping tells values apart: -0 is 0, NaN is NaN, texts are their bytes.
  private enum Key: Hashable {
    case scalar(Scalar)
    case notANumber
    case bytes([UInt8])

    init(_ value: Scalar) {
      switch value {
      case .float(let number) where number.isNaN: self = .notANumber
      case .float(let number): self = .scalar(.float(number == 0 ? 0 : number))
      case .string(let text): self = .bytes(Array(text.utf8))
      default: self = .scalar(value)
      }
    }
  }

  private func described(_ table: Relation, _ setting: EngineSetting) -> [[Scalar]]? {
    var settings = SessionSettings(
      workers: Workers(count: setting.threads), now: { 1_711_929_600_000_000 })
    settings.optimises = setting.optimises
    settings.blockRows = setting.blockRows
    let session = Session(settings: settings)
    session.scope.tables["t"] = Table(
      name: "t", fields: table.fields, rows: table.rows, segmentRows: setting.segmentRows)
    var rows: [[Scalar]]?
    _ = session.run(Source(name: "describe", text: "t | describe")) { event in
      if case .result(let result) = event, case .table(let table) = result.content {
        rows = Relation(table).rows
      }
    }
    return rows
  }
}
