import Testing

@testable import Statistics

/// The dispersion of counts by climbing, against the likelihood of every value of the grid.
@Suite struct CensoredDispersionTests {
  @Test(arguments: 1...30 as ClosedRange<UInt64>) func theLikeliestOfAllIsFound(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let rate = [0.3, 4, 40, 600, 6000][Int(seed) % 5]
    let dispersion = [0.001, 0.02, 0.1, 0.5, 1.7, 0.05][Int(seed) % 6]
    let days = 20 + generator.integer(below: 300)
    let means = (0..<days).map { _ in rate * (0.7 + 0.6 * generator.uniform()) }
    let counts = means.map { mean in
      Double(
        generator.poisson(mean: generator.gamma(shape: 1 / dispersion, mean: mean))
          + (generator.chance(0.04) ? Int(6 * mean) : 0))
    }
    let found = censoredDispersion(
      counts, means: means, usable: [Bool](repeating: true, count: days))
    let best = dispersionGrid.map { plainLikelihood(counts, means, $0) }.max() ?? 0
    let own = plainLikelihood(counts, means, found)
    #expect(own >= best - 1e-9 * abs(best), "seed \(seed): \(found)")
  }

  private func plainLikelihood(_ counts: [Double], _ means: [Double], _ dispersion: Double)
    -> Double
  {
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let residuals = zip(counts, means).map { ($0 - $1) / $1.squareRoot() }
    let center = middle(residuals)
    let deviation = 1.4826 * middle(residuals.map { abs($0 - center) })
    return zip(counts, means).reduce(0) { sum, day in
      let (count, mean) = day
      let limit = (mean + 1.5 * (mean * max(1, deviation * deviation)).squareRoot()).rounded(.up)
      return sum
        + (count <= limit
          ? lnNegativeBinomial(Int(count), mean: mean, dispersion: dispersion)
          : lnNegativeBinomialTail(atLeast: Int(limit) + 1, mean: mean, dispersion: dispersion))
    }
  }
}
