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
  private var cells: [Cell] = []
  /// Where the cells of each week begin; one entry more than weeks.
  private var starts: [Int] = [0]

  var weeks: Int { starts.count - 1 }

  /// Counts a list: O(rows + weeks × days of signing up).
  init(_ list: DripList) {
    dayCount = list.dayCount
    perDay = [Int](repeating: 0, count: list.dayCount)
    lowQualityPerDay = perDay
    let weeks = (list.dayCount + 6) / 7
    var places = [Int](repeating: 0, count: weeks + 1)
    for row in list.followDays.indices where list.isUsed(row) {
      let day = Int(list.followDays[row])
      perDay[day] &+= 1
      if list.isLowQuality?[row] == true { lowQualityPerDay[day] &+= 1 }
      if list.hasAge(row) { places[day / 7 + 1] &+= 1 }
    }
    for week in 0..<weeks { places[week + 1] += places[week] }
    tally(CreationCounts.byWeek(list, places), places)
  }

  /// The cells of a week, by day of signing up.
  func cells(ofWeek week: Int) -> ArraySlice<Cell> { cells[starts[week]..<starts[week + 1]] }

  /// The days of signing up of the rows of known age, week by week, each twice with one more for low
  /// quality.
  private static func byWeek(_ list: DripList, _ starts: [Int]) -> [Int32] {
    var next = starts
    var days = [Int32](repeating: 0, count: starts.last ?? 0)
    for row in list.followDays.indices where list.isUsed(row) && list.hasAge(row) {
      let week = Int(list.followDays[row]) / 7
      days[next[week]] = 2 * list.createdDays[row] + (list.isLowQuality?[row] == true ? 1 : 0)
      next[week] &+= 1
    }
    return days
  }

  private mutating func tally(_ days: [Int32], _ places: [Int]) {
    guard let least = days.min(), let most = days.max() else {
      starts = [Int](repeating: 0, count: places.count)
      return
    }
    let (first, last) = (Int(least >> 1), Int(most >> 1))
    var tallies = [Int32](repeating: 0, count: 2 * (last - first + 1))
    for week in 0..<(places.count - 1) {
      for day in days[places[week]..<places[week + 1]] { tallies[Int(day) &- 2 * first] &+= 1 }
      for day in first...last {
        let (high, low) = (tallies[2 * (day - first)], tallies[2 * (day - first) + 1])
        guard high | low != 0 else { continue }
        cells.append(Cell(created: Int32(day), all: high + low, lowQuality: low))
        tallies[2 * (day - first)] = 0
        tallies[2 * (day - first) + 1] = 0
      }
      starts.append(cells.count)
    }
  }
}
