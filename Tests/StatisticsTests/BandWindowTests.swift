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
    let grid = try #require(CreationGrid.grids(CreationCounts(list), width: 7).all)
    let wide = try #require(CreationGrid.grids(CreationCounts(list), width: 14).all)
    #expect(grid.inDoubleBins() == wide)
    // Of no bound by the tail of few followers, and of one.
    for lnP in [0, -18.4] {
      let thresholds = BandThresholds(lnP: lnP)
      let least = LeastBandCount(thresholds)
      let window = BandWindow(bins: grid.bins, thresholds)
      for (starts, length) in [(0...0, 2), (1...1, 8), (0...0, 10), (0...3, 5), (2...4, 6)] {
        func count(_ bin: Int, _ from: Int, _ to: Int) -> Int { grid.count(from, to, bin) }
        let plain = (0..<grid.bins).filter { bin in
          let own = count(bin, starts.lowerBound, starts.upperBound + length)
          let around = (2...8).flatMap { [bin - $0, bin + $0] }.filter((0..<grid.bins).contains)
          let most = min(2 * own, ((own - least.base) * least.slope) >> 1)
          let above = around.count {
            6 * count($0, starts.upperBound, starts.lowerBound + length) > most
          }
          return own >= least.count && 2 * above <= around.count
        }
        let found = window.standingOut(grid, starts: starts, length: length).map { Int($0) }
        #expect(found == plain, "seed \(seed), \(bins) bins, \(length) weeks from \(starts)")
      }
    }
  }

  /// The bound on neighbours leaves out nobody whose tail is small enough.
  @Test(arguments: [-20.7, -18.4, -5, 0], [2, 3.0]) func fewFollowersAreNotPassedOver(
    _ lnP: Double, _ ratio: Double
  ) {
    var thresholds = BandThresholds(lnP: lnP)
    thresholds.ratio = ratio
    let least = LeastBandCount(thresholds)
    for count in 1...200 {
      let small = (0...200).filter {
        lnPoissonTail(atLeast: count, mean: 1.25 * Double($0) + 0.5) < lnP
      }
      guard count >= thresholds.count, let most = small.last else { continue }
      #expect(count >= least.count)
      let expected = min(most, Int(Double(count) / ratio))
      let allowed = min(2 * count, (count - least.base) * least.slope / 2)
      #expect(
        Int(2 * ratio) * expected <= allowed, "\(count) followers where \(expected) are usual")
    }
  }
}
