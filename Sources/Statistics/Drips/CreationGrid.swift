import CKernels

/// Followers counted by week of following and a bin of creation dates, as sums over weeks.
struct CreationGrid: Equatable {
  let weeks: Int
  let bins: Int
  /// Day of creation where the first bin begins, and the width of all.
  let firstDay: Int
  let width: Int
  /// Sums over the weeks before, (weeks + 1) × bins.
  private var sums: [Int32]

  /// The counts of a list in bins of some days; nil below 50 followers or in under 4 weeks.
  init?(_ counts: CreationCounts, width: Int, isLowQualityOnly: Bool) {
    let stock = counts.stock(isLowQualityOnly: isLowQualityOnly)
    guard stock.count >= 50, counts.weeks >= 4 else { return nil }
    let days = Int(stock.last) - Int(stock.first) + 1
    weeks = counts.weeks
    self.width = width
    firstDay = Int(stock.first)
    let bins = (days - 1) / width + 1
    self.bins = bins
    // One place more, for whoever is not counted.
    let places = (0..<days).map { Int32($0 / width) } + [Int32(bins)]
    var running = [Int32](repeating: 0, count: bins + 1)
    sums = [Int32](repeating: 0, count: bins)
    sums.reserveCapacity((weeks + 1) * bins)
    for week in 0..<weeks {
      counts.add(
        week: week, first: stock.first, places: places, isLowQualityOnly: isLowQualityOnly,
        to: &running)
      sums += running.prefix(bins)
    }
  }

  private init(halving grid: CreationGrid) {
    weeks = grid.weeks
    bins = (grid.bins + 1) / 2
    firstDay = grid.firstDay
    width = 2 * grid.width
    sums = []
    sums.reserveCapacity((weeks + 1) * bins)
    for start in stride(from: 0, to: grid.sums.count, by: grid.bins) {
      for bin in stride(from: start, to: start + grid.bins, by: 2) {
        sums.append(grid.sums[bin] + (bin + 1 < start + grid.bins ? grid.sums[bin + 1] : 0))
      }
    }
  }

  /// The same followers in bins of twice the width.
  func inDoubleBins() -> CreationGrid { CreationGrid(halving: self) }

  /// Followers of the weeks `from` up to, not including, `to` created in a bin.
  func count(_ from: Int, _ to: Int, _ bin: Int) -> Int {
    Int(sums[to * bins + bin] - sums[from * bins + bin])
  }

  /// The sums over the weeks before one, a number a bin.
  func withSums<Result>(
    before week: Int, _ body: (UnsafePointer<Int32>) -> Result
  ) -> Result? {
    sums.withUnsafeBufferPointer { sums in sums.baseAddress.map { body($0 + week * bins) } }
  }

  func days(ofBin bin: Int) -> ClosedRange<Int> {
    (firstDay + bin * width)...(firstDay + (bin + 1) * width - 1)
  }
}
