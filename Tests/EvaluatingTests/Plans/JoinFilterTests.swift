import Columns
import Plans
import Testing

@testable import Evaluating

/// Joins in which few or most rows of the left have a match, against all pairs of keys.
@Suite struct JoinFilters {
  private static let id = Field(name: "id", type: .int)
  private static let name = Field(name: "name", type: .string)
  private static let mark = Field(name: "mark", type: .int)

  private func table(_ ids: [Int64?]) -> Table {
    let columns = [
      Column(ids.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 4_000),
      Column(
        ids.map { $0.map { .string("name \($0)") } ?? .null }, of: .string, segmentRows: 4_000),
      Column(ids.indices.map { .int(Int64($0)) }, of: .int, segmentRows: 4_000),
    ]
    return Table(name: "t", schema: Schema([Self.id, Self.name, Self.mark]), columns: columns)
  }

  /// Of many rows of a key one is enough; by a number, a text, and by both.
  @Test(arguments: [Join.Kind.semi, .anti], [1, 3])
  func repeatsOnTheRightChangeNothing(kind: Join.Kind, threads: Int) throws {
    var random = Seeded(71)
    func values(_ count: Int, below limit: Int) -> [Int64?] {
      (0..<count).map { _ in random.chance(10) ? nil : Int64(random.below(limit)) }
    }
    let left = values(9_000, below: 900)
    let right = values(7_000, below: 300)
    let known = Set(right.compactMap { $0 })
    let expected = left.indices.filter { row in
      (left[row].map { known.contains($0) } ?? false) == (kind == .semi)
    }
    let (id, name) = (ScalarExpression.column(Self.id), ScalarExpression.column(Self.name))
    for keys in [[id], [name], [id, name]] {
      let join = Plan.join(
        Join(
          left: .table(table(left)), right: .table(table(right)), kind: kind,
          keys: keys.map { ($0, $0) }, rightColumns: []))
      let found = try run(join, threads: threads).table
      let rows = (0..<found.rowCount).map { found.row($0)[2] }
      #expect(rows == expected.map { .int(Int64($0)) }, "\(keys.map(\.text)), \(threads) threads")
    }
  }

  /// `share` of a hundred rows of the left are on the right, a few of those twice.
  @Test(
    arguments: [Join.Kind.inner, .left, .semi, .anti],
    [(1, false), (5, true), (60, false), (97, true)])
  func joinsFindAllPairs(kind: Join.Kind, setting: (share: Int, byName: Bool)) throws {
    var random = Seeded(UInt64(setting.share))
    let left = (0..<20_000).map { _ -> Int64? in
      random.chance(2) ? nil : Int64(random.below(1 << 30))
    }
    var right = (0..<300).map { _ -> Int64? in random.chance(5) ? nil : Int64(random.below(1 << 30))
    }
    for value in left where random.chance(setting.share) {
      right.append(value)
      if setting.byName, random.chance(3) { right.append(value) }
    }
    let key = ScalarExpression.column(setting.byName ? Self.name : Self.id)
    let keepsColumns = kind == .inner || kind == .left
    let join = Plan.join(
      Join(
        left: .table(table(left)), right: .table(table(right)), kind: kind, keys: [(key, key)],
        rightColumns: keepsColumns ? [("mark", "other")] : []))
    var places: [Int64: [Int64]] = [:]
    for (place, value) in right.enumerated() {
      if let value { places[value, default: []].append(Int64(place)) }
    }
    var expected: [[Int64?]] = []
    for (row, value) in left.enumerated() {
      let matches = value.flatMap { places[$0] } ?? []
      switch kind {
      case .inner: expected += matches.map { [Int64(row), $0] }
      case .left:
        expected += matches.isEmpty ? [[Int64(row), nil]] : matches.map { [Int64(row), $0] }
      case .semi: if !matches.isEmpty { expected.append([Int64(row)]) }
      case .anti: if matches.isEmpty { expected.append([Int64(row)]) }
      default: break
      }
    }
    let result = try run(join, threads: 2).table
    #expect(result.rowCount == expected.count)
    for row in 0..<min(result.rowCount, expected.count) {
      let cells = result.row(row)[2...].map(\.integer)
      #expect(cells == expected[row], "row \(row)")
      if cells != expected[row] { break }
    }
  }
}
