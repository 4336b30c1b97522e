/// The followers of a list counted by week of following and by day of signing up.
///
/// What the channels of a drip test read in place of the rows: most lists have far fewer cells than
/// followers, and every grid of dates is made of them. Followers younger than 60 days at their follow,
/// and those of unknown age, are in the days alone.
struct CreationCounts {
  /// The followers of one week made on one day.
  struct Cell {
    let created: Int32
    let all: Int32
    let lowQuality: Int32

    /// All of them, or those of low quality.
    func count(isLowQualityOnly: Bool) -> Int { Int(isLowQualityOnly ? lowQuality : all) }
  }

  let dayCount: Int
  /// Per day the followers, and those of low quality; masked days 0.
  private(set) var perDay: [Int]
  private(set) var lowQualityPerDay: [Int]
  private(set) var cells: [Cell] = []
  /// Where the cells of each week begin; one entry more than weeks.
  private var starts: [Int] = [0]

  var weeks: Int { starts.count - 1 }

  /// Counts a list: O(rows + weeks × days of signing up).
  init(_ list: DripList) {
    dayCount = list.dayCount
    perDay = (0..<list.dayCount).map { list.rows(ofDay: $0).count }
    lowQualityPerDay = []
    lowQualityPerDay.reserveCapacity(list.dayCount)
    let oldest = Int32(-DripList.ages.upperBound)
    let earliest = list.createdDays.reduce(Int32.max) { min($0, $1 > oldest ? $1 : .max) }
    var tally = DayTally(first: Int(earliest), last: list.dayCount)
    for week in 0..<((list.dayCount + 6) / 7) {
      for day in (7 * week)..<min(list.dayCount, 7 * week + 7) {
        lowQualityPerDay.append(tally.add(list, day: day))
      }
      tally.take(into: &cells)
      starts.append(cells.count)
    }
  }

  /// The cells of a week, by day of signing up.
  func cells(ofWeek week: Int) -> ArraySlice<Cell> { cells[starts[week]..<starts[week + 1]] }
}

/// The followers of one week by day of signing up.
private struct DayTally {
  /// One number a day from `first` on, whose upper half counts those of low quality and the lower half
  /// the others; and behind them one for rows that are not counted.
  private var counts: [UInt64]
  private let first: Int

  /// Days looked at together.
  private static let step = 8

  /// Days of signing up from the first that any row has up to, not including, `last`.
  init(first: Int, last: Int) {
    self.first = first
    let steps = (max(0, last - first) + Self.step - 1) / Self.step
    counts = [UInt64](repeating: 0, count: steps * Self.step + 1)
  }

  /// Adds the followers of a day whose ages tell of a stock; gives how many of the day's are of low
  /// quality.
  mutating func add(_ list: DripList, day: Int) -> Int {
    let rows = list.rows(ofDay: day)
    return list.createdDays.withUnsafeBufferPointer { created in
      guard let flags = list.isLowQuality else {
        add(rows, created, day) { _ in false }
        return 0
      }
      return flags.withUnsafeBufferPointer { flags in
        add(rows, created, day) { flags[$0] }
        return rows.reduce(0) { $0 &+ (flags[$1] ? 1 : 0) }
      }
    }
  }

  @inline(__always)
  private mutating func add(
    _ rows: Range<Int>, _ created: UnsafeBufferPointer<Int32>, _ day: Int,
    isLowQuality: (Int) -> Bool
  ) {
    let (first, other) = (first, counts.count - 1)
    counts.withUnsafeMutableBufferPointer { counts in
      for row in rows {
        let own = Int(created[row])
        let place = DripList.ages.contains(day &- own) ? own &- first : other
        counts[place] &+= isLowQuality(row) ? 1 << 32 : 1
      }
    }
  }

  /// Appends the cells of the days that have followers, and empties them.
  mutating func take(into cells: inout [CreationCounts.Cell]) {
    for start in stride(from: 0, to: counts.count - 1, by: Self.step) {
      // Most days have nobody.
      var any: UInt64 = 0
      for day in start..<(start + Self.step) { any |= counts[day] }
      if any == 0 { continue }
      for day in start..<(start + Self.step) where counts[day] != 0 {
        let (low, high) = (Int32(counts[day] >> 32), Int32(truncatingIfNeeded: counts[day]))
        let created = Int32(first + day)
        cells.append(CreationCounts.Cell(created: created, all: high + low, lowQuality: low))
        counts[day] = 0
      }
    }
  }
}
