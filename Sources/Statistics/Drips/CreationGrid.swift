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
  private var emptied: [(weeks: Range<Int>, bins: Range<Int>)] = []

  /// Counts the rows older than 60 days at their follow; nil below 50 of them or in under 4 weeks.
  init?(_ list: DripList, width: Int, isLowQualityOnly: Bool) {
    var rows: [(week: Int, created: Int)] = []
    let weeks = (list.dayCount + 6) / 7
    for row in list.followDays.indices where list.isUsed(row) {
      let (follow, created) = (Int(list.followDays[row]), Int(list.createdDays[row]))
      guard list.hasAge(row) else { continue }
      if isLowQualityOnly, list.isLowQuality?[row] != true { continue }
      rows.append((follow / 7, created))
    }
    guard rows.count >= 50, weeks >= 4 else { return nil }
    let first = rows.reduce(Int.max) { min($0, $1.created) }
    let last = rows.reduce(Int.min) { max($0, $1.created) }
    self.weeks = weeks
    self.width = width
    firstDay = first
    bins = (last - first) / width + 1
    sums = [Int32](repeating: 0, count: (weeks + 1) * bins)
    for row in rows { sums[(row.week + 1) * bins + (row.created - first) / width] += 1 }
    for index in bins..<sums.count { sums[index] += sums[index - bins] }
  }

  /// Followers of the weeks `from` up to, not including, `to` created in a bin.
  func count(_ from: Int, _ to: Int, _ bin: Int) -> Int {
    Int(sums[to * bins + bin] - sums[from * bins + bin])
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

  func isEmptied(_ week: Int, _ bin: Int) -> Bool {
    emptied.contains { $0.weeks.contains(week) && $0.bins.contains(bin) }
  }

  func days(ofBin bin: Int) -> ClosedRange<Int> {
    (firstDay + bin * width)...(firstDay + (bin + 1) * width - 1)
  }
}
