import Testing

@testable import Calendars

/// Cells side by side in one buffer with the room that `parseTimes` wants around them.
private struct Cells {
  var bytes = [UInt8](repeating: 0x39, count: 32)
  var starts: [UInt32] = []
  var ends: [UInt32] = []

  init(_ texts: [String]) {
    for text in texts {
      starts.append(UInt32(bytes.count))
      bytes += Array(text.utf8)
      ends.append(UInt32(bytes.count))
    }
    bytes += [UInt8](repeating: 0x39, count: 32)
  }

  func parse(
    _ format: ParsedTime.Format, zones: LocalZones
  ) -> (block: TimeBlock, micros: [Int64], failed: [UInt8]) {
    var micros = [Int64](repeating: -7, count: starts.count)
    var failed = [UInt8](repeating: 9, count: starts.count)
    var block = TimeBlock()
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      block = parseTimes(
        base: base, starts: starts, ends: ends, count: starts.count, format: format, zones: zones,
        into: &micros, failed: &failed)
    }
    return (block, micros, failed)
  }
}

/// Valid times in every format, damaged ones, and empty cells.
private func mixture(seed: UInt64) -> [String] {
  var state = seed
  func random(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
  let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let weekdays = ["Mon", "tue", "Wed", "Thu", "FRI", "Sat", "Sun", "Day"]
  return (0..<4000).map { _ in
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(random(25))):\(two(random(61))):\(two(random(61)))"
    let year = ["\(1000 + random(9000))", "\(1990 + random(50))", "0000", "2000", "1900"][random(5)]
    let day = two(random(33))
    let date = "\(year)-\(two(random(14)))-\(day)"
    let texts = [
      "\(date)T\(clock)Z", "\(date) \(clock)", "\(date)T\(clock).\(100 + random(900))Z", date, "",
      "\(weekdays[random(8)]) \(names[random(12)]) \(day) \(clock) +0000 \(year)", "word",
      "\(date)T\(clock)+01:00",
    ]
    var bytes = Array(texts[random(texts.count)].utf8)
    if random(4) == 0, !bytes.isEmpty { bytes[random(bytes.count)] = UInt8(random(128)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Test func fastAndPlainParsersAgree() throws {
  let seed = UInt64.random(in: 0...UInt64.max)
  let texts = mixture(seed: seed)
  let cells = Cells(texts)
  let india = try #require(TimeZoneRules.named("+05:30"))
  let zones = [
    LocalZones(.utc), LocalZones(india), LocalZones(times: .utc, days: india),
    LocalZones(times: india, days: try #require(TimeZoneRules.named("America/New_York"))),
  ]
  for zones in zones {
    let expected = texts.map { text in
      var text = text
      return text.withUTF8 { parseTime($0, zones: zones) }
    }
    for format in ParsedTime.Format.allCases {
      let (block, micros, failed) = cells.parse(format, zones: zones)
      for (index, text) in texts.enumerated() {
        let state: UInt8 = text.isEmpty ? 2 : expected[index] == nil ? 1 : 0
        #expect(failed[index] == state, "\(text) as \(format), seed \(seed)")
        #expect(micros[index] == expected[index]?.micros ?? 0, "\(text) as \(format), seed \(seed)")
      }
      #expect(block.nulls == failed.count { $0 == 2 })
      #expect(block.failures == failed.count { $0 == 1 })
      #expect(!block.isDateOnly && !block.isWholeSeconds)
    }
  }
}

@Test func everyDayOfTheFastPath() {
  let days = Array(stride(from: -719_528, to: 2_932_897, by: 37)) + Array(-1000...48_000)
  let cells = Cells(days.map { formatDate(days: $0) })
  let parsed = cells.parse(.isoDate, zones: LocalZones(.utc))
  #expect(parsed.micros == days.map { Int64($0) * 86_400_000_000 })
  #expect(parsed.block == TimeBlock())
}

@Test func blocksSayWhatTheyHold() {
  let seconds = Cells(["2024-03-01T12:00:00Z", "", "2024-03-01T12:00:01Z"]).parse(
    .isoSeconds, zones: LocalZones(.utc))
  #expect(
    seconds.block == TimeBlock(failures: 0, nulls: 1, isWholeSeconds: true, isDateOnly: false))
  let dates = Cells(["2024-03-01", "2024-03-02"]).parse(.isoSeconds, zones: LocalZones(.utc))
  #expect(dates.block == TimeBlock(failures: 0, nulls: 0, isWholeSeconds: true, isDateOnly: true))
  let millis = Cells(["2024-03-01T12:00:00.250Z"]).parse(.iso, zones: LocalZones(.utc))
  #expect(!millis.block.isWholeSeconds)
}

@Test func datesOfABlock() {
  let texts = ["2024-03-01", "", "2024-02-30", "1969-12-31", "2024-03-01T00:00:00Z"]
  let cells = Cells(texts)
  var days = [Int32](repeating: 5, count: texts.count)
  var failed = [UInt8](repeating: 5, count: texts.count)
  cells.bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    let block = parseDates(
      base: base, starts: cells.starts, ends: cells.ends, count: texts.count, into: &days,
      failed: &failed)
    #expect(block.failures == 2 && block.nulls == 1)
  }
  #expect(days == [19_783, 0, 0, -1, 0] && failed == [0, 2, 1, 0, 1])
}

@Test func periodsOfABlock() throws {
  let zone = try #require(TimeZoneRules.named("+02:00"))
  let times = ["2024-03-31T21:59:59Z", "2024-03-31T22:00:00Z", "1969-12-31T21:00:00Z"]
    .map { parseTime($0, zone: .utc)?.micros ?? 0 }
  var days = [Int32](repeating: 0, count: 3)
  var hours = [Int64](repeating: 0, count: 3)
  times.withUnsafeBufferPointer { input in
    days.withUnsafeMutableBufferPointer { floorTimes(input, to: .month, zone: zone, into: $0) }
    hours.withUnsafeMutableBufferPointer { floorHours(input, zone: zone, into: $0) }
  }
  #expect(days.map { formatDate(days: Int($0)) } == ["2024-03-01", "2024-04-01", "1969-12-01"])
  #expect(
    hours.map { formatTime(micros: $0, zone: .utc) } == [
      "2024-03-31T21:00:00Z", "2024-03-31T22:00:00Z", "1969-12-31T21:00:00Z",
    ])
  let input: [Int32] = [-400, -1, 0, 30, 31, 19_783]
  var output = input
  input.withUnsafeBufferPointer { source in
    output.withUnsafeMutableBufferPointer { floorDays(source, to: .month, into: $0) }
  }
  #expect(output.map(Int.init) == input.map { floorDays(Int($0), to: .month) })
}
