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

  /// The counts of a list in bins of some days, of all followers and of those of low quality; nil below 50
  /// followers or in under 4 weeks.
  static func grids(
    _ counts: CreationCounts, width: Int
  ) -> (all: CreationGrid?, lowQuality: CreationGrid?) {
    guard counts.weeks >= 4 else { return (nil, nil) }
    var all = DateBins(counts.stock, width: width)
    var low = DateBins(counts.lowQualityStock(inStepsOf: 2 * width), width: width)
    guard !all.isEmpty else { return (nil, nil) }
    var grids = (
      all: CreationGrid(all, weeks: counts.weeks, width: width),
      low: CreationGrid(low, weeks: counts.weeks, width: width)
    )
    for week in 0..<counts.weeks {
      counts.add(week: week, to: &all, lowQuality: &low)
      grids.all.sums += all.counts
      grids.low.sums += low.counts
    }
    return (grids.all, low.isEmpty ? nil : grids.low)
  }

  /// A grid without weeks, yet.
  private init(_ bins: DateBins, weeks: Int, width: Int) {
    self.weeks = weeks
    self.width = width
    self.bins = bins.bins
    firstDay = Int(bins.first)
    sums = [Int32](repeating: 0, count: bins.bins)
    sums.reserveCapacity((weeks + 1) * bins.bins)
  }

  private init(halving grid: CreationGrid) {
    weeks = grid.weeks
    let (pairs, rest) = grid.bins.quotientAndRemainder(dividingBy: 2)
    let bins = pairs + rest
    self.bins = bins
    firstDay = grid.firstDay
    width = 2 * grid.width
    let places = (weeks + 1) * bins
    sums = [Int32](unsafeUninitializedCapacity: places) { sums, count in
      count = places
      grid.sums.withUnsafeBufferPointer { own in
        guard let own = own.baseAddress, let out = sums.baseAddress else { return }
        for week in 0...grid.weeks {
          let row = own + week * grid.bins
          ck_add_pairs(row, pairs, out + week * bins)
          // The last bin of an odd number stands alone.
          if rest > 0 { out[week * bins + pairs] = row[2 * pairs] }
        }
      }
    }
  }

  /// The same followers in bins of twice the width.
  func inDoubleBins() -> CreationGrid { CreationGrid(halving: self) }

  /// Followers of the weeks `from` up to, not including, `to` created in a bin.
  func count(_ from: Int, _ to: Int, _ bin: Int) -> Int {
    Int(sums[to * bins + bin] - sums[from * bins + bin])
  }

  /// The followers of all bins in the weeks before each, and of all.
  var totals: [Int] {
    (0...weeks).map { week in
      sums[week * bins..<(week + 1) * bins].reduce(0) { $0 + Int($1) }
    }
  }

  /// The sums over the weeks before the first of some and up to their end, a number a bin.
  func withSums(
    of weeks: Range<Int>, _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>) -> Void
  ) {
    sums.withUnsafeBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      body(sums + weeks.lowerBound * bins, sums + weeks.upperBound * bins)
    }
  }

  /// The counts of each week, bin by bin, 0 in the weeks before one of a bin: bins × weeks.
  func weeklyCounts(from openings: [Int]) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: weeks * bins) { cells, count in
      count = weeks * bins
      if let cells = cells.baseAddress { ck_weekly_counts(sums, weeks, bins, openings, cells) }
    }
  }

  func days(ofBin bin: Int) -> ClosedRange<Int> {
    (firstDay + bin * width)...(firstDay + (bin + 1) * width - 1)
  }
}
