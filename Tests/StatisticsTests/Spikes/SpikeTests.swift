import Statistics
import Testing

/// Counts of days around a rate with gamma noise, quieter at weekends.
private func quietDays(
  _ days: Int, rate: Double = 40, dispersion: Double = 0.1, seed: UInt64
) -> [Int] {
  var generator = SplitMix64(seed: seed)
  return (0..<days).map { day in
    let factor = SeriesPeriod.day.phase(of: day) >= 5 ? 0.7 : 1.1
    return generator.poisson(mean: generator.gamma(shape: 1 / dispersion, mean: rate * factor))
  }
}

@Test func aBlockOfThreeDaysIsOneEvent() throws {
  var counts = quietDays(365, seed: 1)
  for day in 200..<203 { counts[day] += 300 }
  let scan = findSpikes(CountSeries(first: 0, counts: counts))
  let event = try #require(scan.events.first)
  #expect(scan.events.count == 1)
  #expect(event.kind == .spike && event.start == 200 && event.end == 202)
  #expect(abs(event.excess - 900) < 150 && event.excessInterval.low < 900)
  #expect(event.excessInterval.high > 900 && event.ratio > 5 && event.q ?? 1 < 1e-6)
  #expect(scan.baseline.count == 365)
}

/// A busy day and one of few with low quality lie in the week before a block.
@Test func aBlockTakesInNoNeighbours() throws {
  var counts = (0..<200).map { [9, 8, 11, 7, 10, 9, 12][$0 % 7] }
  var low = (0..<200).map { [1, 0, 2, 1, 0, 1, 1][$0 % 7] }
  (counts[95], counts[97], counts[100]) = (16, 3, 77)
  (low[95], low[97], low[100]) = (3, 2, 68)
  let scan = findSpikes(CountSeries(first: 0, counts: counts, lowQuality: low))
  #expect(scan.events.map { [$0.start, $0.end] } == [[100, 100]])
}

@Test func cleanYearsAreQuiet() {
  var found = 0
  for seed in 0..<60 as Range<UInt64> {
    found += findSpikes(CountSeries(first: 0, counts: quietDays(730, seed: seed))).events.count
  }
  #expect(found <= 10, "\(found) events in 120 clean years")
}

@Test func weekdaysAreLearnt() {
  let scan = findSpikes(CountSeries(first: 0, counts: quietDays(730, dispersion: 0.02, seed: 3)))
  for phase in 0..<7 {
    let expected = (phase >= 5 ? 0.7 : 1.1) / (6.9 / 7)
    #expect(abs(scan.seasonalFactors[phase] - expected) < 0.1, "phase \(phase)")
  }
  #expect(scan.dispersion > 0.005 && scan.dispersion < 0.05)
}

@Test func aGapIsNoEventAndItsCatchUpIsNoSpike() {
  var counts = quietDays(365, seed: 4)
  let lost = counts[100..<105].reduce(0, +)
  for day in 100..<105 { counts[day] = 0 }
  counts[105] += lost
  let scan = findSpikes(CountSeries(first: 0, counts: counts))
  #expect(scan.events.map(\.kind) == [.gap, .catchUp])
  #expect(scan.events.first?.start == 100 && scan.events.first?.end == 104)
  #expect(scan.isObserved[99] && !scan.isObserved[102] && !scan.isObserved[105])
  counts[105] += 1000
  #expect(findSpikes(CountSeries(first: 0, counts: counts)).events.map(\.kind) == [.gap, .spike])
}

@Test func theTotalHidesWhatLowQualityShows() {
  var counts = quietDays(365, rate: 60, dispersion: 0.2, seed: 5)
  var low = counts.map { $0 / 5 }
  counts[180] += 45
  low[180] += 40
  #expect(findSpikes(CountSeries(first: 0, counts: counts)).events.isEmpty)
  let events = findSpikes(CountSeries(first: 0, counts: counts, lowQuality: low)).events
  #expect(events.map(\.start) == [180] && events.first?.channel == .lowQuality)
}

@Test func shortAndCoarseSeriesAreRefused() {
  let short = findSpikes(CountSeries(first: 0, counts: [Int](repeating: 9, count: 27)))
  #expect(short.refusal == .tooShort(usable: 27, needed: 28) && short.events.isEmpty)
  #expect(inferredTimesRefusal(recordsADay: 0.05, medianWidthDays: 1) != nil)
  #expect(inferredTimesRefusal(recordsADay: 4, medianWidthDays: 0.4) == nil)
  let zeros = findSpikes(CountSeries(first: 0, counts: [Int](repeating: 0, count: 400)))
  #expect(zeros.events.isEmpty && zeros.refusal == nil)
}

