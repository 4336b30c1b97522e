import Testing

@testable import Calendars

private func seconds(_ text: String) -> Int {
  Int(parseTime(text, zone: .utc)?.micros ?? Int64.min) / 1_000_000
}

private let hasZones = TimeZoneRules.named("Europe/Berlin") != nil

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func berlin() throws {
  let zone = try #require(TimeZoneRules.named("Europe/Berlin"))
  #expect(!zone.isUTC)
  #expect(zone.offsetSeconds(atUTC: seconds("2024-01-15T00:00:00Z")) == 3600)
  #expect(zone.offsetSeconds(atUTC: seconds("2024-03-31T00:59:59Z")) == 3600)
  #expect(zone.offsetSeconds(atUTC: seconds("2024-03-31T01:00:00Z")) == 7200)
  #expect(zone.offsetSeconds(atUTC: seconds("2024-10-27T01:00:00Z")) == 3600)
  // Beyond the file's own switches, and beyond one 400-year cycle.
  #expect(zone.offsetSeconds(atUTC: seconds("2099-07-01T00:00:00Z")) == 7200)
  #expect(zone.offsetSeconds(atUTC: seconds("9024-07-01T00:00:00Z")) == 7200)
  #expect(zone.offsetSeconds(atUTC: seconds("9024-12-01T00:00:00Z")) == 3600)
  #expect(zone.offsetSeconds(atUTC: Int.max) == zone.offsetSeconds(atUTC: Int.max - 1))
  // Before standard time: Berlin's own mean time.
  #expect(zone.offsetSeconds(atUTC: seconds("1880-01-01T00:00:00Z")) == 3208)
}

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func gapsAndOverlaps() throws {
  let zone = try #require(TimeZoneRules.named("Europe/Berlin"))
  func utc(_ local: String) -> Int { zone.utcSeconds(fromLocal: seconds(local)) }
  #expect(utc("2024-03-31T01:59:59Z") == seconds("2024-03-31T00:59:59Z"))
  // 02:30 does not exist and becomes 03:30.
  #expect(utc("2024-03-31T02:30:00Z") == seconds("2024-03-31T01:30:00Z"))
  #expect(utc("2024-03-31T03:00:00Z") == seconds("2024-03-31T01:00:00Z"))
  // 02:30 comes twice; the first is in summer time.
  #expect(utc("2024-10-27T02:30:00Z") == seconds("2024-10-27T00:30:00Z"))
  #expect(utc("2024-10-27T03:00:00Z") == seconds("2024-10-27T02:00:00Z"))
}

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func dayStartsWhereMidnightIsSkipped() throws {
  // Clocks in Beirut go forward at midnight: 31 March 2024 began at 01:00.
  let zone = try #require(TimeZoneRules.named("Asia/Beirut"))
  let period = try #require(periodLiteral("2024-03-31", zone: zone))
  #expect(period.start == Int64(seconds("2024-03-30T22:00:00Z")) * 1_000_000)
  #expect(period.end - period.start == 23 * 3_600_000_000)
}

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func southernSummer() throws {
  let zone = try #require(TimeZoneRules.named("Australia/Sydney"))
  #expect(zone.offsetSeconds(atUTC: seconds("2050-01-01T00:00:00Z")) == 11 * 3600)
  #expect(zone.offsetSeconds(atUTC: seconds("2050-07-01T00:00:00Z")) == 10 * 3600)
}

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func localAndBackIsTheSameInEveryZone() throws {
  let names = TimeZoneRules.allIdentifiers()
  #expect(names.contains("Europe/Berlin") && names.contains("UTC"))
  #expect(!names.contains { $0.contains("tab") || $0.hasPrefix("posix") })
  for name in names.filter({ $0.hasPrefix("America/") || $0.hasPrefix("A") }) {
    guard let zone = TimeZoneRules.named(name) else { continue }
    for time in stride(from: -3_000_000_000, to: 9_000_000_000, by: 86_400 * 61 + 12_345) {
      let local = time + zone.offsetSeconds(atUTC: time)
      let back = zone.utcSeconds(fromLocal: local)
      // In an overlap the earlier of two instants comes back, and it shows the same local time.
      #expect(back == time || back < time && back + zone.offsetSeconds(atUTC: back) == local)
    }
  }
}

