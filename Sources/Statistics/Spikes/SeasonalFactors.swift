/// Factors of each phase of the cycle, with a mean of 1: how much of a usual period it brings.
///
/// Each count is clipped at three deviations above the median around it, so that spikes do not make a
/// weekday; a factor is drawn to 1 by the weight of four cycles and kept within 0.3 and 3. All 1 where
/// fewer than `leastForSeason` periods are usable. O(T · reach).
func seasonalFactors(
  _ counts: [Double], usable: [Bool], phases: [Int], cycle: Int, rules: PeriodRules
) -> [Double] {
  var factors = [Double](repeating: 1, count: cycle)
  guard cycle > 1, usable.lazy.filter({ $0 }).count >= rules.leastForSeason else { return factors }
  let medians = slidingMedians(counts, usable: usable, reach: rules.seasonReach)
  var clipped = [Double](repeating: 0, count: cycle)
  var usual = [Double](repeating: 0, count: cycle)
  var number = [Double](repeating: 0, count: cycle)
  for t in counts.indices where usable[t] {
    let base = max(medians[t], 0.5)
    clipped[phases[t]] += max(0, min(counts[t], base + 3 * base.squareRoot() + 2))
    usual[phases[t]] += base
    number[phases[t]] += 1
  }
  let overall = clipped.reduce(0, +) / max(usual.reduce(0, +), 1e-12)
  for phase in factors.indices where number[phase] >= 4 && overall > 0 {
    let ratio = clipped[phase] / usual[phase] / overall
    factors[phase] = min(3, max(0.3, (number[phase] * ratio + 4) / (number[phase] + 4)))
  }
  let mean = factors.reduce(0, +) / Double(cycle)
  return factors.map { $0 / mean }
}

/// The median of the usable values at most `reach` periods away, for each period.
func slidingMedians(_ values: [Double], usable: [Bool], reach: Int) -> [Double] {
  var window = SortedWindow()
  var medians = [Double](repeating: 0, count: values.count)
  for t in 0..<min(reach, values.count) where usable[t] { window.insert(values[t]) }
  for t in values.indices {
    window.move(
      taking: values.known(t - reach - 1, usable), putting: values.known(t + reach, usable))
    medians[t] = window.median
  }
  return medians
}