@Test func aPartialLastDayIsNoBaseline() {
  #expect(isPartialDay(capturedAtSecondOfDay: 82_799))
  #expect(!isPartialDay(capturedAtSecondOfDay: 82_800))
  var counts = quietDays(120, seed: 6)
  counts[119] = 1
  let whole = findSpikes(CountSeries(first: 0, counts: counts))
  let partial = findSpikes(CountSeries(first: 0, counts: counts, lastIsPartial: true))
  #expect(whole.events.isEmpty && partial.events.isEmpty)
  #expect(partial.baseline[110] > whole.baseline[110])
}

@Test func netSeriesDrop() {
  var counts = quietDays(365, seed: 7)
  counts[150] = -2500
  let scan = findSpikes(CountSeries(first: 0, counts: counts, measure: .net))
  #expect(scan.events.map(\.kind) == [.drop] && scan.events.first?.observed == -2500)
}

@Test func hoursHaveAWeekOfFactors() {
  var generator = SplitMix64(seed: 8)
  var counts = (0..<(24 * 60)).map { hour in
    generator.poisson(mean: hour % 24 < 8 ? 5.0 : 20)
  }
  #expect(findSpikes(CountSeries(period: .hour, first: 0, counts: counts)).events.isEmpty)
  for hour in 700..<703 { counts[hour] += 90 }
  let scan = findSpikes(CountSeries(period: .hour, first: 0, counts: counts))
  #expect(scan.seasonalFactors.count == 168)
  #expect(scan.events.map(\.start) == [700] && scan.events.map(\.end) == [702])
  let short = CountSeries(period: .hour, first: 0, counts: [Int](counts[0..<600]))
  #expect(findSpikes(short).refusal == .tooShort(usable: 600, needed: 672))
}

@Test func quietNightsAreNoGaps() {
  var generator = SplitMix64(seed: 31)
  var counts = (0..<(24 * 120)).map { hour in
    generator.poisson(mean: (2..<7).contains(hour % 24) ? 0.4 : 6)
  }
  #expect(findSpikes(CountSeries(period: .hour, first: 0, counts: counts)).events.isEmpty)
  for hour in 1210..<1222 { counts[hour] = 0 }
  let events = findSpikes(CountSeries(period: .hour, first: 0, counts: counts)).events
  #expect(events.map(\.kind) == [.gap] && (1206...1210).contains(events[0].start))
}

@Test func aWeeklyShowIsItsWeekday() {
  var generator = SplitMix64(seed: 32)
  func days(_ rate: Double) -> [Int] {
    (0..<730).map { day in
      let phase = SeriesPeriod.day.phase(of: day)
      let factor = phase == 0 ? 3.0 : phase >= 5 ? 0.4 : 1
      return generator.poisson(mean: generator.gamma(shape: 15, mean: rate * factor))
    }
  }
  for rate in [10.0, 50, 1_000_000] {
    var counts = days(rate)
    let scan = findSpikes(CountSeries(first: 0, counts: counts))
    #expect(scan.events.isEmpty, "rate \(rate)")
    #expect(abs(scan.seasonalFactors[0] / scan.seasonalFactors[1] - 3) < 0.4, "rate \(rate)")
    counts[361] += Int(6 * rate)
    #expect(findSpikes(CountSeries(first: 0, counts: counts)).events.map(\.start) == [361])
  }
}

@Test func oneSpikeMakesNoWeekday() {
  var counts = quietDays(70, seed: 33)
  counts[37] += 4000
  let scan = findSpikes(CountSeries(first: 0, counts: counts))
  #expect(scan.seasonalFactors[SeriesPeriod.day.phase(of: 37)] < 1.5)
  #expect(scan.events.map(\.start) == [37])
}

@Test func weeksHaveNone() {
  var counts = (0..<80).map { _ in 200 }
  counts[40] = 900
  let scan = findSpikes(CountSeries(period: .week, first: 0, counts: counts))
  #expect(scan.seasonalFactors == [1] && scan.events.map(\.start) == [40])
}

@Test func phasesStartOnMonday() {
  // 1970-01-01 was a Thursday.
  #expect(SeriesPeriod.day.phase(of: 0) == 3 && SeriesPeriod.day.phase(of: -3) == 0)
  #expect(SeriesPeriod.hour.phase(of: -72) == 0 && SeriesPeriod.hour.phase(of: 96) == 0)
}

@Test func liveSearchesSeeNoFuture() {
  var counts = quietDays(365, seed: 9)
  counts[250] += 400
  var options = SpikeOptions()
  options.isLive = true
  let whole = findSpikes(CountSeries(first: 0, counts: counts), options)
  #expect(whole.events.contains { $0.start <= 250 && $0.end >= 250 })
  let half = findSpikes(CountSeries(first: 0, counts: [Int](counts[0..<300])), options)
  #expect(half.events == whole.events.filter { $0.end < 300 })
  #expect(half.baseline == [Double](whole.baseline[0..<300]))
}
