/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
  /// The astronomical year: 0 is 1 BC.
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// A date of its parts, which are not checked; `isValidDate` does that.
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }
}

/// Days from 1970-01-01 to a date; negative before it.
///
/// Nothing is checked: `isValidDate` first where the parts come from data. Exact for years within
/// ±100,000. The year is taken to begin in March, so that the leap day is its last day, and 400 years
/// are one cycle of 146,097 days (E. G. Richards in "Explanatory Supplement to the Astronomical
/// Almanac", 2013, 15.11).
package func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
  let marchYear = month <= 2 ? year &- 1 : year
  let cycle = floorDivide(marchYear, 400)
  let yearOfCycle = marchYear &- cycle &* 400
  let marchMonth = month <= 2 ? month &+ 9 : month &- 3
  let dayOfYear = (153 &* marchMonth &+ 2) / 5 &+ day &- 1
  let dayOfCycle =
    yearOfCycle &* 365 &+ yearOfCycle / 4 &- yearOfCycle / 100 &+ dayOfYear
  return cycle &* daysIn400Years &+ dayOfCycle &- daysFromMarchYear0
}

/// The date that lies `days` days after 1970-01-01; the inverse of `daysFromCivil`.
package func civilDate(fromDays days: Int) -> CivilDate {
  let shifted = days &+ daysFromMarchYear0
  let cycle = floorDivide(shifted, daysIn400Years)
  let dayOfCycle = shifted &- cycle &* daysIn400Years
  let leapDays = dayOfCycle / 1460 &- dayOfCycle / 36524 &+ dayOfCycle / 146_096
  let yearOfCycle = (dayOfCycle &- leapDays) / 365
  let firstDay = yearOfCycle &* 365 &+ yearOfCycle / 4 &- yearOfCycle / 100
  let dayOfYear = dayOfCycle &- firstDay
  let marchMonth = (5 &* dayOfYear &+ 2) / 153
  let day = dayOfYear &- (153 &* marchMonth &+ 2) / 5 &+ 1
  let month = marchMonth < 10 ? marchMonth &+ 3 : marchMonth &- 9
  let year = cycle &* 400 &+ yearOfCycle &+ (month <= 2 ? 1 : 0)
  return CivilDate(year: year, month: month, day: day)
}

/// Whether the calendar has this day: 2024-02-29 yes, 2023-02-29 no.
package func isValidDate(year: Int, month: Int, day: Int) -> Bool {
  guard month >= 1, month <= 12, day >= 1 else { return false }
  return day <= daysInMonth(year: year, month: month)
}

/// The weekday of a day since 1970-01-01: 1 is Monday, 7 is Sunday (ISO 8601).
package func weekday(ofDays days: Int) -> Int {
  // 1970-01-01 was a Thursday.
  floorModulo(floorModulo(days, 7) &+ 3, 7) &+ 1
}

/// Days in a month; `month` is 1 to 12.
func daysInMonth(year: Int, month: Int) -> Int {
  if month == 2 { return isLeapYear(year) ? 29 : 28 }
  // 31 and 30 alternate, and start over in August.
  return 30 &+ ((month &+ (month >> 3)) & 1)
}

func isLeapYear(_ year: Int) -> Bool {
  year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
}

private let daysIn400Years = 146_097
/// Days from 0000-03-01 to 1970-01-01.
private let daysFromMarchYear0 = 719_468
