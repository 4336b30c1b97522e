/// When each follower of a list followed, as far as its order tells.
package struct FollowTimes: Sendable {
  /// The time that the follow is as likely before as after, in microseconds since 1970.
  ///
  /// `Int64.min` where there is none.
  package var estimates: [Int64]
  /// No follow was earlier: the greatest creation time up to the row; `Int64.min` where unknown.
  package var lows: [Int64]
  /// About no follow was later: the next record and a day, or the estimate where that is later;
  /// `Int64.min` where unknown; none at all where they were not asked for.
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
/// Robust records, of which the first are left out where the list begins in the middle of an account's life
/// (`leaveOutUnsettled`), then interpolation by rank between them; where the list is short enough
/// (`FollowTimeSmoother`), the estimate is then the posterior median under a model of follows as a Poisson
/// process whose lag after signing up is learnt from the list (`smoothFollowTimes`). `order`: that of the
/// list, where it is known already. O(n log n).
package func followTimes(
  _ list: FollowList, order: FollowOrder? = nil, makingHighs: Bool = true
) -> FollowTimes {
  let exact = list.followedAt?.contains { $0 != .min } ?? false
  if !exact {
    let order = order ?? followOrder(createdAt: list.createdAt)
    if order == .none || order == .newestFirst { return refused(.notInFollowOrder, list) }
    if order == .byCreation { return refused(.sortedByCreation, list) }
  }
  var records = followRecords(createdAt: list.createdAt, followedAt: list.followedAt)
  records.leaveOutUnsettled()
  var times = FollowTimes(list, records, FollowBounds(list, records, makingHighs: makingHighs))
  if list.createdAt.count < fewestRows { times.refusal = .fewRows }
  if records.count < fewestRecords { times.refusal = times.refusal ?? .fewRecords }
  if times.refusal != nil {
    times.estimates = [Int64](repeating: .min, count: list.createdAt.count)
    return times
  }
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

extension FollowTimes {
  /// What is known before there are estimates.
  fileprivate init(_ list: FollowList, _ records: FollowRecords, _ bounds: FollowBounds) {
    self.init(
      estimates: [], lows: bounds.lows, highs: bounds.highs, recordRows: records.rows,
      outOfOrder: records.outOfOrder, recordsPerDay: 0, typicalWidth: bounds.typicalWidth)
    if let first = records.times.first, let last = records.times.last, last > first {
      recordsPerDay = Double(records.count - 1) * Double(day) / Double(last - first)
    }
  }
}

/// Microseconds of a day and an hour.
let day: Int64 = 86_400_000_000
let hour: Int64 = 3_600_000_000
