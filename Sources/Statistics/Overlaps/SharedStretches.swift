/// What a stretch of days must exceed to be looked at.
private struct StretchThresholds {
  /// Lengths in days.
  let lengths = [1, 2, 4, 8]
  /// How many followers more than usual are on the other account too, at least.
  let excess = 4.0
  let shared = 5
  /// Standard deviations over the share of the days around.
  let deviations = 2.5
  /// The most stretches of a pair of accounts.
  let most = 4
  /// Days beside a stretch that count for neither, and how far the days around reach.
  let guardDays = 2
  let reaches = [30, 90]
  /// The fewest followers of the days around; else these reach further.
  let fewest = 200
}

/// Stretches of days in which more of an account's followers are on another account than in the days around.
///
/// A block of bought followers that is smaller than a usual day is no spike. Where the same stock was sold to
/// another account too, it shows in how many of the day's followers are on both: the share within 1, 2, 4 and 8
/// days against that of 30 days on either side, in standard deviations of a binomial. The highest are only
/// worth a look, they are no finding: `EventOverlapSearch` tests them, and is told how many were tried.
/// `together`: whether each row of the list is on the other account. O(days).
func sharedStretches(
  _ account: OverlapAccount, _ together: PlaceRanks, leavingOut events: [OverlapEvent]
) -> (rows: [Range<Int>], tried: Int) {
  let thresholds = StretchThresholds()
  let counts = DayCounts(account, together, leavingOut: events)
  var found: [(days: Range<Int>, deviations: Double)] = []
  var tried = 0
  for length in thresholds.lengths where length < counts.days {
    for start in 0...(counts.days - length) {
      let days = start..<(start + length)
      guard counts.hasFollowers(days) else { continue }
      tried += 1
      if let deviations = counts.deviations(days, thresholds) { found.append((days, deviations)) }
    }
  }
  found.sort { ($1.deviations, $0.days.lowerBound) < ($0.deviations, $1.days.lowerBound) }
  var kept: [Range<Int>] = []
  for (days, _) in found where kept.count < thresholds.most {
    let isBeside = kept.contains {
      $0.lowerBound <= days.upperBound && days.lowerBound <= $0.upperBound
    }
    if !isBeside { kept.append(days) }
  }
  return (kept.map { counts.rows($0, of: account) }.filter { !$0.isEmpty }, tried)
}

/// The followers of each day, and how many of them are on the other account.
private struct DayCounts {
  /// By day from the first on: how many before it, those of events left out.
  private var followers: [Int32] = [0]
  private var shared: [Int32] = [0]
  /// Days of events before each.
  private var leftOut: [Int32] = [0]
  private let first: Int64

  /// Days farther from the middle follower's than any site is old are wrong dates.
  private static let reach: Int64 = 15_000

  var days: Int { followers.count - 1 }

  init(_ account: OverlapAccount, _ together: PlaceRanks, leavingOut events: [OverlapEvent]) {
    let middle = account.days(of: account.members.count / 2..<account.members.count)
    let known = account.days.filter { day in
      middle.map { abs(day.day - $0.lowerBound) <= DayCounts.reach } ?? false
    }
    first = known.first?.day ?? 0
    let spans = events.compactMap { event -> ClosedRange<Int>? in
      guard let low = event.rows.first, let high = event.rows.last else { return nil }
      return low...high
    }
    for day in known {
      while Int64(days) < day.day - first { append(0, 0, isLeftOut: false) }
      let isEvent = spans.contains { $0.overlaps(day.rows) }
      append(day.rows.count, together.count(in: day.rows), isLeftOut: isEvent)
    }
  }

  private mutating func append(_ count: Int, _ both: Int, isLeftOut: Bool) {
    let last = days
    followers.append(followers[last] + (isLeftOut ? 0 : Int32(truncatingIfNeeded: count)))
    shared.append(shared[last] + (isLeftOut ? 0 : Int32(truncatingIfNeeded: both)))
    leftOut.append(leftOut[last] + (isLeftOut ? 1 : 0))
  }

  private func count(_ sums: [Int32], _ days: Range<Int>) -> Int {
    Int(sums[days.upperBound] - sums[days.lowerBound])
  }

  /// Whether anybody followed, and no event was.
  func hasFollowers(_ days: Range<Int>) -> Bool {
    count(followers, days) > 0 && count(leftOut, days) == 0
  }

  /// How far the share of some days is above that of the days around; nil where that is not worth a look.
  func deviations(_ days: Range<Int>, _ thresholds: StretchThresholds) -> Double? {
    let both = count(shared, days)
    guard both >= thresholds.shared else { return nil }
    let number = Double(count(followers, days))
    let around = self.around(days, thresholds)
    let share = (Double(around.shared) + 1) / (Double(around.followers) + 2)
    let excess = Double(both) - number * share
    let deviations = excess / (number * share * (1 - share)).squareRoot()
    return excess >= thresholds.excess && deviations >= thresholds.deviations ? deviations : nil
  }

  private func around(
    _ days: Range<Int>, _ thresholds: StretchThresholds
  ) -> (followers: Int, shared: Int) {
    for reach in thresholds.reaches {
      let sums = within(reach, of: days, thresholds.guardDays)
      if sums.followers >= thresholds.fewest { return sums }
    }
    return within(self.days, of: days, thresholds.guardDays)
  }

  /// Those of so many days on either side, but for the ones beside.
  private func within(
    _ reach: Int, of days: Range<Int>, _ guardDays: Int
  ) -> (followers: Int, shared: Int) {
    let end = max(0, days.lowerBound - guardDays)
    let start = min(self.days, days.upperBound + guardDays)
    let before = max(0, end - reach)..<end
    let behind = start..<min(self.days, start + reach)
    return (
      count(followers, before) + count(followers, behind),
      count(shared, before) + count(shared, behind)
    )
  }

  func rows(_ days: Range<Int>, of account: OverlapAccount) -> Range<Int> {
    account.rows(on: first + Int64(days.lowerBound)...first + Int64(days.upperBound - 1))
  }
}
