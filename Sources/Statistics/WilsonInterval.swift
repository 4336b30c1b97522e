/// The score interval of a share, `successes` of `trials`.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927. Its
/// limits stay within 0 and 1 and it holds its level at shares near them. No trials: 0 to 1.
package func wilsonInterval(
  successes: Int, trials: Int, z: Double = normal95
) -> Interval {
  guard trials > 0 else { return Interval(low: 0, high: 1) }
  let n = Double(trials)
  let share = Double(successes) / n
  let square = z * z
  let scale = 1 + square / n
  let center = (share + square / (2 * n)) / scale
  let half = z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot() / scale
  return Interval(
    low: successes <= 0 ? 0 : max(0, center - half),
    high: successes >= trials ? 1 : min(1, center + half))
}
