/// Followers counted by week of following and a bin of creation dates, as sums over weeks.
struct CreationGrid {
  let weeks: Int
  let bins: Int
  /// Day of creation where the first bin begins, and the width of all.
  let firstDay: Int
  let width: Int
  /// Sums over the weeks before, (weeks + 1) × bins.
  private var sums: [Int32]
  /// The rectangles that were emptied.
  private(set) var emptied: [(weeks: Range<Int>, bins: Range<Int>)] = []

  /// The counts of a list in bins of some days; nil below 50 followers or in under 4 weeks.
  init?(_ counts: CreationCounts, width: Int, isLowQualityOnly: Bool) {
    var (first, last, total) = (Int.max, Int.min, 0)
    for week in 0..<counts.weeks {
      for cell in counts.cells(ofWeek: week) {
        let count = cell.count(isLowQualityOnly: isLowQualityOnly)
        guard count > 0 else { continue }
        total += count
        first = min(first, Int(cell.created))
        last = max(last, Int(cell.created))
      }
    }
    guard total >= 50, counts.weeks >= 4 else { return nil }
    weeks = counts.weeks
    self.width = width
    firstDay = first
    bins = (last - first) / width + 1
    sums = [Int32](repeating: 0, count: (weeks + 1) * bins)
    for week in 0..<weeks {
      let row = (week + 1) * bins
      for cell in counts.cells(ofWeek: week) {
        let count = cell.count(isLowQualityOnly: isLowQualityOnly)
        if count > 0 { sums[row + (Int(cell.created) - first) / width] += Int32(count) }
      }
    }
    for index in bins..<sums.count { sums[index] += sums[index - bins] }
  }

  /// Followers of the weeks `from` up to, not including, `to` created in a bin.
  func count(_ from: Int, _ to: Int, _ bin: Int) -> Int {
    Int(sums[to * bins + bin] - sums[from * bins + bin])
  }

  /// Writes the followers of some weeks, one number a bin.
  func write(_ weeks: Range<Int>, to counts: UnsafeMutablePointer<Int32>) {
    sums.withUnsafeBufferPointer { sums in
      let (from, to) = (weeks.lowerBound * bins, weeks.upperBound * bins)
      for bin in 0..<bins { counts[bin] = sums[to &+ bin] &- sums[from &+ bin] }
    }
  }

  /// Takes the followers of some weeks and bins out.
  mutating func empty(_ weeks: Range<Int>, _ bins: Range<Int>) {
    emptied.append((weeks, bins))
    for bin in bins {
      let before = sums[weeks.lowerBound * self.bins + bin]
      let gone = sums[weeks.upperBound * self.bins + bin] - before
      for week in weeks { sums[(week + 1) * self.bins + bin] = before }
      for week in weeks.upperBound..<self.weeks { sums[(week + 1) * self.bins + bin] -= gone }
    }
  }

  func days(ofBin bin: Int) -> ClosedRange<Int> {
    (firstDay + bin * width)...(firstDay + (bin + 1) * width - 1)
  }
}
