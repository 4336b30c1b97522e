import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Ranks of many words in several pieces of logs, against all of them sorted.
@Suite struct PartedSelectionTests {
  /// Words of few values, of one value, rising, and of any.
  @Test(arguments: [Int64(1), 3, 1 << 20, .max]) func ranksAreThoseOfAllSorted(spread: Int64) throws
  {
    var random = Seeded(UInt64(bitPattern: spread))
    let parts = [70_001, 0, 1, 140_000].map { count in
      (0..<count).map { _ in Int64(truncatingIfNeeded: random.next()) % spread }
    }
    let sorted = parts.flatMap { $0 }.sorted()
    let selection = PartedSelection(parts.map(piece), Workers(count: 3))
    for share in [0, 0.001, 0.05, 0.5, 0.9, 1] {
      let low = Int(Double(sorted.count - 1) * share)
      let high = min(sorted.count - 1, low + 1)
      let found = try selection.select(low, high)
      #expect(found?.low == sorted[low] && found?.high == sorted[high], "\(share) of \(spread)")
    }
  }

  /// A quarter of the words in one place: the sample sees them only as often as they are.
  @Test func wordsInOrderAreFound() throws {
    let words = (0..<200_000).map { Int64($0 < 50_000 ? 7 : $0) }
    let found = try PartedSelection([piece(words)], Workers(count: 2)).select(49_999, 50_000)
    #expect(found?.low == 7 && found?.high == 50_000)
  }

  /// Of 32 bits a word where they fit.
  private func piece(_ values: [Int64]) -> LogPiece {
    let isNarrow = values.allSatisfy { Int32(exactly: $0) != nil }
    let words = LoggedWords(undefined: max(1, values.count), isNarrow: isNarrow)
    for (row, value) in values.enumerated() {
      switch words {
      case .narrow(let words): words.pointer[row] = Int32(value)
      case .wide(let words): words.pointer[row] = value
      }
    }
    return LogPiece(
      groups: Store(repeating: 1, count: values.count), words: words, ordinals: nil,
      capacity: values.count, count: values.count)
  }

  /// Through a plan, of so many rows that they are looked for in parts; some are null.
  @Test(arguments: [1, 3]) func quantilesOfOneGroupAreExact(threads: Int) throws {
    var random = Seeded(11)
    let values = (0..<150_000).map { row -> Double? in
      row % 17 == 0 ? nil : Double(random.below(1 << 20)) / 64 - 4_000
    }
    let field = Field(name: "x", type: .float)
    let column = Column(
      values.map { $0.map { .float($0) } ?? .null }, of: .float, segmentRows: 20_000)
    let table = Table(name: "t", schema: Schema([field]), columns: [column])
    let sorted = values.compactMap { $0 }.sorted()
    let shares = [0, 0.05, 0.5, 0.999, 1]
    let plan = Plan.table(table).aggregated(
      by: [],
      shares.enumerated().map { place, share in
        NamedAggregate(
          "q\(place)",
          AggregateCall(.quantile, [.column(field)], parameter: share, type: .float))
      })
    let cells = try run(plan, threads: threads).table.row(0)
    for (cell, share) in zip(cells, shares) {
      let position = Double(sorted.count - 1) * share
      let (low, high) = (Int(position), min(Int(position) + 1, sorted.count - 1))
      let expected =
        sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
      #expect(cell == .float(expected), "\(share)")
    }
  }
}
