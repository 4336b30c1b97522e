/// A number that can be read off a date.
package enum DatePart: UInt8, CaseIterable, Sendable {
  case year
  /// 1 to 4.
  case quarter
  /// 1 to 12.
  case month
  /// Of the month, 1 to 31.
  case day
  /// 1 is Monday, 7 is Sunday.
  case weekday
  /// 1 to 366.
  case dayOfYear
  /// The week of ISO 8601, 1 to 53; the week belongs to the year that holds its Thursday.
  case week
}

/// One part of a day since 1970-01-01.
package func datePart(_ part: DatePart, ofDays days: Int) -> Int {
  switch part {
  case .year: return civilDate(fromDays: days).year
  case .quarter: return (civilDate(fromDays: days).month &- 1) / 3 &+ 1
  case .month: return civilDate(fromDays: days).month
  case .day: return civilDate(fromDays: days).day
  case .weekday: return weekday(ofDays: days)
  case .dayOfYear: return days &- floorDays(days, to: .year) &+ 1
  case .week:
    let thursday = floorDays(days, to: .week) &+ 3
    return (thursday &- floorDays(thursday, to: .year)) / 7 &+ 1
  }
}

/// One part of each day of a block; `out` is at least as long as `days`.
package func dateParts(
  _ part: DatePart, ofDays days: UnsafeBufferPointer<Int32>,
  into out: UnsafeMutableBufferPointer<Int64>
) {
  precondition(out.count >= days.count, "the output block is too short")
  for index in 0..<days.count {
    out[index] = Int64(datePart(part, ofDays: Int(days[index])))
  }
}
