import Glibc

/// What is usual for an account: the expected count of each period and the noise around it.
struct Baseline {
  /// The expected counts, positive.
  var means: [Double]
  /// α of variance = mean + α mean².
  var dispersion: Double
  /// Seasonal factors by phase.
  var factors: [Double]
}

/// Counts with all that a fit needs to know of them.
struct BaselineInput {
  var counts: [Double]
  /// Periods whose counts may teach what is usual.
  var usable: [Bool]
  var phases: [Int]
  var cycle: Int
  var rules: PeriodRules

  /// Fits level, factors and noise, three times: what lies far above leaves the next fit.
  ///
  /// After Farrington et al. 1996 and Noufaily et al. 2013: a robust local mean, an overdispersed
  /// tail, and outliers removed from the baseline.
  func fitted() -> Baseline {
    var kept = usable
    var baseline = fit(kept)
    for _ in 0..<2 {
      let before = kept
      for t in counts.indices where usable[t] {
        kept[t] = !baseline.isOutlier(counts[t], at: t)
      }
      if kept == before { break }
      baseline = fit(kept)
    }
    return baseline
  }

  private func fit(_ kept: [Bool]) -> Baseline {
    let factors = seasonalFactors(
      counts, usable: kept, phases: phases, cycle: cycle, rules: rules)
    let values = counts.indices.map { counts[$0] / factors[phases[$0]] }
    let levels = localLevels(values, usable: kept, reach: rules.reach, spared: rules.spared)
    let means = levels.indices.map { max(levels[$0], 0.05) * factors[phases[$0]] }
    return Baseline(
      means: means, dispersion: censoredDispersion(counts, means: means, usable: kept),
      factors: factors)
  }
}

extension Baseline {
  /// True where a count has a chance below 1 in 1,000 above its mean.
  func isOutlier(_ count: Double, at t: Int) -> Bool {
    let mean = means[t]
    guard count > mean + 1.5 * (mean + dispersion * mean * mean).squareRoot() else { return false }
    return lnNegativeBinomialTail(atLeast: Int(count), mean: mean, dispersion: dispersion)
      < -6.907755278982137
  }
}
