/// The zones of texts that name none.
package struct LocalZones: Sendable {
  /// Of times of day.
  package let times: TimeZoneRules
  /// Of dates: each is a day there.
  package let days: TimeZoneRules

  package init(times: TimeZoneRules, days: TimeZoneRules) {
    (self.times, self.days) = (times, days)
  }

  /// One zone for both.
  package init(_ zone: TimeZoneRules) { self.init(times: zone, days: zone) }

  /// Where a day begins in UTC; takes its start by the local clock.
  ///
  /// Both are microseconds since 1970.
  @inline(__always)
  func dayStart(_ localMicros: Int64) -> Int64 {
    if days.isUTC { return localMicros }
    return localMicros &- days.localOffsets.span(holding: localMicros).micros
  }
}
