import Statistics
import Testing

/// Numbers of all magnitudes, edges among them, some missing.
private func wildNumbers(_ count: Int, seed: UInt64) -> ProfileNumbers {
  var generator = SplitMix64(seed: seed)
  let edges = Scorecard.trained.terms.flatMap { $0.edges + $0.across }
  func value() -> Double {
    switch generator.integer(below: 12) {
    case 0: .nan
    case 1: 0
    case 2: -Double(generator.integer(below: 9))
    case 3: .infinity
    case 4: 1e-9
    case 5...7: edges[generator.integer(below: edges.count)]
    case 8: edges[generator.integer(below: edges.count)].nextDown
    default: Double(generator.integer(below: 1 << (1 + generator.integer(below: 30))))
    }
  }
  var numbers = ProfileNumbers(count: count)
  for column in ProfileColumn.allCases { numbers[column] = (0..<count).map { _ in value() } }
  return numbers
}

/// The first follower of whom eight at a time say something else.
private func firstDifference(_ card: Scorecard, _ numbers: ProfileNumbers) -> Int? {
  let (found, plain) = (card.evidenceByEights(numbers), card.evidence(numbers))
  return plain.indices.first { found[$0] != plain[$0] }
}

@Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
func eightAtATimeGiveTheEvidenceToTheBit(seed: UInt64) {
  var numbers = wildNumbers(3000, seed: seed)
  #expect(firstDifference(.trained, numbers) == nil, "seed \(seed)")
  numbers[.friends] = nil
  numbers[.listed] = nil
  #expect(firstDifference(.trained, numbers) == nil, "seed \(seed)")
}

/// A few followers less than eight, or more.
@Test(arguments: 0..<20) func eightsEndAnywhere(count: Int) {
  let numbers = wildNumbers(count, seed: 9)
  #expect(firstDifference(.trained, numbers) == nil)
}

/// Edges of any size, and close together.
@Test(arguments: [[-1.0, 3], [0, 1], [5, 5.000001], [1, 3e6], []])
func edgesLieAnywhere(edges: [Double]) {
  let weights = (0...edges.count).map { Double($0) + 0.25 }
  let card = Scorecard(
    name: "odd", intercept: 0.5,
    terms: [
      ScorecardTerm(.friends, edges: edges, weights: weights),
      ScorecardTerm(.followers, edges: [2, 30], weights: [-1, 0, 1]),
    ])
  let numbers = wildNumbers(2000, seed: 8)
  #expect(firstDifference(card, numbers) == nil)
}

@Test func scoresAreTheScoreOfEach() {
  let weights = stride(from: -40.0, through: 40, by: 0.37).map { $0 } + [.infinity, -.infinity]
  for rate in [0, 0.001, 0.05, 0.5, 1] {
    #expect(
      scores(evidence: weights, baseRate: rate)
        == weights.map { score(evidence: $0, baseRate: rate) })
  }
}

/// Weights far from a limit, around it and next to it.
@Test(arguments: [0, 0.0005, 0.05, 0.5, 0.9, 0.999, 1]) func limitsAreThoseOfScores(limit: Double) {
  for rate in [0, 0.001, 0.05, 0.5, 1] {
    let at = evidence(score: limit, baseRate: rate)
    let near = [0, 1e-15, 1e-12, 1e-7, 2e-6, 0.1].flatMap { [at - $0, at + $0] }
    let others: [Double] = [-800, -40, 0, 3, 40, 800, .infinity, -.infinity, .nan]
    let scoreLimit = ScoreLimit(limit, baseRate: rate)
    for weight in near + [at.nextUp, at.nextDown] + others {
      let isBelow = score(evidence: weight, baseRate: rate) < limit
      #expect(scoreLimit.isAbove(scoreOf: weight) == isBelow, "\(weight) at \(rate)")
    }
  }
}

@Test(arguments: [6, 7] as [UInt64]) func reasonsOfManyAreThoseOfEach(seed: UInt64) {
  let numbers = wildNumbers(400, seed: seed)
  let rows = stride(from: 1, to: 400, by: 3).map(\.self)
  let found = Scorecard.trained.reasons(numbers, rows: rows, from: 0.05, most: 3)
  for (row, reasons) in zip(rows, found) {
    let one = Scorecard.trained.reasons(numbers, row: row).filter { $0.evidence >= 0.05 }
    #expect(reasons == Array(one.prefix(3)), "seed \(seed), row \(row)")
  }
}

@Test(arguments: [1, 2] as [UInt64]) func scoresAreCountedAsOneByOne(_ seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  for (limit, rate) in [(0.9, 0.05), (0.5, 0.05), (0.9999, 0.05)] {
    let (first, second) = (ScoreLimit(limit, baseRate: rate), ScoreLimit(0.7, baseRate: rate))
    let far = (0..<500).map { _ in 20 * generator.uniform() - 10 }
    // With weights at the limit, and one that is none.
    for weights in [far, far + [evidence(score: limit, baseRate: rate), .nan, .infinity]] {
      let counts = ScoreLimits(first, second).counts(scoresOf: weights)
      let plain = weights.map { weight in
        [first, second].count { $0.isAbove(scoreOf: weight) }
      }
      #expect(counts.map { Int($0) } == plain, "seed \(seed)")
    }
  }
}

@Test(arguments: [0, 3, 100]) func livesAndRatesAreThoseOfEachAccount(_ count: Int) {
  var generator = SplitMix64(seed: 5)
  let captured: Int64 = 1_700_000_000_000_000
  let created = (0..<count).map { _ -> Int64 in
    generator.chance(0.1) ? .min : captured + 86_400_000_000 - Int64(generator.next() >> 14)
  }
  let lives = AccountLives(created, until: captured)
  let counts = created.indices.map { $0 % 7 == 0 ? .nan : Double($0) }
  var isKnown = [UInt8](repeating: 0, count: count)
  var isMore = isKnown
  lives.addRates(counts, atLeast: 0.1, isKnown: &isKnown, isMore: &isMore)
  for (row, made) in created.enumerated() {
    let days = made == .min ? Double.nan : max(1, Double(captured - made) / 86_400_000_000)
    #expect(lives.days[row] == days || days.isNaN && lives.days[row].isNaN)
    let isAge = made != .min && made <= captured
    #expect(isAge ? lives.ages[row] == days : lives.ages[row].isNaN)
    #expect(isKnown[row] == ((counts[row] / days).isNaN ? 0 : 1))
    #expect(isMore[row] == (counts[row] / days >= 0.1 ? 1 : 0))
  }
}
