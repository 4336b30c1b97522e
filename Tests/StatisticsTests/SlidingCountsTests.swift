import Glibc
import Testing

@testable import Statistics

/// Counts that slide along a list against counts of each place by itself.
@Suite struct SlidingCountsTests {

  @Test func numbersAreRoundedAsByTheStandardLibrary() {
    var generator = SplitMix64(seed: 7)
    let halves = (-70...70).flatMap { half in
      [Double(half) / 2, (Double(half) / 2).nextUp, (Double(half) / 2).nextDown]
    }
    for number in halves + (0..<5000).map({ _ in 61_440 * (generator.uniform() - 0.5) }) {
      #expect(nearestInteger(number) == Int32(number.rounded()), "\(number)")
    }
  }
  @Test(arguments: [1, 2, 3] as [UInt64], [3, 40, 900])
  func rowsAreFoundAsPlaceByPlace(_ seed: UInt64, _ limit: Int) {
    var generator = SplitMix64(seed: seed)
    let rows = 4097 + Int(seed)
    let cells = (0..<rows + 2 * RankedStretch.margin).map { place -> UInt16 in
      // Every third has no cell, and a stretch of the list crowds into one.
      if generator.integer(below: 3) == 0 { return 0 }
      let isCrowded = (3000..<3300).contains(place) && generator.integer(below: 2) == 0
      return UInt16(3 + (isCrowded ? limit / 2 : generator.integer(below: limit)))
    }
    var found: [Int: SlidingCounts.Found] = [:]
    SlidingCounts(cells).slide { found[$0.row] = $0 }
    for row in 0..<rows {
      let place = row + RankedStretch.margin
      let plain = cells[place] == 0 ? nil : plainCounts(cells, place)
      if let plain, isSurprising(plain.near, plain.all) {
        #expect(found[row] != nil, "seed \(seed), row \(row)")
      }
      if let own = found[row] {
        for lane in SlidingCounts.spans.indices {
          #expect(Int(own.band[lane]) == plain?.near[lane], "seed \(seed), row \(row)")
          #expect(Int(own.totals[lane]) == plain?.all[lane], "seed \(seed), row \(row)")
        }
      }
    }
    #expect(found.count < rows / 2, "seed \(seed): \(found.count) found")
    #expect(limit == 3 || found.count > 20, "seed \(seed): \(found.count) found")
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

  /// Five neighbours or more, and a surprise of more than four (`Neighbourhood.surprise`).
  private func isSurprising(_ near: [Int], _ all: [Int]) -> Bool {
    (0..<4).contains { reach in
      let around = Double(all[5] - all[reach + 1] + 1)
      let expected = Double(near[5] - near[reach + 1] + 1) * Double(all[reach] - 1) / around
      let own = Double(near[reach] - 1)
      return own >= 5 && own > expected && own * log(own / expected) - (own - expected) > 4
    }
  }
}
