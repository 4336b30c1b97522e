import Testing

@testable import Calendars

private func micros(_ text: String, zone: TimeZoneRules = .utc) -> Int64? {
  parseTime(text, zone: zone)?.micros
}

/// 2024-03-01T12:34:56Z.
private let noon: Int64 = 1_709_296_496_000_000

@Test(arguments: [
  "2024-03-01T12:34:56Z", "2024-03-01 12:34:56", "2024-03-01T12:34:56", "2024-03-01t12:34:56z",
  "2024-03-01T14:34:56+02:00", "2024-03-01T14:34:56+0200", "2024-03-01T14:34:56+02",
  "2024-03-01 12:34:56 UTC", "2024-03-01 12:34:56 GMT", "2024-03-01 12:34:56 +0000",
  "2024-03-01 12:34:56.000 +00:00", "2024-03-01T12:34:56.0Z", "2024/03/01 12:34:56",
  "Fri Mar 01 12:34:56 +0000 2024", "fri mar 1 14:34:56 +0200 2024", "Fri Mar  1 12:34:56 2024",
  "Fri, 01 Mar 2024 12:34:56 +0000", "1 March 2024 12:34:56 GMT", "Fri, 1 mar 2024 07:34:56 -0500",
  "Friday March 1 12:34:56 UTC 2024",
])
func sameTime(text: String) {
  #expect(micros(text) == noon)
}

@Test func fractionsAndMinutes() {
  #expect(micros("2024-03-01T12:34:56.789Z") == noon + 789_000)
  #expect(micros("2024-03-01T12:34:56.123456789Z") == noon + 123_456)
  #expect(micros("2024-03-01T12:34:56,5Z") == noon + 500_000)
  #expect(micros("2024-03-01 12:34") == noon - 56_000_000)
  #expect(micros("2024-03-01T12:34Z") == noon - 56_000_000)
  #expect(micros("1969-12-31T23:59:59.5Z") == -500_000)
}

@Test(arguments: [
  "2024-02-30", "2024-13-01", "2024-00-10", "2024-05", "2024", "", "2024-03-01T", "2024-3-1",
  "2024-03-01T25:00:00Z", "2024-03-01T24:00:00Z", "2024-03-01T12:60:00Z", "2024-03-01T12:34:60Z",
  "2024-03-01T12:34:56.Z", "2024-03-01T12:34:56.1234567890Z", "2024-03-01T12:34:56Zx",
  "2024-03-01T12:34:56+2:0", "2024-03-01T12:34:56+19:00", "2024-03-01T12:34:56 PST",
  "2024-03/01", "12/1/2016", "1.12.2016", "20240301", "0000-00-00", "2024-03-01T12", "12:34:56",
  "Fri Mar 32 12:34:56 +0000 2024", "Xyz Mar 01 12:34:56 +0000 2024",
  "Fri Max 01 12:34:56 +0000 2024", "Fri Mar 01 12:34:56 +0000 24", "2024-0:-01T12:34:56Z",
  "٢٠٢٤-03-01", "Marching on 2024-03-01", "10 Marathon 2018 20:19:24 +0000",
])
func noTime(text: String) {
  #expect(micros(text) == nil)
}

@Test func formatsAreNamed() throws {
  let cases: [(String, ParsedTime.Format, dateOnly: Bool, hasZone: Bool)] = [
    ("2024-03-01T12:34:56Z", .isoSeconds, false, true),
    ("2024-03-01T12:34:56", .iso, false, false),
    ("2024-03-01", .isoDate, true, false),
    ("2024/11/15", .slashDate, true, false),
    ("Wed Oct 10 20:19:24 +0000 2018", .twitter, false, true),
    ("Wed, 10 Oct 2018 20:19:24 +0000", .mail, false, true),
  ]
  for (text, format, dateOnly, hasZone) in cases {
    let time = try #require(parseTime(text, zone: .utc))
    #expect(time.format == format && time.isDateOnly == dateOnly && time.hasZone == hasZone)
  }
}

@Test func zonesOfText() throws {
  let zone = try #require(TimeZoneRules.named("+02:00"))
  #expect(micros("2024-03-01 14:34:56", zone: zone) == noon)
  #expect(micros("2024-03-01 12:34:56Z", zone: zone) == noon)
  #expect(micros("2024-03-01", zone: zone) == 1_709_244_000_000_000)
  #expect(parseDate("2024-03-01") == 19_783 && parseDate("1969-12-31") == -1)
  #expect(parseDate("2024/03/01") == nil && parseDate("2024-03-01T00:00") == nil)
}

private func numericDate(_ text: String) -> NumericDate? {
  var text = text
  return text.withUTF8 { NumericDate($0) }
}

@Test func numericDates() {
  func looks(_ text: String) -> Bool { numericDate(text) != nil }
  for text in [
    "12/1/2016", "12/1/2016 1:22:35 AM", "1.12.2016", "31-12-16", "1/2/16, 10:15", "13/1/2016",
    "31/2/2016", "01.02.2016T10:15:00.5Z", "1/2/2016, 1:15:07\u{202F}PM", "1/2/2016 00:15 UTC",
  ] {
    #expect(looks(text), "\(text)")
  }
  for text in [
    "2016/1/12", "1.12.2016.4", "13/14/2016", "1/2", "1.2.3", "", "1/2/2016 noon",
    "1/2-2016", "1/2/2016 13:00 PM", "1/2/2016 0:30 am", "1/2/2016 24:00", "1/2/2016 1:60",
    "0/2/2016", "1/2/2016 ", "1/2/2016 10 AM",
  ] {
    #expect(!looks(text), "\(text)")
  }
}

