import Testing

@testable import Statistics

/// The cheap test of narrow bands against its words, bin by bin.
@Suite struct BandWindowTests {
  @Test(arguments: [1, 2, 3] as [UInt64], [3, 9, 16, 41])
  func binsThatStandOutHaveMoreThanHalfTheirNeighbours(_ seed: UInt64, _ bins: Int) throws {
    var generator = SplitMix64(seed: seed)
    let days = 70
    var (followed, created) = ([Int32](), [Int32]())
    for bin in 0..<bins {
      for _ in 0..<(20 + generator.poisson(mean: bin % 5 == 2 ? 60 : 12)) {
        followed.append(Int32(generator.integer(below: days)))
        created.append(Int32(7 * bin + generator.integer(below: 7) - 7 * bins - 200))
      }
    }
    let list = DripList(
      followDays: followed, createdDays: created, isLowQuality: nil,
      isMasked: [Bool](repeating: false, count: days))
    let grid = try #require(CreationGrid(CreationCounts(list), width: 7, isLowQualityOnly: false))
    let wide = try #require(CreationGrid(CreationCounts(list), width: 14, isLowQualityOnly: false))
    #expect(grid.inDoubleBins() == wide)
    let window = BandWindow(bins: grid.bins, ratio: 3)
    for weeks in [0..<2, 1..<9, 0..<10] {
      window.read(grid, weeks)
      func count(_ bin: Int) -> Int { grid.count(weeks.lowerBound, weeks.upperBound, bin) }
      let plain = (0..<grid.bins).filter { bin in
        let around = (2...8).flatMap { [bin - $0, bin + $0] }.filter((0..<grid.bins).contains)
        let above = around.count { 3 * count($0) > count(bin) }
        return count(bin) >= 8 && 2 * above <= around.count
      }
      let found = window.standingOut(count: 8).map { Int($0) }
      #expect(found == plain, "seed \(seed), \(bins) bins, weeks \(weeks)")
    }
  }
}
