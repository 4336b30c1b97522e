import Columns
import Plans
import Statistics

/// The columns of a list that spikes are judged by: whole where every row counts, else read for the rows
/// of an event alone.
struct SpikeRows: Sendable {
  let byAccount: AccountRows
  /// nil where no creation is known.
  private let created: Column?
  private let followed: Column
  private let low: BufferSlice<UInt8>?
  private let statuses: Column?
  private let followers: Column?
  private let friends: Column?
  private let bounds: (low: Column, high: Column)?
  /// Accounts were not created before it, days since 1970.
  private let earliest: Double

  init(
    _ table: Table, _ period: SeriesPeriod, isInferred: Bool, platformStart: Int?,
    _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    guard let followed = table.column("#followed") else {
      preconditionFailure("a list without #followed")
    }
    byAccount =
      period == .day
      ? try context.rowsByDay(table) : try Self.rows(table, by: period, context)
    self.followed = followed
    created = table.column("#created").flatMap { $0.nullCount == $0.rowCount ? nil : $0 }
    earliest = Double(platformStart ?? Int.min / 2)
    var low: BufferSlice<UInt8>?
    if let flag = table.column("#low") { low = try context.flags(flag) }
    self.low = low
    statuses = table.column("statuses")
    followers = table.column("followers")
    friends = table.column("friends")
    bounds =
      isInferred
      ? table.column("#followed_lo").flatMap { low in
        table.column("#followed_hi").map { (low, $0) }
      } : nil
  }

  /// The rows by account and by a period that is no day.
  private static func rows(
    _ table: Table, by period: SeriesPeriod, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AccountRows {
    guard let account = table.column("#account"), let day = table.column("#day") else {
      preconditionFailure("a list without #account and #day")
    }
    let (names, numbers) = try context.textNumbers(account)
    let days = try context.smallIntegers(day)
    var hours: BufferSlice<Int32>?
    if let hour = table.column("#hour") { hours = try context.smallIntegers(hour) }
    return try AccountRows(
      names, numbers, periods: periods(days, hours, period), of: period, context)
  }

  /// The number of the period of each row.
  private static func periods(
    _ days: BufferSlice<Int32>, _ hours: BufferSlice<Int32>?, _ period: SeriesPeriod
  ) -> BufferSlice<Int32> {
    let numbers = BufferSlice<Int32>(capacity: days.count)
    for row in 0..<days.count {
      let day = days.pointer[row]
      let hour = hours?.pointer[row] ?? 0
      numbers.pointer[row] =
        day == .min
        ? .min
        : Int32(clamping: period.number(ofDay: Int(day)) + (period == .hour ? Int(hour) : 0))
    }
    return numbers
  }

  private static func days(_ micros: Int64) -> Double {
    micros == .min ? .nan : Double(micros) / 86_400_000_000
  }

  /// The last follow of an account, microseconds since 1970.
  func lastFollow(_ account: AccountRows.Account) -> Int64? {
    let last = account.first + account.periodCount - 1
    return followed.integers(at: account.rows(in: last...last)).max()
  }

  /// The profiles of some rows.
  func profiles(_ rows: BufferSlice<Int32>) -> FollowerProfiles {
    var profiles = FollowerProfiles(count: rows.count)
    profiles.lowQuality = low.map { low in rows.each { low.pointer[Int($0)] > 0 } }
    profiles.created = created.map { column in
      column.integers(at: rows).map { micros in
        // Creation before the platform existed tells nothing.
        let day = Self.days(micros)
        return day >= earliest ? day : .nan
      }
    }
    profiles.followed = followed.integers(at: rows).map { Self.days($0) }
    profiles.statuses = statuses?.doubles(at: rows)
    profiles.followers = followers?.doubles(at: rows)
    profiles.friends = friends?.doubles(at: rows)
    return profiles
  }

  /// Whether nothing is known of profiles.
  var hasNoProfiles: Bool {
    low == nil && created == nil && statuses == nil && followers == nil && friends == nil
  }

  /// The low-quality followers of each period of an account; nil where the flag is not known.
  func lowQualityCounts(_ account: AccountRows.Account) -> [Int]? {
    low.map { account.sums($0) }
  }

  /// The median width of the bounds of inferred follow times, in days; 0 where times are known.
  func medianWidth(_ rows: BufferSlice<Int32>) -> Double {
    guard let bounds else { return 0 }
    let ends = zip(bounds.low.integers(at: rows), bounds.high.integers(at: rows))
    let widths = ends.compactMap { low, high -> Double? in
      low == .min || high == .min ? nil : Double(high - low) / 86_400_000_000
    }.sorted()
    return widths.isEmpty ? .infinity : widths[widths.count / 2]
  }

  /// The records a day of an account's inferred times: how often the lower bound rises.
  func recordsADay(_ account: AccountRows.Account) -> Double {
    guard let bounds else { return .infinity }
    let lows = bounds.low.integers(at: account.rows).sorted()
    let records = zip(lows, lows.dropFirst()).reduce(min(1, lows.count)) {
      $0 + ($1.0 == $1.1 ? 0 : 1)
    }
    return Double(records) / Double(max(1, account.periodCount))
  }
}
