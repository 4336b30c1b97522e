import Statistics
import Testing

/// Followers of ordinary accounts, some of which are quiet.
private func ordinary(_ count: Int, day: Double, _ generator: inout SplitMix64) -> FollowerProfiles
{
  var profiles = FollowerProfiles(count: count)
  let ages = (0..<count).map { _ in generator.logNormal(median: 500, sigma: 1) }
  profiles.lowQuality = (0..<count).map { _ in generator.chance(0.2) }
  profiles.followed = (0..<count).map { _ in day + generator.uniform() }
  profiles.created = (profiles.followed ?? []).indices.map { day - ages[$0] }
  profiles.statuses = (0..<count).map { _ in generator.logNormal(median: 300, sigma: 1.5) }
  profiles.followers = (0..<count).map { _ in generator.logNormal(median: 100, sigma: 1.2) }
  profiles.friends = (0..<count).map { _ in generator.logNormal(median: 300, sigma: 1) }
  return profiles
}

private func joined(_ a: FollowerProfiles, _ b: FollowerProfiles) -> FollowerProfiles {
  func both(_ column: KeyPath<FollowerProfiles, [Double]?>) -> [Double]? {
    (a[keyPath: column] ?? []) + (b[keyPath: column] ?? [])
  }
  var all = FollowerProfiles(count: a.count + b.count)
  all.lowQuality = (a.lowQuality ?? []) + (b.lowQuality ?? [])
  all.created = both(\.created)
  all.followed = both(\.followed)
  all.statuses = both(\.statuses)
  all.followers = both(\.followers)
  all.friends = both(\.friends)
  return all
}

/// Accounts made within `width` days, half a year before they followed.
private func bought(
  _ count: Int, day: Double, width: Double, flagged: Double, _ generator: inout SplitMix64
) -> FollowerProfiles {
  var profiles = ordinary(count, day: day, &generator)
  profiles.created = (0..<count).map { _ in day - 180 - width * generator.uniform() }
  profiles.lowQuality = (0..<count).map { _ in generator.chance(flagged) }
  return profiles
}

private func judge(_ cohort: FollowerProfiles, _ usual: FollowerProfiles, expected: Double)
  -> CohortFinding
{
  let excess = Double(cohort.count) - expected
  return judgeCohort(
    CohortInput(
      cohort: cohort, usual: usual, expected: expected,
      excessInterval: Interval(low: excess - 20, high: excess + 20)))
}

@Test func ordinaryCohortsShowNoSign() {
  for seed in 0..<20 as Range<UInt64> {
    var generator = SplitMix64(seed: seed)
    let usual = ordinary(2000, day: 18_000, &generator)
    let finding = judge(ordinary(300, day: 18_010, &generator), usual, expected: 40)
    #expect(finding.verdict == .noSign, "seed \(seed): \(finding.reasons)")
    #expect(finding.score ?? 1 <= 0.4 && finding.bought == 0, "seed \(seed)")
    #expect(finding.boughtInterval.low == 0, "seed \(seed)")
  }
}

@Test func aBatchMadeTogetherIsBoughtLike() throws {
  var generator = SplitMix64(seed: 21)
  let usual = ordinary(2000, day: 18_000, &generator)
  let cohort = joined(
    ordinary(40, day: 18_010, &generator),
    bought(300, day: 18_010, width: 20, flagged: 0.8, &generator))
  let finding = judge(cohort, usual, expected: 40)
  #expect(finding.verdict == .boughtLike && finding.score ?? 0 >= 0.6)
  #expect(finding.signs.contains(.lowQuality) && finding.signs.contains(.creation))
  let creation = try #require(finding.creation)
  #expect(creation.from >= 18_010 - 200 && creation.to <= 18_010 - 180)
  #expect(abs(finding.bought - 300) < 40 && finding.boughtInterval.low < 300)
  #expect(finding.boughtInterval.high > finding.bought)
  // Dilution by the 40 is taken out: 0.8 among the extra ones.
  #expect(abs((finding.lowQuality?.share ?? 0) - 0.8) < 0.08)
}

/// The ordinary low quality of those who came beside a batch is not bought: the interval reaches below.
@Test func theBatchIsInTheIntervalWhereOthersCameWithIt() {
  for seed in 30..<36 as Range<UInt64> {
    var generator = SplitMix64(seed: seed)
    let usual = ordinary(2000, day: 18_000, &generator)
    let cohort = joined(
      ordinary(440, day: 18_010, &generator),
      bought(400, day: 18_010, width: 900, flagged: 0.95, &generator))
    let finding = judge(cohort, usual, expected: 40)
    let (low, high) = (finding.boughtInterval.low, finding.boughtInterval.high)
    #expect(low <= 400 && 400 <= high, "seed \(seed): \(low) to \(high)")
  }
}

