import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Different texts of groups are those of a set of each group's bytes.
@Suite struct DistinctTextTests {
  private let text = Field(name: "text", type: .string)
  private let other = Field(name: "other", type: .string)
  private let key = Field(name: "key", type: .int)
  private let name = Field(name: "name", type: .string)

  /// Texts of every length around those that are kept whole, alike at both ends, some empty, of zeros, not
  /// UTF-8 or very long.
  private func bytes(_ random: inout Seeded) -> [UInt8] {
    if random.below(2_000) == 0 {
      return [UInt8](repeating: 97, count: 70_000 + random.below(3))
    }
    return switch random.below(12) {
    case 0: []
    case 1: [UInt8](repeating: 0, count: random.below(20))
    case 2: [0xFF, 0xC0, UInt8(random.below(256))]
    case 3, 4, 5: [UInt8](repeating: 120, count: random.below(40))
    case 6, 7:
      [UInt8](repeating: 98, count: 9) + [UInt8(random.below(9))]
        + [UInt8](repeating: 99, count: 7 + random.below(4))
    default: Array("user\(random.below(5_000))_\(random.below(3))".utf8)
    }
  }

  private struct Row {
    var text: [UInt8]?
    var other: [UInt8]?
    var key: Int
  }

  private func rows(_ count: Int, seed: UInt64) -> [Row] {
    var random = Seeded(seed)
    let keys = 1 + random.below(40)
    return (0..<count).map { _ in
      Row(
        text: random.chance(10) ? nil : bytes(&random),
        other: random.chance(60) ? nil : Array("b\(random.below(70))".utf8),
        key: random.below(keys))
    }
  }

  private func column(_ texts: [[UInt8]?]) -> Column {
    let segments = stride(from: 0, to: texts.count, by: 1_024).map { start in
      let own = Array(texts[start..<min(texts.count, start + 1_024)])
      var builder = TextBuilder()
      for text in own { (text ?? [1]).withUnsafeBufferPointer { builder.append(utf8: $0) } }
      let present = own.map { UInt8($0 == nil ? 0 : 1) }
      return Segment(
        rowCount: own.count, values: .text(builder.finish()),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    return Column(type: .string, segments: segments)
  }

  private func table(_ rows: [Row]) -> Table {
    let keys = Column(rows.map { .int(Int64($0.key)) }, of: .int, segmentRows: 1_024)
    let names = Column(rows.map { .string("k\($0.key)") }, of: .string, segmentRows: 1_024)
    return Table(
      name: "t", schema: Schema([text, other, key, name]),
      columns: [column(rows.map(\.text)), column(rows.map(\.other)), keys, names])
  }

  /// The number of different texts and others of each key, in order of first rows.
  private func expected(_ rows: [Row], hasKeys: Bool) -> [[Int64]] {
    var order: [Int] = hasKeys ? [] : [0]
    var found: [Int: (Set<[UInt8]>, Set<[UInt8]>)] = hasKeys ? [:] : [0: ([], [])]
    for row in rows {
      let key = hasKeys ? row.key : 0
      if found[key] == nil {
        order.append(key)
        found[key] = ([], [])
      }
      if let text = row.text { found[key]?.0.insert(text) }
      if let other = row.other { found[key]?.1.insert(other) }
    }
    return order.map { [Int64(found[$0]?.0.count ?? 0), Int64(found[$0]?.1.count ?? 0)] }
  }

  private func distinct(_ field: Field) -> NamedAggregate {
    NamedAggregate("d " + field.name, AggregateCall(.distinct, [.column(field)], type: .int))
  }

  private func counts(_ plan: Plan, threads: Int) throws -> [[Int64]] {
    var limits = Evaluator.Limits()
    limits.smallGroups = 0
    limits.tableKeys = 10
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: 256)
    let table = try Evaluator(settings, limits: limits).table(plan, needing: nil, depth: 0)
    return (0..<table.rowCount).map { row in table.row(row).suffix(2).map { $0.integer ?? -1 } }
  }

  @Test(arguments: 0..<9 as Range<UInt64>) func counts(seed: UInt64) throws {
    let rows = rows(seed == 8 ? 0 : 30_000, seed: seed)
    let keys = [[], [key], [name], [name, key]][Int(seed % 4)]
    let plan = Plan.table(table(rows)).aggregated(
      by: keys.map { NamedExpression($0.name, .column($0)) }, [distinct(text), distinct(other)])
    let expected = expected(rows, hasKeys: !keys.isEmpty)
    for threads in [1, 2, 7] {
      #expect(try counts(plan, threads: threads) == expected, "seed \(seed), \(keys)")
    }
  }

  /// Alone they are counted in the same way where groups have places, and by groups of keys and text where
  /// they have none.
  @Test(arguments: 0..<4 as Range<UInt64>) func alone(seed: UInt64) throws {
    let rows = rows(150_000, seed: seed &+ 50)
    let keys = [[], [key], [name], [name, key]][Int(seed)]
    let plan = Plan.table(table(rows)).aggregated(
      by: keys.map { NamedExpression($0.name, .column($0)) }, [distinct(text)])
    let expected = expected(rows, hasKeys: !keys.isEmpty).map { $0[0] }
    for threads in [1, 2, 7] {
      #expect(
        try counts(plan, threads: threads).map { $0[$0.count - 1] } == expected, "seed \(seed)")
    }
  }

  /// Texts that are made, without one where there is none to make it of, and where nothing is found.
  @Test(arguments: [0, 1, 2]) func madeTexts(kind: Int) throws {
    var random = Seeded(71)
    let rows = (0..<150_000).map { _ in
      let name = "User\(random.below(5_000))_\(random.below(3))"
      return Row(text: random.chance(10) ? nil : Array(name.utf8), other: nil, key: 0)
    }
    let extract = ScalarExpression.call(
      .extract, [.column(text), .constant(.string("([0-9])_1")), .constant(.int(1))], type: .string)
    let key = [
      ScalarExpression.call(.lower, [.column(text)], type: .string), extract,
      .call(.upper, [.call(.trim, [extract], type: .string)], type: .string),
    ][kind]
    let made = Table(
      name: "made", schema: Schema([other]),
      columns: try run(
        Plan.table(table(rows)).projected(to: [NamedExpression("other", key)]), threads: 2
      ).table.columns)
    let present = (0..<made.rowCount).map { made.row($0)[0] }.filter { $0 != .null }
    let plan = Plan.table(table(rows)).aggregated(
      by: [], [NamedAggregate("d", AggregateCall(.distinct, [key], type: .int))])
    for threads in [1, 3] {
      #expect(try counts(plan, threads: threads) == [[Int64(Set(present).count)]])
    }
  }
}
