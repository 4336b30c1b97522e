import Statistics
import Testing

private func readings(_ counts: [Int]) -> [FollowerReading] {
  counts.enumerated().map { FollowerReading(index: 100 + $0, followers: $1) }
}

@Test func readingsBecomeGains() throws {
  let series = try differenced(readings([0, 0, 1501, 1507, 1505, 1530]), period: .day)
  #expect(series.first == 103 && series.counts == [6, -2, 25] && series.measure == .net)
  #expect(series.spans.isEmpty && !series.missing.contains(true))
}

@Test func aZeroAmongReadingsIsNone() throws {
  let series = try differenced(
    readings([1001, 1011, 0, 1031, 1041, 0, 0, 1071, 1081, 1091, 1101]), period: .day)
  #expect(series.counts[2] == 20 && series.missing[1] && series.spans == [1...2, 4...6])
  // Nobody came back: they are gone.
  let closed = try differenced(readings([1001, 1011, 1021, 0, 0]), period: .day)
  #expect(closed.counts == [10, 10, -1021, 0])
}

@Test func daysWithoutAReadingAreCountedTogether() throws {
  var kept = readings((0..<100).map { 1003 + 10 * $0 })
  kept.removeSubrange(40...42)
  let series = try differenced(kept, period: .day)
  #expect(series.spans == [39...42] && series.counts[42] == 40 && series.missing[41])
  #expect(findSpikes(series).events.isEmpty)
  for place in kept.indices where kept[place].index >= 143 { kept[place].followers += 500 }
  let events = findSpikes(try differenced(kept, period: .day)).events
  #expect(events.map(\.kind) == [.spike])
  #expect(events.first?.start == 140 && events.first?.end == 143)
}

@Test func whatCannotBeDifferencedIsRefused() {
  func refusal(_ readings: [FollowerReading]) -> SpikeRefusal? {
    do throws(SpikeRefusal) {
      _ = try differenced(readings, period: .day)
      return nil
    } catch {
      return error
    }
  }
  #expect(refusal([]) == .noReadings)
  #expect(refusal(readings([7])) == .noReadings)
  #expect(refusal(readings([2000, 2001, 2003]).reversed()) == .noReadings)
  let weekly = (0..<60).map { FollowerReading(index: 7 * $0, followers: 1000 + 13 * $0) }
  guard case .sparseReadings = refusal(weekly) else {
    Issue.record("weekly readings by day")
    return
  }
  let rounded = (0..<60).map { (1_230_000 + 800 * $0) / 10_000 * 10_000 }
  #expect(refusal(readings(rounded)) != nil)
  // 100.1K: rounded to hundreds, beyond three digits.
  #expect(refusal(readings((0..<60).map { (100_130 + 70 * $0) / 100 * 100 })) != nil)
  // Steps of 10,000 at 30,000 a day are no hindrance.
  #expect(refusal(readings((0..<60).map { 1_230_000 + 30_000 * $0 })) == nil)
}
