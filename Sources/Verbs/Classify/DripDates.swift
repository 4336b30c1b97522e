import Columns

/// How many followers of a drip were made in each of its ranges of dates, against those of other times.
struct DripDates {
  /// Followers of some days that were old enough, and those of them made in each range.
  private struct Counts {
    var all = 0
    var made: [Int]
  }

  private let ranges: [ClosedRange<Int>]
  private var members: Counts
  private var others: Counts

  /// Days of signing up, the ranges apart from one another.
  init(_ ranges: [ClosedRange<Int>]) {
    self.ranges = ranges
    members = Counts(made: ranges.map { _ in 0 })
    others = members
  }

  /// Days since signing up from which on a follower tells of a stock of accounts, as in the search for drips.
  private static let leastAge = 61

  /// Adds those who followed on a day of the drip, or on another one.
  mutating func add(_ created: BufferSlice<Int32>, day: Int, isMember: Bool) {
    if isMember { count(created, day, &members) } else { count(created, day, &others) }
  }

  private func count(_ created: BufferSlice<Int32>, _ day: Int, _ counts: inout Counts) {
    let latest = Int32(clamping: day - Self.leastAge)
    for made in created.elements where made != .min && made <= latest {
      counts.all += 1
      for (place, range) in ranges.enumerated() where range.contains(Int(made)) {
        counts.made[place] += 1
      }
    }
  }

  /// For each range the part of its followers that the drip brought.
  ///
  /// Those of the range above what its share at other times makes expect; together no more than the excess of the
  /// drip, which is a lower bound. At most 0.99, as of a spike.
  func priors(excess: Double) -> [Double] {
    let usual = max(0, Double(members.all) - excess)
    let above = ranges.indices.map { place in
      let share = (Double(others.made[place]) + 0.5) / Double(others.all + 1)
      return max(0, Double(members.made[place]) - share * usual)
    }
    let scale = min(1, excess / max(1e-9, above.reduce(0, +)))
    return ranges.indices.map { place in
      min(0.99, max(0, scale * above[place] / Double(max(1, members.made[place]))))
    }
  }
}
