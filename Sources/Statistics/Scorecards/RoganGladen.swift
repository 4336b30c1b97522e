/// A share of fakes corrected for a classifier's errors, and the range that comes of not knowing them.
package struct CorrectedShare: Hashable, Sendable {
  /// The share called fake.
  package let called: Double
  /// The corrected share, with errors in the middle of their ranges.
  package let estimate: Double
  /// The least and greatest corrected share over the corners of the ranges of errors.
  package let range: Interval
  /// The share that a list without a single fake would show, at the middle specificity.
  package let calledOnCleanList: Double
}

/// The true share behind `called`, a share found by a test of known errors: 0 to 1.
///
/// W. J. Rogan, B. Gladen, "Estimating prevalence from the results of a screening test", American
/// Journal of Epidemiology 107, 1978: (q + Sp − 1) / (Se + Sp − 1), clipped. A test no better than
/// chance (Se + Sp ≤ 1) says nothing: nil.
package func roganGladen(called: Double, sensitivity: Double, specificity: Double) -> Double? {
  let power = sensitivity + specificity - 1
  guard power > 0 else { return nil }
  return min(1, max(0, (called + specificity - 1) / power))
}

/// The corrected share at an operating point, where `hits` of `trials` are called fake.
///
/// The range holds both that the errors are not known and that they strike by chance: whom a test
/// accuses of few followers says little (Wilson's limits of the share called). Corners where the test
/// says nothing leave 0 to 1.
package func correctedShare(
  hits: Int, of trials: Int, at point: OperatingPoint
) -> CorrectedShare {
  let called = Double(hits) / Double(max(1, trials))
  let chance = wilsonInterval(successes: hits, trials: trials)
  let specificity = middle(point.specificity)
  let estimate = roganGladen(
    called: called, sensitivity: middle(point.sensitivity), specificity: specificity)
  func corners(_ called: Double) -> [Double?] {
    [point.sensitivity.lowerBound, point.sensitivity.upperBound].flatMap { found in
      [point.specificity.lowerBound, point.specificity.upperBound].map { spared in
        roganGladen(called: called, sensitivity: found, specificity: spared)
      }
    }
  }
  return CorrectedShare(
    called: called, estimate: estimate ?? called,
    range: Interval(
      low: corners(chance.low).map { $0 ?? 0 }.min() ?? 0,
      high: corners(chance.high).map { $0 ?? 1 }.max() ?? 1),
    calledOnCleanList: 1 - specificity)
}

private func middle(_ range: ClosedRange<Double>) -> Double {
  (range.lowerBound + range.upperBound) / 2
}