@Test(
  arguments: [
    ("23/02/2022", "2022-02-23", nil), ("02/23/2022", nil, "2022-02-23"),
    ("5-2-2022 18:05", "2022-02-05T18:05", "2022-05-02T18:05"),
    ("05.02.22, 12:00:01 am", "2022-02-05T00:00:01", "2022-05-02T00:00:01"),
    ("5/2/2022 12:30 PM", "2022-02-05T12:30", "2022-05-02T12:30"),
    ("5/2/2022 11:59:59PM +01:00", "2022-02-05T23:59:59+01:00", "2022-05-02T23:59:59+01:00"),
    ("31/02/2022", nil, nil), ("29/2/2024", "2024-02-29", nil),
  ] as [(String, String?, String?)])
func numericDatesInBothOrders(text: String, dayFirst: String?, monthFirst: String?) throws {
  let date = try #require(numericDate(text))
  let zone = try #require(TimeZoneRules.named("+05:30"))
  for (order, wanted) in [(DateOrder.dayFirst, dayFirst), (.monthFirst, monthFirst)] {
    let found = date.time(order, zones: LocalZones(zone))
    let same = wanted.flatMap { parseTime($0, zone: zone) }
    #expect(found?.micros == same?.micros && found?.isDateOnly == same?.isDateOnly, "\(order)")
    #expect(date.isDay(order) == (wanted != nil))
  }
}

@Test func datesAreDaysInAZoneOfTheirOwn() throws {
  let zones = LocalZones(times: .utc, days: try #require(TimeZoneRules.named("America/New_York")))
  for (text, wanted) in [
    ("2024-03-01", "2024-03-01T05:00Z"), ("2024/07/01", "2024-07-01T04:00Z"),
    ("2024-03-01 12:00", "2024-03-01T12:00Z"),
  ] {
    var text = text
    let found = text.withUTF8 { parseTime($0, zones: zones) }
    #expect(found?.micros == parseTime(wanted, zone: .utc)?.micros, "\(text)")
  }
}

@Test func timesPrintAndReadBack() throws {
  #expect(formatDate(days: 19_783) == "2024-03-01")
  #expect(formatDate(days: daysFromCivil(year: -5, month: 1, day: 2)) == "-0005-01-02")
  #expect(formatDate(days: daysFromCivil(year: 12_345, month: 1, day: 2)) == "+12345-01-02")
  #expect(formatTime(micros: noon, zone: .utc) == "2024-03-01T12:34:56Z")
  #expect(formatTime(micros: noon + 120_000, zone: .utc) == "2024-03-01T12:34:56.120Z")
  #expect(formatTime(micros: -1, zone: .utc) == "1969-12-31T23:59:59.999999Z")
  let zone = try #require(TimeZoneRules.named("-03:30"))
  #expect(formatTime(micros: noon, zone: zone) == "2024-03-01T09:04:56-03:30")
  #expect(formatTime(micros: Int64.max, zone: zone).hasPrefix("+2"))
  #expect(formatTime(micros: Int64.min, zone: zone).hasPrefix("-2"))
  var bytes: [UInt8] = []
  appendTime(micros: noon, zone: .utc, to: &bytes)
  appendDate(days: 0, to: &bytes)
  #expect(String(decoding: bytes, as: UTF8.self) == "2024-03-01T12:34:56Z1970-01-01")
  let zones = [TimeZoneRules.utc, zone] + [TimeZoneRules.named("Europe/Berlin")].compactMap { $0 }
  for zone in zones {
    for time in stride(
      from: -60_000_000_000_000_000, to: 200_000_000_000_000_000, by: 777_777_777_777_777)
    {
      #expect(micros(formatTime(micros: Int64(time), zone: zone)) == Int64(time))
    }
  }
}

@Test func durations() {
  #expect(formatDuration(micros: 93_784_000_000) == "1d2h3min4s")
  #expect(formatDuration(micros: 0) == "0s")
  #expect(formatDuration(micros: -3_600_000_000) == "-1h")
  #expect(formatDuration(micros: 1_500_000) == "1.500s")
  #expect(formatDuration(micros: 1) == "0.000001s")
  #expect(parseDuration("2w") == 1_209_600_000_000)
  #expect(parseDuration("1.5h") == 5_400_000_000)
  #expect(parseDuration("1d 2h") == 93_600_000_000)
  #expect(parseDuration("250ms") == 250_000)
  for text in ["", "-", "1", "h", "1x", "1.h", "99999999999999d", "1d,2h", " 1d"] {
    #expect(parseDuration(text) == nil, "\(text)")
  }
  for value in [Int64.max, Int64.min + 1, 1, -1_000_001, 86_399_999_999, 604_800_000_000] {
    #expect(parseDuration(formatDuration(micros: value)) == value)
  }
  #expect(formatDuration(micros: Int64.min).hasPrefix("-106751991d"))
}

@Test func literalsNamePeriods() throws {
  let month = try #require(periodLiteral("2024-02", zone: .utc))
  #expect(month.unit == .month && month.firstDay == 19_754 && month.endDay == 19_783)
  #expect(month.end - month.start == 29 * 86_400_000_000)
  let units: [(String, PeriodLiteral.Unit, Int64)] = [
    ("2024", .year, 366 * 86_400_000_000), ("2024-03-01", .day, 86_400_000_000),
    ("2024-03-01T12:00", .minute, 60_000_000), ("2024-03-01T12:00:05", .second, 1_000_000),
    ("2024-03-01T12:00:05.25Z", .instant, 1),
  ]
  for (text, unit, length) in units {
    let period = try #require(periodLiteral(text, zone: .utc))
    #expect(period.unit == unit && period.end - period.start == length)
  }
  for text in ["2024-13", "2024-1", "2024-02-30", "", "march", "2024-03-01T"] {
    #expect(periodLiteral(text, zone: .utc) == nil, "\(text)")
  }
}
