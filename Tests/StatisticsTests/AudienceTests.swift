import Glibc
import Statistics
import Testing

/// Audiences that change are no drips: nothing here was bought.
@Suite struct AudienceTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>, [0.4, 0.7, 1.6])
  func attentionThatDecaysSlowlyIsNoDrip(_ seed: UInt64, _ youth: Double) {
    var list = Audience(seed)
    for day in 0..<30 { list.add(240 + day, mean: 400 * pow(0.84, Double(day)), youth: youth) }
    #expect(drips(list.list).isEmpty, "seed \(seed)")
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>, [0.4, 0.7, 1.6])
  func aCampaignAndANewAudienceAreNoDrips(_ seed: UInt64, _ youth: Double) {
    var (campaign, audience) = (Audience(seed), Audience(seed))
    for day in 200..<260 { campaign.add(day, mean: 30, youth: youth) }
    for day in 200..<Audience.days { audience.add(day, mean: 60, youth: youth) }
    #expect(drips(campaign.list).isEmpty, "seed \(seed)")
    #expect(drips(audience.list).isEmpty, "seed \(seed)")
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>) func quietPeopleAreNoDrip(_ seed: UInt64) {
    var list = Audience(seed)
    for day in 200..<260 { list.add(day, mean: 30, low: 0.9) }
    #expect(drips(list.list).isEmpty, "seed \(seed)")
  }

  /// A fifth of all followers ever signed up in five weeks.
  @Test(arguments: 1...6 as ClosedRange<UInt64>, [4, 25])
  func aWaveThatAlwaysSuppliesIsNoDrip(_ seed: UInt64, _ mean: Double) {
    let list = Audience(seed, mean: mean, wave: 0.2)
    #expect(drips(list.list).isEmpty, "seed \(seed)")
  }

  /// The stock of a seller has edges that no change of the ages has.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func aDripIsFoundBesideAttention(_ seed: UInt64) {
    var list = Audience(seed)
    for day in 0..<30 { list.add(300 + day, mean: 300 * pow(0.84, Double(day)), youth: 0.6) }
    for day in 120..<220 { list.addStock(day, mean: 8, made: -500 ..< -380) }
    let found = drips(list.list)
    #expect(found.count == 1, "seed \(seed): \(found)")
    let drip = found.first
    #expect(abs((drip?.start ?? 0) - 120) <= 21 && abs((drip?.end ?? 0) - 219) <= 21, "\(found)")
    #expect((400...1100).contains(drip?.excess ?? 0), "seed \(seed): \(found)")
  }
}

/// People who follow an account: a tenth have just signed up.
private struct Audience {
  static let days = 420
  private var generator: SplitMix64
  private let wave: Double
  private var (follows, created, low): ([Int32], [Int32], [Bool]) = ([], [], [])

  /// `wave`: the part of them who signed up in one stretch of five weeks.
  init(_ seed: UInt64, mean: Double = 30, wave: Double = 0) {
    generator = SplitMix64(seed: seed)
    self.wave = wave
    for day in 0..<Self.days { add(day, mean: mean) }
  }

  mutating func add(_ day: Int, mean: Double, youth: Double = 1, low share: Double = 0.25) {
    for _ in 0..<generator.poisson(mean: mean) {
      let age =
        generator.chance(0.1) ? 1 : generator.logNormal(median: 800 * youth, sigma: 1)
      let isOfWave = generator.chance(wave)
      follows.append(Int32(day))
      created.append(
        Int32(isOfWave ? -700 + 35 * generator.uniform() : max(-5000, Double(day) - age)))
      low.append(generator.chance(share))
    }
  }

  /// Accounts for sale, well made.
  mutating func addStock(_ day: Int, mean: Double, made: Range<Double>) {
    for _ in 0..<generator.poisson(mean: mean) {
      follows.append(Int32(day))
      created.append(
        Int32(made.lowerBound + (made.upperBound - made.lowerBound) * generator.uniform()))
      low.append(generator.chance(0.2))
    }
  }

  var list: DripList {
    DripList(
      followDays: follows, createdDays: created, isLowQuality: low,
      isMasked: [Bool](repeating: false, count: Self.days))
  }
}