/// Nobody is counted as bought for certain where the verdict accuses nobody.
@Test func onlyWhatLooksBoughtHasALeastNumber() {
  for seed in 40..<60 as Range<UInt64> {
    var generator = SplitMix64(seed: seed)
    let usual = ordinary(2000, day: 18_000, &generator)
    // People of a giveaway: more of low quality than usual, of all ages.
    let cohort = joined(
      ordinary(440, day: 18_010, &generator),
      bought(90, day: 18_010, width: 900, flagged: 0.95, &generator))
    let finding = judge(cohort, usual, expected: 40)
    #expect(finding.verdict == .noSign || finding.verdict == .unusual, "seed \(seed)")
    #expect(finding.boughtInterval.low == 0, "seed \(seed)")
    #expect(finding.bought <= (finding.verdict == .noSign ? 0 : 90), "seed \(seed)")
    #expect(finding.boughtInterval.high >= 60, "seed \(seed)")
  }
}

/// A tenth of the usual followers signed up in the same ten days, and two fifths of an event: no batch.
@Test func aWaveOfSignUpsIsNoBatch() {
  for (share, isBatch) in [(160, false), (392, true)] {
    var generator = SplitMix64(seed: 61)
    let usual = joined(
      ordinary(1800, day: 18_000, &generator),
      bought(200, day: 18_010, width: 10, flagged: 0.2, &generator))
    let cohort = joined(
      ordinary(400 - share, day: 18_010, &generator),
      bought(share, day: 18_010, width: 10, flagged: 0.2, &generator))
    let finding = judge(cohort, usual, expected: 10)
    #expect(finding.signs.contains(.creation) == isBatch, "\(share): \(finding.reasons)")
  }
}

@Test func missingColumnsAreNamedAndTheRestDecides() {
  var generator = SplitMix64(seed: 22)
  var usual = ordinary(2000, day: 18_000, &generator)
  var cohort = bought(300, day: 18_010, width: 20, flagged: 0.8, &generator)
  (usual.statuses, cohort.statuses, usual.lowQuality) = (nil, nil, nil)
  let finding = judge(cohort, usual, expected: 20)
  #expect(finding.missing == ["statuses"] && finding.lowQuality == nil)
  #expect(finding.signs.contains(.creation))
  let nothing = judge(FollowerProfiles(count: 300), FollowerProfiles(count: 2000), expected: 20)
  #expect(nothing.verdict == .noProfiles && nothing.score == nil)
  let few = judge(ordinary(9, day: 18_000, &generator), usual, expected: 0.5)
  #expect(few.verdict == .tooFew)
}

@Test func theSameCohortGetsTheSameFinding() {
  var generator = SplitMix64(seed: 23)
  let usual = ordinary(900, day: 18_000, &generator)
  let cohort = bought(1500, day: 18_010, width: 90, flagged: 0.3, &generator)
  let first = judge(cohort, usual, expected: 20)
  let second = judge(cohort, usual, expected: 20)
  #expect(first.score == second.score && first.shape == second.shape)
}

@Test func attentionDecaysAndDeliveriesStop() throws {
  var counts = [Int](repeating: 40, count: 200)
  for (day, added) in [400, 200, 100, 50, 25].enumerated() { counts[100 + day] += added }
  let viral = CountSeries(first: 0, counts: counts)
  let scan = findSpikes(viral)
  let decaying = try #require(scan.events.first.flatMap { scan.course(of: $0, in: viral) })
  #expect(decaying.blockEvidence < -1 && !decaying.endsAbruptly)
  counts = [Int](repeating: 40, count: 200)
  for day in 100..<103 { counts[day] += 300 }
  let block = CountSeries(first: 0, counts: counts)
  let blockScan = findSpikes(block)
  let level = try #require(blockScan.events.first.flatMap { blockScan.course(of: $0, in: block) })
  #expect(level.blockEvidence > 3 && level.endsAbruptly)
}

@Test func aDeliveryOfTenDaysIsLevel() throws {
  var counts = [Int](repeating: 4, count: 200)
  for day in 100..<110 { counts[day] += 1500 }
  let series = CountSeries(first: 0, counts: counts)
  let scan = findSpikes(series)
  let course = try #require(scan.events.first.flatMap { scan.course(of: $0, in: series) })
  #expect(course.blockEvidence > 3 && course.endsAbruptly)
}
