import Columns
import Statistics

/// The columns of a list that spikes are judged by, as flat memory.
struct SpikeRows: Sendable {
  let byAccount: AccountRows
  /// Days since 1970 with their fraction; NaN where unknown or impossible.
  private let created: [Double]?
  private let followed: [Double]
  private let low: BufferSlice<Int64>?
  private let statuses: BufferSlice<Double>?
  private let followers: BufferSlice<Double>?
  private let friends: BufferSlice<Double>?
  private let bounds: (low: BufferSlice<Int64>, high: BufferSlice<Int64>)?
  private let lastFollow: [String: Int64]

  init(_ table: Table, _ period: SeriesPeriod, isInferred: Bool, platformStart: Int?) {
    guard let account = table.column("#account"), let day = table.column("#day")?.integers(),
      let follow = table.column("#followed")
    else { preconditionFailure("a list without #account, #day and #followed") }
    let (names, numbers) = account.textNumbers()
    byAccount = AccountRows(
      names, numbers,
      periods: Self.periods(day, table.column("#hour")?.integers(), period))
    let followTimes = follow.integers()
    followed = followTimes.map { Self.days($0) }
    let created = table.column("#created")
    // Creation before the platform existed, or after the follow, tells nothing.
    let earliest = Double(platformStart ?? Int.min / 2)
    self.created =
      created.flatMap { $0.nullCount == $0.rowCount ? nil : $0 }?.integers()
      .map { micros in
        let day = Self.days(micros)
        return day >= earliest ? day : .nan
      }
    low = table.column("#low")?.integers(null: 0)
    statuses = table.column("statuses")?.doubles()
    followers = table.column("followers")?.doubles()
    friends = table.column("friends")?.doubles()
    bounds =
      isInferred
      ? table.column("#followed_lo").flatMap { low in
        table.column("#followed_hi").map { (low.integers(), $0.integers()) }
      } : nil
    var last = [Int64](repeating: .min, count: names.count)
    for row in 0..<table.rowCount where numbers.pointer[row] >= 0 {
      let account = Int(numbers.pointer[row])
      last[account] = max(last[account], followTimes.pointer[row])
    }
    lastFollow = Dictionary(uniqueKeysWithValues: zip(names, last))
  }

  /// The number of the period of each row; the days themselves where those are the periods.
  private static func periods(
    _ days: BufferSlice<Int64>, _ hours: BufferSlice<Int64>?, _ period: SeriesPeriod
  ) -> BufferSlice<Int64> {
    if period == .day { return days }
    let numbers = BufferSlice<Int64>(capacity: days.count)
    for row in 0..<days.count {
      let day = days.pointer[row]
      let hour = hours?.pointer[row] ?? 0
      numbers.pointer[row] =
        day == .min ? .min : Int64(period.number(ofDay: Int(day))) &+ (period == .hour ? hour : 0)
    }
    return numbers
  }

  private static func days(_ micros: Int64) -> Double {
    micros == .min ? .nan : Double(micros) / 86_400_000_000
  }

  /// The last follow of an account, microseconds since 1970.
  func lastFollow(of account: String) -> Int64? { lastFollow[account] }

  /// The profiles of some rows.
  func profiles(_ rows: some Collection<Int32>) -> FollowerProfiles {
    var profiles = FollowerProfiles(count: rows.count)
    func picked(_ column: BufferSlice<Double>?) -> [Double]? {
      column.map { column in rows.map { column.pointer[Int($0)] } }
    }
    profiles.lowQuality = low.map { low in rows.map { low.pointer[Int($0)] > 0 } }
    profiles.created = created.map { created in rows.map { created[Int($0)] } }
    profiles.followed = rows.map { followed[Int($0)] }
    profiles.statuses = picked(statuses)
    profiles.followers = picked(followers)
    profiles.friends = picked(friends)
    return profiles
  }

  /// Whether nothing is known of profiles.
  var hasNoProfiles: Bool {
    low == nil && created == nil && statuses == nil && followers == nil && friends == nil
  }

  /// The low-quality followers of each period of an account; nil where the flag is not known.
  func lowQualityCounts(_ account: AccountRows.Account) -> [Int]? {
    guard let low else { return nil }
    return (0..<account.periodCount).map { index in
      account.rows[account.starts[index]..<account.starts[index + 1]].reduce(0) {
        $0 + (low.pointer[Int($1)] > 0 ? 1 : 0)
      }
    }
  }

  /// The median width of the bounds of inferred follow times, in days; 0 where times are known.
  func medianWidth(_ rows: some Collection<Int32>) -> Double {
    guard let bounds else { return 0 }
    let widths = rows.compactMap { row -> Double? in
      let (low, high) = (bounds.low.pointer[Int(row)], bounds.high.pointer[Int(row)])
      return low == .min || high == .min ? nil : Double(high - low) / 86_400_000_000
    }.sorted()
    return widths.isEmpty ? .infinity : widths[widths.count / 2]
  }

  /// The records a day of an account's inferred times: how often the lower bound rises.
  func recordsADay(_ account: AccountRows.Account) -> Double {
    guard let bounds else { return .infinity }
    let lows = Set(account.rows.map { bounds.low.pointer[Int($0)] })
    return Double(lows.count) / Double(max(1, account.periodCount))
  }
}
