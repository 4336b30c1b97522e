/// When each follower of a list followed, as far as its order tells.
package struct FollowTimes: Sendable {
  /// The time that the follow is as likely before as after, in microseconds since 1970.
  ///
  /// `Int64.min` where there is none.
  package var estimates: [Int64]
  /// No follow was earlier: the greatest creation time up to the row; `Int64.min` where unknown.
  package var lows: [Int64]
  /// About no follow was later: the next record and a day, or the estimate where that is later;
  /// `Int64.min` where unknown.
  package var highs: [Int64]
  /// Rows accepted as records, rising.
  package var recordRows: [Int]
  /// Rows that a follow in this order does not allow, rising.
  package var outOfOrder: [Int]
  /// Records a day between the first and the last.
  package var recordsPerDay: Double
  /// The median distance from low to high, in microseconds.
  package var typicalWidth: Int64
  /// Why there are no estimates, if there are none.
  package var refusal: Refusal?

  /// A reason to give bounds only, or nothing.
  package enum Refusal: Hashable, Sendable {
    case fewRows
    case fewRecords
    case notInFollowOrder
    case sortedByCreation
  }
}

/// The rows fewer than which nothing is inferred, and the records.
let fewestRows = 50
let fewestRecords = 5

/// What is known of a list, oldest first, before its follow times are inferred.
///
/// Times are microseconds since 1970, `Int64.min` where unknown.
package struct FollowList: Sendable {
  /// When each follower signed up.
  package var createdAt: [Int64]
  /// When each followed, where that is known of some.
  package var followedAt: [Int64]?
  /// When the followed account signed up.
  package var start: Int64?
  /// When the list was captured.
  package var capturedAt: Int64?

  package init(
    createdAt: [Int64], followedAt: [Int64]? = nil, start: Int64? = nil, capturedAt: Int64? = nil
  ) {
    self.createdAt = createdAt
    self.followedAt = followedAt
    self.start = start
    self.capturedAt = capturedAt
  }
}

/// Follow times inferred from the order of a list, oldest first.
///
/// Nobody follows before existing, and the order of the list is the order of following (Meeder et al., "We
/// know who you followed last summer", WWW 2011): the follow is later than every creation up to the row.
/// Robust records, then interpolation by rank between them; where the list is short enough
/// (`FollowTimeSmoother`), the estimate is then the posterior median under a model of follows as a Poisson
/// process whose lag after signing up is learnt from the list (`smoothedFollowTimes`). O(n log n).
package func followTimes(_ list: FollowList) -> FollowTimes {
  let order = followOrder(createdAt: list.createdAt)
  let exact = list.followedAt?.contains { $0 != .min } ?? false
  if !exact {
    if order == .none || order == .newestFirst { return refused(.notInFollowOrder, list) }
    if order == .byCreation { return refused(.sortedByCreation, list) }
  }
  let records = followRecords(createdAt: list.createdAt, followedAt: list.followedAt)
  var times = boundedTimes(list, records)
  if list.createdAt.count < fewestRows { times.refusal = .fewRows }
  if records.count < fewestRecords { times.refusal = times.refusal ?? .fewRecords }
  if times.refusal != nil { return times }
  times.estimates = interpolatedTimes(list, records)
  smoothFollowTimes(&times.estimates, list, records)
  times.settle(records)
  return times
}

private func refused(_ refusal: FollowTimes.Refusal, _ list: FollowList) -> FollowTimes {
  let unknown = [Int64](repeating: .min, count: list.createdAt.count)
  return FollowTimes(
    estimates: unknown, lows: unknown, highs: unknown, recordRows: [], outOfOrder: [],
    recordsPerDay: 0, typicalWidth: 0, refusal: refusal)
}

private func boundedTimes(_ list: FollowList, _ records: FollowRecords) -> FollowTimes {
  let count = list.createdAt.count
  var lows = [Int64](repeating: .min, count: count)
  var highs = lows
  var next = 0
  var low = list.start ?? .min
  for row in 0..<count {
    while next < records.count, records.rows[next] < row { next += 1 }
    let high = next < records.count ? records.times[next] : nil
    let isRecord = next < records.count && records.rows[next] == row
    if isRecord || list.createdAt[row] <= (high ?? list.capturedAt ?? .min) {
      low = max(low, isRecord ? records.times[next] : list.createdAt[row])
    }
    lows[row] = low
    if isRecord, records.isExact[next] {
      highs[row] = low
    } else if let high = nextAbove(records, next, isRecord) {
      highs[row] = min(high, list.capturedAt ?? .max)
    } else {
      highs[row] = list.capturedAt ?? .min
    }
  }
  var times = FollowTimes(
    estimates: [Int64](repeating: .min, count: count), lows: lows, highs: highs,
    recordRows: records.rows, outOfOrder: records.outOfOrder, recordsPerDay: 0, typicalWidth: 0)
  if let first = records.times.first, let last = records.times.last, last > first {
    times.recordsPerDay = Double(records.count - 1) * Double(day) / Double(last - first)
  }
  times.typicalWidth = medianWidth(lows, highs)
  return times
}

/// The latest time of a row before a record, or of a record before the next: its time and a day's lag.
private func nextAbove(_ records: FollowRecords, _ next: Int, _ isRecord: Bool) -> Int64? {
  let index = isRecord ? next + 1 : next
  guard index < records.count else { return nil }
  return records.isExact[index] ? records.times[index] : records.times[index] + day
}

private func medianWidth(_ lows: [Int64], _ highs: [Int64]) -> Int64 {
  var widths: [Int64] = []
  let step = max(1, lows.count / 100_000)
  for row in stride(from: 0, to: lows.count, by: step)
  where lows[row] != .min && highs[row] != .min {
    widths.append(max(0, highs[row] - lows[row]))
  }
  widths.sort()
  return widths.isEmpty ? 0 : widths[widths.count / 2]
}

/// Microseconds of a day and an hour.
let day: Int64 = 86_400_000_000
let hour: Int64 = 3_600_000_000