@Test(.enabled(if: hasZones, "no time zone files on this system"))
func blocksAgreeWithSingleTimes() throws {
  let zone = try #require(TimeZoneRules.named("America/New_York"))
  var generator = SystemRandomNumberGenerator()
  let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
  var state = seed
  let micros = (0..<5000).map { index -> Int64 in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return index < 4000 ? Int64(state >> 20) * 100 - 90_000_000_000_000 : Int64(bitPattern: state)
  }
  var local = [Int64](repeating: 0, count: micros.count)
  var utc = local
  micros.withUnsafeBufferPointer { input in
    local.withUnsafeMutableBufferPointer { zone.convertToLocal(input, into: $0) }
    utc.withUnsafeMutableBufferPointer { zone.convertToUTC(input, into: $0) }
  }
  for (index, time) in micros.enumerated() {
    let second = Int((Double(time) / 1e6).rounded(.down))
    guard abs(second) < 1 << 40 else { continue }
    let offset = zone.offsetSeconds(atUTC: second)
    #expect(local[index] == time + Int64(offset) * 1_000_000, "seed \(seed)")
    let back = Int64(zone.utcSeconds(fromLocal: second) - second) * 1_000_000
    #expect(utc[index] == time + back, "seed \(seed)")
  }
}

@Test func fixedOffsets() throws {
  #expect(try #require(TimeZoneRules.named("+02:00")).offsetSeconds(atUTC: 0) == 7200)
  #expect(try #require(TimeZoneRules.named("-0330")).offsetSeconds(atUTC: 0) == -12_600)
  #expect(try #require(TimeZoneRules.named("+00:00")).isUTC)
  #expect(TimeZoneRules.named("UTC")?.isUTC == true)
  #expect(TimeZoneRules.named("+25:00") == nil)
}

@Test func namesStayInTheFolder() {
  for name in [
    "../etc/passwd", "/etc/passwd", "Europe/../../etc/passwd", "", ".", "Europe", "Europe/",
    "tzdata.zi", "Nowhere/City", "Europe//Berlin", "right/UTC",
  ] {
    #expect(TimeZoneRules.named(name) == nil, "\(name)")
  }
}

@Test func posixRules() throws {
  let rule = try #require(PosixZoneRule("CET-1CEST,M3.5.0,M10.5.0/3"))
  let switches = rule.switches(years: 2024...2024)
  #expect(
    switches.map(\.time) == [seconds("2024-03-31T01:00:00Z"), seconds("2024-10-27T01:00:00Z")])
  #expect(switches.map(\.offset) == [7200, 3600])
  #expect(PosixZoneRule("<+03>-3")?.standardOffset == 10_800)
  #expect(PosixZoneRule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")?.summer?.start.seconds == -3600)
  let julian = try #require(PosixZoneRule("AAA0BBB,J60/0,300/0")?.summer)
  #expect(julian.start.localSeconds(year: 2024) == seconds("2024-03-01T00:00:00Z"))
  #expect(julian.start.localSeconds(year: 2023) == seconds("2023-03-01T00:00:00Z"))
  #expect(julian.end.localSeconds(year: 2023) == seconds("2023-10-28T00:00:00Z"))
  for text in ["", "C", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "CET-1,", "CET-999"] {
    #expect(PosixZoneRule(text) == nil, "\(text)")
  }
}

@Test func damagedZoneFiles() {
  #expect(TimeZoneFile(bytes: []) == nil)
  #expect(TimeZoneFile(bytes: Array("TZif2".utf8) + [UInt8](repeating: 255, count: 39)) == nil)
  #expect(TimeZoneFile(bytes: Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)) == nil)
}
