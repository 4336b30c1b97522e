/// The interval of a ratio of two sums over the same n rows, Σg / Σf, from sums alone.
///
/// The delta method: R ± z √(Var(g − R f) / n) / mean(f) (W. G. Cochran, "Sampling Techniques", 1977,
/// 6.3). Nil below 2 rows, where Σf is 0, or where a sum is not finite. With the heavy tails of
/// follower counts a nominal 95 % covers less: about 60 % at 100 rows, 91 % at 2,000.
package func ratioOfSumsInterval(
  sumG: Double, sumF: Double, sumGG: Double, sumFF: Double, sumFG: Double, count: Int,
  z: Double = normal95
) -> (ratio: Double, interval: Interval)? {
  guard count >= 2, sumF != 0 else { return nil }
  let n = Double(count)
  let ratio = sumG / sumF
  // Σ(g − R f) is 0, so that the sum of squares is the spread. Rounding may take it below 0.
  let squares = max(0, sumGG - 2 * ratio * sumFG + ratio * ratio * sumFF)
  let half = z * (squares / (n - 1) / n).squareRoot() / (abs(sumF) / n)
  guard ratio.isFinite, half.isFinite else { return nil }
  return (ratio, Interval(low: ratio - half, high: ratio + half))
}
