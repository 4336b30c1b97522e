/// Losses of a net series beyond its noise: days below zero that a purge or leavers made.
///
/// A run of negative periods is a drop when it lies five deviations below what was expected and has
/// lost at least `leastExcess` followers.
func netDrops(
  _ counts: [Double], baseline: Baseline, shift: Double, observed: [Bool], leastExcess: Double
) -> [ClosedRange<Int>] {
  var drops: [ClosedRange<Int>] = []
  for t in counts.indices where observed[t] && counts[t] < 0 {
    // Means of the fit include the shift that made the counts positive.
    let mean = baseline.means[t]
    let variance = mean + baseline.dispersion * mean * mean
    let deficit = mean - shift - counts[t]
    guard counts[t] <= -leastExcess, deficit * deficit > 25 * variance else { continue }
    if let last = drops.last, last.upperBound == t - 1 {
      drops[drops.count - 1] = last.lowerBound...t
    } else {
      drops.append(t...t)
    }
  }
  return drops
}

/// What must be added to the counts of a net series so that nearly all are positive.
///
/// Gains less losses have more noise than their mean says; the added constant brings the variance of
/// the leavers back, as a shifted Poisson does for a difference of two. 0 for counts that never fall
/// below zero, or on fewer than 2 of 100 periods.
func netShift(_ counts: [Double], observed: [Bool]) -> Double {
  let sorted = counts.indices.lazy.filter { observed[$0] }.map { counts[$0] }.sorted()
  guard !sorted.isEmpty else { return 0 }
  return max(0, -sorted[sorted.count / 50])
}
