import Glibc
import Statistics
import Testing

/// The drips of a list, sign after sign.
func drips(_ list: DripList) -> [DripSegment] {
  let search = DripSearch(list)
  return search.drips(DripSearch.Sign.allCases.flatMap { search.segments($0) })
}

extension DripList {
  /// Of rows in any order; those of days outside the series are left out.
  init(followDays: [Int32], createdDays: [Int32], isLowQuality: [Bool]?, isMasked: [Bool]) {
    let days = followDays.indices.reduce(into: [[Int]](repeating: [], count: isMasked.count)) {
      if isMasked.indices.contains(Int(followDays[$1])) { $0[Int(followDays[$1])].append($1) }
    }
    let rows = days.joined()
    self.init(
      dayStarts: days.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) },
      createdDays: rows.map { createdDays[$0] },
      isLowQuality: isLowQuality.map { flags in rows.map { flags[$0] } }, isMasked: isMasked)
  }
}

/// Organic followers, and fakes of three creation windows of ten days, or of any date.
private func list(
  fakesPerDay: Double, from: Int, to: Int, isScattered: Bool = false, seed: UInt64
) -> DripList {
  var generator = SplitMix64(seed: seed)
  var (follows, created, low): ([Int32], [Int32], [Bool]) = ([], [], [])
  let starts = (0..<3).map { _ in Double(from) - 80 - 900 * generator.uniform() }
  for day in 0..<500 {
    for _ in 0..<generator.poisson(mean: 40) {
      follows.append(Int32(day))
      // Of those who follow beside a stock of any dates some have just signed up.
      let isNew = isScattered && generator.chance(0.12)
      created.append(
        Int32(Double(day) - (isNew ? 1 : generator.logNormal(median: 400, sigma: 1.3))))
      low.append(generator.chance(0.25))
    }
    for _ in 0..<generator.poisson(mean: (from...to).contains(day) ? fakesPerDay : 0) {
      follows.append(Int32(day))
      let window = starts[generator.integer(below: 3)] + 10 * generator.uniform()
      let anyDate = Double(day) - 30 - 1500 * generator.uniform()
      created.append(Int32(isScattered ? anyDate : window))
      low.append(generator.chance(0.9))
    }
  }
  return DripList(
    followDays: follows, createdDays: created, isLowQuality: low,
    isMasked: [Bool](repeating: false, count: 500))
}

@Test func aDripOfFewWindowsIsFound() throws {
  for seed in UInt64(1)...3 {
    let found = drips(list(fakesPerDay: 8, from: 200, to: 289, seed: seed))
    let drip = try #require(found.count == 1 ? found[0] : nil, "seed \(seed): \(found)")
    #expect(abs(drip.start - 200) <= 14 && abs(drip.end - 289) <= 14, "seed \(seed)")
    #expect(drip.channels.contains(.lowQualityBands))
    #expect((400...900).contains(drip.excess), "seed \(seed): \(drip.excess)")
    #expect(!drip.bands.isEmpty && drip.followers > 90 * 30)
  }
}

@Test func aDripOfScatteredDatesIsFound() throws {
  let input = list(fakesPerDay: 15, from: 200, to: 289, isScattered: true, seed: 9)
  let found = drips(input)
  let drip = try #require(found.count == 1 ? found[0] : nil)
  #expect(drip.channels.contains(.lowQuality) && drip.start >= 190 && drip.end <= 300)
  var masked = input
  masked.isMasked = (0..<500).map { (195..<295).contains($0) }
  #expect(drips(masked).isEmpty)
}

@Test func cleanYearsAndNothing() {
  let alarms = (UInt64(20)..<30).map { drips(list(fakesPerDay: 0, from: 0, to: 0, seed: $0)).count }
  #expect(alarms.reduce(0, +) <= 2, "\(alarms)")
  #expect(drips(DripList(followDays: [], createdDays: [], isLowQuality: nil, isMasked: [])).isEmpty)
  let outside = DripList(
    followDays: [-1, 7], createdDays: [.min, 0], isLowQuality: [true, true], isMasked: [false])
  #expect(drips(outside).isEmpty)
}

/// Followers of one share of low quality a day; what is above a fifth never signed up to follow.
private func list(seed: UInt64, hasNewcomers: Bool = false, share: (Int) -> Double) -> DripList {
  var generator = SplitMix64(seed: seed)
  var (follows, created, low): ([Int32], [Int32], [Bool]) = ([], [], [])
  for day in 0..<700 {
    for _ in 0..<generator.poisson(mean: 60) {
      follows.append(Int32(day))
      low.append(generator.chance(share(day)))
      let newcomers = hasNewcomers || !low[low.count - 1] ? 0.15 : 0.15 * 0.2 / share(day)
      let age = generator.chance(newcomers) ? 1 : generator.logNormal(median: 400, sigma: 1)
      created.append(Int32(Double(day) - age))
    }
  }
  return DripList(
    followDays: follows, createdDays: created, isLowQuality: low,
    isMasked: [Bool](repeating: false, count: 700))
}

@Test func aShareThatWandersOrStaysUpIsNoDrip() {
  var alarms: [DripSegment] = []
  for seed in UInt64(40)..<44 {
    alarms += drips(list(seed: seed) { 0.25 + 0.08 * sin(Double($0) / 60) })
    alarms += drips(list(seed: seed) { 0.15 + 0.0003 * Double($0) })
    alarms += drips(list(seed: seed) { $0 < 300 ? 0.2 : 0.35 })
    let drip = drips(list(seed: seed) { (400..<500).contains($0) ? 0.35 : 0.2 })
    #expect(drip.count == 1 && abs(drip[0].start - 400) <= 14, "seed \(seed): \(drip)")
    #expect(drip.allSatisfy { $0.excess < 100 * 60 * 0.2 && $0.excess > 300 })
    alarms += drips(
      list(seed: seed, hasNewcomers: true) { (400..<500).contains($0) ? 0.35 : 0.2 })
  }
  #expect(alarms.count <= 1, "\(alarms.map { "\($0.start) \($0.end) \($0.lnP)" })")
}
