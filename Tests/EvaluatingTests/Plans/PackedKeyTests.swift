import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Sorts by several keys of few values, which share a word, against comparing them one by one.
@Suite struct PackedKeys {
  static let fields = [
    Field(name: "code", type: .string), Field(name: "flag", type: .bool),
    Field(name: "at", type: .time), Field(name: "small", type: .int),
    Field(name: "number", type: .float), Field(name: "row", type: .int),
  ]
  static let words = [
    "b", "", "aa", "a", "\u{10FFFF}", "longer than eight bytes", "longer than eight",
  ]

  /// Rows with nulls, the texts as codes; a code that the dictionary lacks may stand under a null.
  private func table(_ count: Int, _ random: inout Seeded) -> Table {
    let dictionary = TextDictionary(Self.words)
    let codes = (0..<count).map { _ in UInt8(random.below(Self.words.count + 2)) }
    let texts = stride(from: 0, to: count, by: 128).map { start in
      let own = Array(codes[start..<min(count, start + 128)])
      let present = own.map { UInt8($0 < Self.words.count ? 1 : 0) }
      return Segment(
        rowCount: own.count, values: .codes8(BufferSlice(own), dictionary),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    func column(_ type: DataType, _ cell: (Int) -> Scalar) -> Column {
      Column((0..<count).map { random.chance(8) ? .null : cell($0) }, of: type, segmentRows: 128)
    }
    return Table(
      name: "t", schema: Schema(Self.fields),
      columns: [
        Column(type: .string, segments: texts), column(.bool) { .bool($0 % 3 == 0) },
        column(.time) { .time(Int64($0 * 7919 % 50) * 3_000_000 - 9_000_000) },
        column(.int) { .int(Int64($0 * 31 % 7) - 3) },
        column(.float) { .float(Double($0 % 5) / 2) },
        Column((0..<count).map { .int(Int64($0)) }, of: .int, segmentRows: 128),
      ])
  }

  /// Nulls last in both directions, texts by bytes.
  private func isBefore(_ left: Scalar, _ right: Scalar, _ isDescending: Bool) -> Bool? {
    if left == .null || right == .null { return left == right ? nil : right == .null }
    let order: Int
    switch (left, right) {
    case (.string(let a), .string(let b)):
      let (a, b) = (Array(a.utf8), Array(b.utf8))
      order = a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    case (.bool(let a), .bool(let b)): order = a == b ? 0 : b ? -1 : 1
    case (.float(let a), .float(let b)): order = a == b ? 0 : a < b ? -1 : 1
    default:
      let (a, b) = (left.integer ?? 0, right.integer ?? 0)
      order = a == b ? 0 : a < b ? -1 : 1
    }
    return order == 0 ? nil : (order < 0) != isDescending
  }

  @Test(arguments: 0..<40) func sortsAsComparisonsDo(seed: UInt64) throws {
    var random = Seeded(seed)
    let count = [1, 2, 64, 700, 900][random.below(5)]
    let table = table(count, &random)
    let chosen = (0..<5).shuffled(using: &random).prefix(1 + random.below(5))
    let keys = chosen.map { position in
      SortKey(.column(Self.fields[position]), isDescending: random.chance(50))
    }
    let sorted = try evaluate(
      Plan.table(table).sorted(by: keys), EvaluationSettings(workers: Workers(count: 2))
    ).table
    let rows = (0..<count).map { table.row($0) }
    let expected = (0..<count).sorted { left, right in
      for (position, key) in zip(chosen, keys) {
        if let isFirst = isBefore(rows[left][position], rows[right][position], key.isDescending) {
          return isFirst
        }
      }
      return left < right
    }
    #expect((0..<count).map { sorted.row($0)[5] } == expected.map { .int(Int64($0)) })
  }
}
