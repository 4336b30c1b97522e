import Statistics
import Testing

private func near(_ value: Double, _ expected: Double, _ relative: Double = 2e-6) -> Bool {
  abs(value - expected) <= max(abs(expected) * relative, 5e-7 * (relative == 2e-6 ? 1 : 0))
}

private func near(_ interval: Interval, _ low: Double, _ high: Double) -> Bool {
  abs(interval.low - low) < 6e-7 && abs(interval.high - high) < 2e-6
}

@Test func wilson() {
  #expect(near(wilsonInterval(successes: 30, trials: 100), 0.218949, 0.395847))
  #expect(near(wilsonInterval(successes: 0, trials: 20), 0, 0.161125))
  #expect(near(wilsonInterval(successes: 20, trials: 20), 0.838875, 1))
  #expect(wilsonInterval(successes: 0, trials: 20).low == 0)
  #expect(wilsonInterval(successes: 0, trials: 0) == Interval(low: 0, high: 1))
}

@Test func newcombe() {
  let cases: [(Int, Int, Int, Int, Double, Double, Double)] = [
    (56, 70, 48, 80, 0.2, 0.052431, 0.333873), (9, 10, 3, 10, 0.6, 0.170523, 0.809018),
    (10, 10, 0, 20, 1, 0.679086, 1),
  ]
  for (k1, n1, k2, n2, difference, low, high) in cases {
    let result = newcombeDifference(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
    #expect(near(result.difference, difference) && near(result.interval, low, high))
  }
}

@Test func tails() {
  #expect(abs(poissonTail(atLeast: 20, mean: 10) / 0.00345434 - 1) < 2e-6)
  let cases: [(Int, Double, Double, Double)] = [
    (20, 10, 0.1, 0.0307142), (100, 40, 0.05, 1.63308e-5), (5, 0.5, 0.2, 5.71553e-4),
  ]
  for (count, mean, dispersion, expected) in cases {
    let tail = negativeBinomialTail(atLeast: count, mean: mean, dispersion: dispersion)
    #expect(abs(tail / expected - 1) < 3e-6)
  }
  let far = hypergeometricTail(atLeast: 12, population: 1000, marked: 50, draws: 100)
  #expect(abs(far / 0.00245834 - 1) < 2e-6)
  let close = hypergeometricTail(atLeast: 1, population: 1000, marked: 50, draws: 10)
  #expect(abs(close / 0.402689 - 1) < 2e-6)
  #expect(abs(binomialTail(atLeast: 60, trials: 100, chance: 0.5) - 0.02844396682049039) < 1e-13)
  #expect(abs(binomialTail(atLeast: 3, trials: 20, chance: 0.1) - 0.323073194810534) < 1e-13)
}

@Test func medianRanks() {
  let cases = [(10, 2, 9), (25, 8, 18), (100, 40, 61), (1000, 469, 532), (6, 1, 6)]
  for (count, low, high) in cases {
    let ranks = quantileRanks(count: count)
    #expect(ranks?.low == low && ranks?.high == high, "\(count)")
  }
  #expect(quantileRanks(count: 5) == nil && quantileRanks(count: 0) == nil)
}

@Test func falseDiscoveries() {
  let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]
  #expect(benjaminiHochberg(p, q: 0.05) == [true, true] + [Bool](repeating: false, count: 6))
  #expect(benjaminiHochberg(p.reversed(), q: 0.05).filter { $0 }.count == 2)
  #expect(benjaminiHochberg([], q: 0.05).isEmpty)
  let adjusted = benjaminiHochbergAdjusted(p)
  #expect(abs(adjusted[1] - 0.032) < 1e-12 && abs(adjusted[2] - 0.0672) < 1e-12)
  #expect(
    holmAdjusted([0.01, 0.04, 0.03, 0.005]).map { ($0 * 1000).rounded() } == [30, 60, 60, 20])
  #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
}

@Test func normalQuantiles() {
  let cases = [
    (0.3, -0.5244005127080409), (0.05, -1.6448536269514729), (0.975, 1.9599639845400545),
    (1e-5, -4.264890793922825), (1e-20, -9.262340089798408),
  ]
  for (probability, expected) in cases {
    #expect(abs(normalQuantile(probability) / expected - 1) < 1e-14)
  }
  #expect(normalQuantile(0.5) == 0 && normalQuantile(0) == -.infinity)
  #expect(normalQuantile(1) == .infinity && normalQuantile(1.5).isNaN)
}

@Test func ratioOfSums() throws {
  let g = [1.0, 4, 3, 8, 2, 7], f = [2.0, 5, 4, 9, 1, 9]
  func sum(_ terms: [Double]) -> Double { terms.reduce(0, +) }
  let result = try #require(
    ratioOfSumsInterval(
      sumG: sum(g), sumF: sum(f), sumGG: sum(zip(g, g).map(*)), sumFF: sum(zip(f, f).map(*)),
      sumFG: sum(zip(f, g).map(*)), count: 6))
  // From the residuals themselves.
  let ratio = 25.0 / 30
  let residuals = zip(g, f).map { $0 - ratio * $1 }
  let variance = sum(residuals.map { $0 * $0 }) / 5
  let half = normal95 * (variance / 6).squareRoot() / 5
  #expect(abs(result.ratio - ratio) < 1e-15)
  #expect(abs(result.interval.high - ratio - half) < 1e-12)
  #expect(ratioOfSumsInterval(sumG: 1, sumF: 0, sumGG: 1, sumFF: 0, sumFG: 0, count: 5) == nil)
}

@Test func finitePopulations() {
  #expect(abs(finitePopulationFactor(sample: 100, population: 1000) - 0.9491580) < 1e-6)
  #expect(finitePopulationFactor(sample: 1000, population: 1000) == 0)
  #expect(finitePopulationFactor(sample: 5, population: 0) == 0)
}
