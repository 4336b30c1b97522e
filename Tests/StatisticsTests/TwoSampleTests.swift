import Statistics
import Testing

// Expected values by scipy 1.17.1 and numpy, named above each test.

private let few = [3.1, 4.7, 2.2, 9.5, 6.1, 5.0, 7.7]
private let others = [1.2, 3.3, 2.9, 0.4, 4.1, 8.8]
private let tied: [Double] = [1, 2, 2, 3, 3, 3, 4, 5, 5, 9]
private let otherTied: [Double] = [2, 3, 4, 4, 5, 6, 6, 7, 9, 9, 10, 12]
private let many = (1...100).map { Double($0 * $0 % 101) }
private let otherMany = (1...120).map { Double(($0 * $0 * 3 + 17) % 131) }

private func near(_ value: Double, _ expected: Double, _ relative: Double = 1e-9) -> Bool {
  abs(value - expected) <= abs(expected) * relative
}

// scipy.stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue
@Test func mannWhitneyAgreesWithScipy() {
  #expect(near(mannWhitneyP(few, others), 0.1531274510196695))
  #expect(near(mannWhitneyP(tied, otherTied), 0.026017007283423387))
  #expect(near(mannWhitneyP(many, otherMany), 0.005645951938624034))
  #expect(mannWhitneyP([], few) == 1 && mannWhitneyP([2, 2], [2, 2, 2]) == 1)
}

// numpy.median(numpy.subtract.outer(a, b)): of 42, 35, 120 and 12,000 differences.
@Test func hodgesLehmannAgreesWithTheMedianOfAllDifferences() throws {
  let shifts = [
    hodgesLehmannShift(few, others), hodgesLehmannShift(few, Array(others.dropLast())),
    hodgesLehmannShift(many, otherMany),
  ]
  for (found, expected) in zip(shifts, [1.95, 2.8, -14]) {
    let shift = try #require(found).shift
    #expect(abs(shift - expected) < 1e-12, "\(shift) for \(expected)")
  }
  #expect(hodgesLehmannShift([], few) == nil && hodgesLehmannShift(few, []) == nil)
}

// d = ks_2samp(a, b).statistic; scipy.stats.kstwobign.sf(d * sqrt(n * m / (n + m)))
@Test func kolmogorovSmirnovAgreesWithScipy() {
  let cases: [([Double], [Double], Double, Double)] = [
    (few, others, 0.5476190476190477, 0.2872007193514701),
    (tied, otherTied, 0.48333333333333334, 0.1563253301167797),
    (many, otherMany, 0.21666666666666667, 0.011937564699956403),
  ]
  for (first, second, distance, p) in cases {
    let found = kolmogorovSmirnov(first, second)
    #expect(near(found.distance, distance) && near(found.p, p), "\(found)")
  }
  #expect(kolmogorovSmirnov(few, few) == (0, 1))
  #expect(kolmogorovSmirnov([], few) == (0, 1))
}

// The score test: p = (k1 + k2) / (n1 + n2); z = (k1 / n1 - k2 / n2) / sqrt(p (1 - p) (1 / n1 + 1 / n2));
// 2 * scipy.stats.norm.sf(abs(z)).
@Test func twoSharesByTheScoreTest() {
  let cases: [(Int, Int, Int, Int, Double)] = [
    (30, 100, 45, 110, 0.09939953216165574), (560, 7000, 480, 8000, 1.5038607259571136e-06),
  ]
  for (k1, n1, k2, n2, expected) in cases {
    let p = twoProportionsP(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
    #expect(near(p, expected), "\(p) for \(expected)")
  }
}

// scipy.stats.fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue, where an expected count is below 5.
@Test func twoSharesByFishersTest() {
  let cases: [(Int, Int, Int, Int, Double)] = [
    (1, 9, 11, 14, 0.0027594561852200836), (0, 10, 4, 8, 0.022875816993464054),
    (5, 5, 0, 5, 0.007936507936507938), (0, 7, 0, 9, 1), (2, 40, 0, 900, 0.001767384950037387),
  ]
  for (k1, n1, k2, n2, expected) in cases {
    let p = twoProportionsP(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
    #expect(near(p, expected, 1e-8), "\(p) for \(expected)")
  }
  #expect(twoProportionsP(successes1: 0, trials1: 0, successes2: 3, trials2: 4) == 1)
}

/// Random samples with ties against plain twins that look at every pair.
@Test(arguments: 0..<60) func twoSamplesAgreeWithPlainTwins(_ number: Int) throws {
  var random = SplitMix64(seed: UInt64(number))
  func sample() -> [Double] {
    let size = 1 + Int(random.next() % 30)
    return (0..<size).map { _ in Double(random.next() % 17) / 4 }
  }
  let (first, second) = (sample(), sample())
  let differences = first.flatMap { a in second.map { a - $0 } }.sorted()
  let count = differences.count
  let median = (differences[(count - 1) / 2] + differences[count / 2]) / 2
  let found = try #require(hodgesLehmannShift(first, second))
  #expect(abs(found.shift - median) < 1e-12, "seed \(number)")
  #expect(
    found.interval.low <= median && median <= found.interval.high, "seed \(number): \(found)")
  let reversed = try #require(hodgesLehmannShift(second, first))
  #expect(abs(reversed.shift + found.shift) < 1e-12, "seed \(number)")
  let distance = (first + second).map { value in
    abs(part(of: first, atMost: value) - part(of: second, atMost: value))
  }.max()
  #expect(
    abs(kolmogorovSmirnov(first, second).distance - (distance ?? 0)) < 1e-12, "seed \(number)")
  #expect(
    abs(mannWhitneyP(first, second) - mannWhitneyP(second, first)) < 1e-12, "seed \(number)")
}

private func part(of sample: [Double], atMost limit: Double) -> Double {
  Double(sample.filter { $0 <= limit }.count) / Double(sample.count)
}
