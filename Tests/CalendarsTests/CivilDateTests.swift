import Calendars
import Testing

/// Walks the calendar a day at a time, which needs no formula.
@Test func datesAgreeWithAPlainWalk() {
  var (year, month, day) = (1582, 1, 1)
  var wrong: [Int] = []
  for days in -141_714...200_000 {
    let date = CivilDate(year: year, month: month, day: day)
    if daysFromCivil(year: year, month: month, day: day) != days { wrong.append(days) }
    if civilDate(fromDays: days) != date { wrong.append(days) }
    let lengths =
      [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28]
      + [31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    day += 1
    if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
    if month > 12 { (year, month) = (year + 1, 1) }
  }
  #expect(wrong.isEmpty)
}

@Test func knownDays() {
  #expect(daysFromCivil(year: 1970, month: 1, day: 1) == 0)
  #expect(daysFromCivil(year: 2000, month: 3, day: 1) == 11_017)
  #expect(daysFromCivil(year: 0, month: 3, day: 1) == -719_468)
  for days in stride(from: -36_000_000, through: 36_000_000, by: 7919) {
    let date = civilDate(fromDays: days)
    #expect(daysFromCivil(year: date.year, month: date.month, day: date.day) == days)
  }
}

@Test func validDates() {
  #expect(isValidDate(year: 2024, month: 2, day: 29))
  #expect(!isValidDate(year: 2023, month: 2, day: 29))
  #expect(!isValidDate(year: 1900, month: 2, day: 29))
  #expect(isValidDate(year: 2000, month: 2, day: 29))
  #expect(!isValidDate(year: 2024, month: 13, day: 1))
  #expect(!isValidDate(year: 2024, month: 4, day: 31))
  #expect(!isValidDate(year: 2024, month: 4, day: 0))
}

@Test func weekdays() {
  #expect(weekday(ofDays: 0) == 4)
  #expect(weekday(ofDays: daysFromCivil(year: 2024, month: 3, day: 3)) == 7)
  #expect(weekday(ofDays: -4) == 7)
  #expect(weekday(ofDays: Int.min) >= 1 && weekday(ofDays: Int.max) <= 7)
}

@Test func periods() {
  let day = daysFromCivil(year: 2024, month: 8, day: 15)
  let starts = PeriodUnit.allCases.map { formatDate(days: floorDays(day, to: $0)) }
  #expect(starts == ["2024-08-15", "2024-08-12", "2024-08-01", "2024-07-01", "2024-01-01"])
  for unit in PeriodUnit.allCases {
    for day in -2000...2000 {
      let start = floorDays(day, to: unit)
      let next = nextPeriodStart(start, unit: unit)
      #expect(start <= day && day < next)
      #expect(floorDays(next, to: unit) == next && floorDays(next - 1, to: unit) == start)
    }
  }
  #expect(PeriodUnit(name: "quarter") == .quarter && PeriodUnit(name: "hour") == nil)
}

@Test func partsOfDates() {
  let day = daysFromCivil(year: 2021, month: 1, day: 3)
  #expect(DatePart.allCases.map { datePart($0, ofDays: day) } == [2021, 1, 1, 3, 7, 3, 53])
  #expect(datePart(.week, ofDays: day + 1) == 1)
  #expect(datePart(.dayOfYear, ofDays: daysFromCivil(year: 2024, month: 12, day: 31)) == 366)
}
