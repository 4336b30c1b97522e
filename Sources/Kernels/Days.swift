import CKernels

/// Calendar loops over days since 1970-01-01: 0.3 to 2 ns a row.
package enum DayKernels {
  /// The unit of `periodStarts`.
  package enum Period: Int32, Sendable, CaseIterable {
    /// From Monday.
    case week = 1
    case month, quarter, year
  }

  /// The days that hold times in whole seconds since 1970.
  package static func days(
    ofSeconds seconds: UnsafePointer<Int32>, count: Int, into days: UnsafeMutablePointer<Int32>
  ) {
    ck_days_of_seconds(seconds, days, count)
  }

  /// The days that hold times in microseconds since 1970.
  package static func days(
    ofMicros micros: UnsafePointer<Int64>, count: Int, into days: UnsafeMutablePointer<Int32>
  ) {
    ck_days_of_micros(micros, days, count)
  }

  /// The hours of the day, 0 to 23, of times in microseconds since 1970.
  package static func hours(
    ofMicros micros: UnsafePointer<Int64>, count: Int, into hours: UnsafeMutablePointer<Int32>
  ) {
    ck_hours_of_micros(micros, hours, count)
  }

  /// The hours of the day of times in whole seconds since 1970.
  package static func hours(
    ofSeconds seconds: UnsafePointer<Int32>, count: Int, into hours: UnsafeMutablePointer<Int32>
  ) {
    ck_hours_of_seconds(seconds, hours, count)
  }

  /// The first days of the periods that hold the days; `starts` may be `days`.
  package static func periodStarts(
    _ days: UnsafePointer<Int32>, _ period: Period, count: Int,
    into starts: UnsafeMutablePointer<Int32>
  ) {
    ck_period_starts(days, period.rawValue, starts, count)
  }

  /// The years of days.
  package static func years(
    ofDays days: UnsafePointer<Int32>, count: Int, into years: UnsafeMutablePointer<Int32>
  ) {
    ck_years(days, years, count)
  }

  /// The weekdays of days: 1 is Monday, 7 is Sunday.
  package static func weekdays(
    ofDays days: UnsafePointer<Int32>, count: Int, into weekdays: UnsafeMutablePointer<Int32>
  ) {
    ck_weekdays(days, weekdays, count)
  }

  /// The starts of days in microseconds since 1970.
  package static func micros(
    ofDays days: UnsafePointer<Int32>, count: Int, into micros: UnsafeMutablePointer<Int64>
  ) {
    ck_micros_of_days(days, micros, count)
  }
}
