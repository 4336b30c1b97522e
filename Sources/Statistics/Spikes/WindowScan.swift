import Glibc

/// A window whose count is unlikely under the baseline.
struct FoundWindow {
  var start: Int
  var end: Int
  /// ln P of a count as large.
  var lnP: Double
  /// The rate of false discoveries at which it is found.
  var q: Double
}

/// What a window must satisfy beside its rate of false discoveries.
struct WindowCriteria {
  var q: Double
  var leastRatio: Double
  var leastExcess: Double
}

/// The noise of single counts around their means.
struct Noise {
  /// α of variance = mean + α mean².
  var dispersion: Double
  /// The correlation of neighbouring periods.
  var correlation: Double
}

/// Counts and baseline summed from the first period, so that any window costs O(1).
struct WindowSums {
  private var counts: [Double] = [0]
  private var means: [Double] = [0]
  private var squares: [Double] = [0]
  private var missing: [Int] = [0]

  init(counts: [Double], means: [Double], observed: [Bool]) {
    for t in counts.indices {
      let mean = observed[t] ? means[t] : 0
      self.counts.append(self.counts[t] + (observed[t] ? counts[t] : 0))
      self.means.append(self.means[t] + mean)
      squares.append(squares[t] + mean * mean)
      missing.append(missing[t] + (observed[t] ? 0 : 1))
    }
  }

  var periods: Int { counts.count - 1 }
  func count(_ a: Int, _ b: Int) -> Double { counts[b + 1] - counts[a] }
  func mean(_ a: Int, _ b: Int) -> Double { means[b + 1] - means[a] }
  func square(_ a: Int, _ b: Int) -> Double { squares[b + 1] - squares[a] }
  func isWhole(_ a: Int, _ b: Int) -> Bool { missing[b + 1] == missing[a] }

  /// ln P(Y ≥ the window's count), its counts being a negative binomial of its mean and variance.
  func lnTail(_ a: Int, _ b: Int, variance: Double) -> Double {
    let mean = self.mean(a, b)
    return lnNegativeBinomialTail(
      atLeast: Int(count(a, b).rounded()), mean: mean,
      dispersion: max(0, variance - mean) / max(mean * mean, 1e-300))
  }
}

/// The windows with more than the baseline explains, the least likely first, none overlapping.
///
/// All windows of all widths share one Benjamini–Hochberg step; tails are computed only where ratio,
/// excess and a rough normal distance leave a chance, while the number of tests stays that of all
/// windows: what is left out could only raise the number of discoveries.
func scanWindows(
  _ sums: WindowSums, noise: Noise, widths: [Int], criteria: WindowCriteria
) -> [FoundWindow] {
  var tests = 0
  var found: [FoundWindow] = []
  for width in widths where width <= sums.periods {
    let inflation = varianceInflation(width: width, correlation: noise.correlation)
    let ratio = 1 + (criteria.leastRatio - 1) / Double(width).squareRoot()
    for start in 0...(sums.periods - width) where sums.isWhole(start, start + width - 1) {
      let end = start + width - 1
      tests += 1
      let (count, mean) = (sums.count(start, end), sums.mean(start, end))
      let excess = count - mean
      guard excess >= criteria.leastExcess, count >= ratio * mean else { continue }
      let variance = inflation * (mean + noise.dispersion * sums.square(start, end))
      guard excess * excess > 4 * variance else { continue }
      let lnP = sums.lnTail(start, end, variance: variance)
      found.append(FoundWindow(start: start, end: end, lnP: lnP, q: 1))
    }
  }
  return discoveries(found, tests: tests, q: criteria.q)
}

/// Benjamini–Hochberg in which an event counts once.
///
/// A block of some days fills dozens of the overlapping windows; were each a discovery, a large block
/// would open the door to the chance maxima of the whole series. So the rank of a p value is the number
/// of windows up to it that do not overlap a less likely one, and those are what is found.
private func discoveries(_ windows: [FoundWindow], tests: Int, q: Double) -> [FoundWindow] {
  var apart = withoutOverlaps(windows.sorted { ($0.lnP, $0.start) < ($1.lnP, $1.start) })
  var least = 1.0
  for rank in apart.indices.reversed() {
    least = min(least, exp(apart[rank].lnP) * Double(tests) / Double(rank + 1))
    apart[rank].q = least
  }
  return apart.filter { $0.q <= q }
}

private func withoutOverlaps(_ windows: [FoundWindow]) -> [FoundWindow] {
  var accepted: [FoundWindow] = []
  for window in windows
  where !accepted.contains(where: { $0.start <= window.end && window.start <= $0.end }) {
    accepted.append(window)
  }
  return accepted
}
