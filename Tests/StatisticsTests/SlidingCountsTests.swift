import Glibc
import Testing

@testable import Statistics

/// Counts that slide along a list against counts of each place by itself.
@Suite struct SlidingCountsTests {

  @Test(arguments: [1, 2, 3] as [UInt64], [3, 40, 900])
  func rowsAreFoundAsPlaceByPlace(_ seed: UInt64, _ limit: Int) {
    var generator = SplitMix64(seed: seed)
    let rows = 4097 + Int(seed)
    var (narrow, wide): ([UInt16], [UInt16]) = ([], [])
    for place in 0...rows + 2 * RankedStretch.margin {
      // Every third has no cell, and a stretch of the list crowds into one.
      let isIn = generator.integer(below: 3) > 0
      let isCrowded = (3000..<3300).contains(place) && generator.integer(below: 2) == 0
      func cell(_ limit: Int) -> UInt16 {
        isIn
          ? CreationCell.first + UInt16(isCrowded ? limit / 2 : generator.integer(below: limit)) : 0
      }
      narrow.append(cell(4 * limit))
      wide.append(cell(limit))
    }
    let kinds: [Float] = [4, 9, 60, .infinity]
    let least = (0..<rows).map { kinds[$0 % 4] }
    let byWidth = zip([narrow, wide, wide, wide], OrderEvidence.cellSizes).map { cells, size in
      cells.map { $0 / UInt16(size) }
    }
    var found: [Int: (bands: [SlidingCounts.Lanes?], totals: SlidingCounts.Lanes)] = [:]
    SlidingCounts(narrow: narrow, wide: wide).slide(over: least) { own in
      found[own.row] = (OrderEvidence.widths.indices.map { own.band($0) }, own.totals)
    }
    for row in 0..<rows {
      let place = row + RankedStretch.margin
      for (width, cells) in byWidth.enumerated() {
        let plain = cells[place] == 0 ? nil : plainCounts(cells, place)
        let band = found[row]?.bands[width]
        if let plain, isSurprising(plain.near, plain.all, over: Double(least[row])) {
          #expect(band != nil, "seed \(seed), row \(row), width \(width)")
        }
        guard let band, let totals = found[row]?.totals else { continue }
        for lane in SlidingCounts.spans.indices {
          #expect(Int(band[lane]) == plain?.near[lane], "seed \(seed), row \(row), width \(width)")
          #expect(Int(totals[lane]) == plain?.all[lane], "seed \(seed), row \(row)")
        }
      }
    }
    #expect(found.keys.allSatisfy { $0 % 4 < 3 }, "seed \(seed)")
    #expect(found.count < rows / 2, "seed \(seed): \(found.count) found")
    #expect(limit == 3 || found.count > 20, "seed \(seed): \(found.count) found")
  }

  @Test func cellsOfWiderWidthsAreWholeNumbersOfTheirs() {
    var generator = SplitMix64(seed: 5)
    // Whole and half days beside the edges of cells, and any microsecond, as a list's times are read.
    let day = 86_400_000_000
    let edges = (0..<300).flatMap { cell -> [Int] in
      let edge = (13_228 + 12 * cell) * day
      return (-2...2).map { edge + $0 }
    }
    let others = (0..<20_000).map { _ -> Int in 13_000 * day + generator.integer(below: 1 << 50) }
    let days = (edges + others).map { Double($0) / Double(day) - 13_228 }
    let wide = days.map { plainCell($0, of: OrderEvidence.widths[1] * 0.4) }
    for width in [2, 3] {
      let size = UInt16(OrderEvidence.cellSizes[width])
      let own = days.map { plainCell($0, of: OrderEvidence.widths[width] * 0.4) }
      let first = CreationCell.first
      #expect(own.map { $0 - first } == wide.map { ($0 - first) / size }, "width \(width)")
      #expect(first % size == 0)
    }
  }

  @Test(arguments: [1, 3, 6]) func spansAreCountedPlaceByPlace(_ size: Int) {
    var generator = SplitMix64(seed: 6)
    let cells = (0..<3100).map { _ in
      generator.integer(below: 5) == 0
        ? 0 : CreationCell.first + UInt16(generator.integer(below: 20 * size))
    }
    let some = cells.map { $0 / UInt16(size) }
    for place in RankedStretch.margin..<RankedStretch.margin + 90 where cells[place] != 0 {
      let counts = SpanCounts(cells, size: size, around: place).band
      let plain = plainCounts(some, place).near
      #expect(SlidingCounts.spans.indices.map { Int(counts[$0]) } == plain, "place \(place)")
    }
  }

  /// By span how many are within two cells of a place, and how many have a cell.
  private func plainCounts(_ cells: [UInt16], _ place: Int) -> (near: [Int], all: [Int]) {
    let (own, spans) = (Int(cells[place]), SlidingCounts.spans)
    let windows = spans.map { cells[place - $0...place + $0] }
    return (
      windows.map { $0.count { $0 != 0 && abs(Int($0) - own) <= 2 } },
      windows.map { $0.count { $0 != 0 } }
    )
  }

  /// Five neighbours or more, and a surprise of more than some (`Neighbourhood.surprise`).
  private func isSurprising(_ near: [Int], _ all: [Int], over least: Double) -> Bool {
    (0..<4).contains { reach in
      let around = Double(all[5] - all[reach + 1] + 1)
      let expected = Double(near[5] - near[reach + 1] + 1) * Double(all[reach] - 1) / around
      let own = Double(near[reach] - 1)
      return own >= 5 && own > expected && own * log(own / expected) - (own - expected) > least
    }
  }
}
