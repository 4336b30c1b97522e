import Calendars

/// What to simulate.
package struct SimulationOptions: Hashable, Sendable {
  /// How the columns are named.
  package enum Columns: String, CaseIterable, Sendable {
    /// Decoy's own names, with times in ISO 8601.
    case canonical
    /// Those of Twitter's first API: `followers_count`, `created_at` as `Wed Oct 10 …`.
    case twitter
  }

  /// Days from the start.
  package var days = 365
  /// Ordinary new followers on a weekday, on average.
  package var rate = 40.0
  /// The same seed gives the same list.
  package var seed: UInt64 = 1
  /// The first day, in days since 1970-01-01; 2024-01-01 when nothing is said.
  package var start = 19_723
  /// The value of the column `account`, which is left out when this is nil.
  package var account: String?
  /// Blocks delivered within a day.
  package var spikes: [Spike] = []
  /// Waves that halve every day.
  package var virals: [Viral] = []
  /// A few fakes every day.
  package var drips: [Drip] = []
  /// Removals of fakes.
  package var purges: [Purge] = []
  /// Days missing from the list.
  package var gaps: [Gap] = []
  /// Whether there is a column `followed_at`.
  package var hasTimes = true
  /// How the columns are named.
  package var columns = Columns.canonical

  /// The defaults: a year of an ordinary account.
  package init() {}

  /// Throws what is wrong first.
  func check() throws(SimulationError) {
    guard (1...20_000).contains(days) else {
      throw SimulationError("days '\(days)': write a number from 1 to 20000")
    }
    guard rate >= 0, rate <= largestRate else {
      throw SimulationError("rate '\(rate)': write a number from 0 to \(Int(largestRate))")
    }
    guard start > platformStartDay, start <= lastDay - days else {
      throw SimulationError(
        "start '\(formatDate(days: start))': the days must lie from "
          + "\(formatDate(days: platformStartDay + 1)) to \(formatDate(days: lastDay))")
    }
    if let account, account.utf8.count > 200 {
      throw SimulationError("account: a name has at most 200 bytes")
    }
    for day in spikes.map(\.day) { try checkRange("spike", day, day) }
    for day in virals.map(\.day) { try checkRange("viral", day, day) }
    for day in purges.map(\.day) { try checkRange("purge", day, day) }
    for drip in drips { try checkRange("drip", drip.from, drip.to) }
    for gap in gaps { try checkRange("gap", gap.from, gap.to) }
    try checkSizes()
  }

  private func checkRange(
    _ kind: String, _ from: SimulationDay, _ to: SimulationDay
  ) throws(SimulationError) {
    let first = from.number(start: start)
    let last = to.number(start: start)
    guard first <= last else {
      throw SimulationError("\(kind): its last day is before its first")
    }
    guard first >= 0, last < days else {
      let outside = first < 0 ? first : last
      throw SimulationError(
        "\(kind): day \(outside) is outside the simulation, days 0 to \(days - 1) "
          + "(\(formatDate(days: start)) to \(formatDate(days: start + days - 1)))")
    }
  }

  /// What the parsers of the options check already, for those who build them otherwise.
  private func checkSizes() throws(SimulationError) {
    let counts = spikes.map(\.count) + virals.map(\.peak)
    guard counts.allSatisfy({ (0...largestCount).contains($0) }) else {
      throw SimulationError("an event has a count from 0 to \(largestCount)")
    }
    let shares = spikes.map(\.fakeShare) + purges.map(\.share)
    guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw SimulationError("a share is a number from 0 to 1")
    }
    guard drips.allSatisfy({ $0.perDay >= 0 && $0.perDay <= largestRate }) else {
      throw SimulationError("a drip has from 0 to \(Int(largestRate)) a day")
    }
  }
}

/// 2006-03-21, the day of the first Twitter accounts.
let platformStartDay = daysFromCivil(year: 2006, month: 3, day: 21)
/// Later snowflake ids do not fit in 63 bits.
private let lastDay = daysFromCivil(year: 2079, month: 12, day: 31)
