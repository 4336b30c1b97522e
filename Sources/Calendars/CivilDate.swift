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
  if days.magnitude < 10_000_000 { return nearDate(UInt32(days &+ nearShift)) }
  let cycles = floorDivide(days, daysIn400Years)
  let near = nearDate(UInt32(days &- cycles &* daysIn400Years &+ nearShift))
  return CivilDate(year: near.year &+ cycles &* 400, month: near.month, day: near.day)
}

/// The date of days since March of the year −400 × `nearCycles`, without a branch.
///
/// C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar algorithms",
/// Software: Practice and Experience 53 (2023): divisions become multiplications whose upper half is
/// the quotient and whose lower half holds the remainder.
private func nearDate(_ days: UInt32) -> CivilDate {
  let quarters = days &* 4 &+ 3
  let century = quarters / 146_097
  let inCentury = quarters % 146_097 | 3
  let years = UInt64(inCentury) &* 2_939_745
  let yearOfCentury = UInt32(truncatingIfNeeded: years &>> 32)
  let dayOfYear = UInt32(truncatingIfNeeded: years) / 2_939_745 / 4
  let months = dayOfYear &* 2141 &+ 197_913
  // March is month 3; January and February are 13 and 14 of the year before.
  let isNextYear: UInt32 = dayOfYear >= 306 ? 1 : 0
  let month = months &>> 16 &- 12 &* isNextYear
  let day = (months & 0xFFFF) / 2141 &+ 1
  let year = Int(century &* 100 &+ yearOfCentury &+ isNextYear)
  return CivilDate(year: year &- 400 &* nearCycles, month: Int(month), day: Int(day))
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
private let nearCycles = 82
/// Makes days of ±10 million positive.
private let nearShift = daysFromMarchYear0 + nearCycles * daysIn400Years
