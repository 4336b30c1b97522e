/// Factors of each phase of the cycle, with a mean of 1: how much of a usual period it brings.
///
/// Each count is clipped at three deviations above what is usual of its phase, so that spikes do not make a
/// weekday. What is usual is the median around it times the factor found so far: a weekday of three
/// times the others (a weekly show) is learnt in some rounds, where one spike among many weeks stays
/// clipped. A factor is drawn to 1 by the weight of four cycles and kept within `rules.factors`. All 1
/// where fewer than `leastForSeason` periods are usable. O(T · reach).
func seasonalFactors(
  _ counts: [Double], usable: [Bool], phases: [Int], cycle: Int, rules: PeriodRules
) -> [Double] {
  let even = [Double](repeating: 1, count: cycle)
  guard cycle > 1, usable.lazy.filter({ $0 }).count >= rules.leastForSeason else { return even }
  let search = SeasonSearch(
    counts: counts, usable: usable, phases: phases, rules: rules,
    levels: slidingMedians(counts, usable: usable, reach: rules.seasonReach).map { max($0, 0.5) })
  var factors = even
  for _ in 0..<SeasonSearch.mostRounds {
    let next = search.next(after: factors)
    let isSettled = zip(factors, next).allSatisfy { abs($0 - $1) < 0.01 }
    factors = next
    if isSettled { break }
  }
  let mean = factors.reduce(0, +) / Double(cycle)
  return factors.map { $0 / mean }
}

/// The rounds in which seasonal factors are found.
private struct SeasonSearch {
  let counts: [Double]
  let usable: [Bool]
  let phases: [Int]
  let rules: PeriodRules
  /// What is usual around each period, at least 0.5.
  let levels: [Double]

  /// From 1 to the greatest factor of a day, by some 40 % a round.
  static let mostRounds = 8

  /// The factors, relative to the levels, with counts clipped by the factors found before.
  func next(after factors: [Double]) -> [Double] {
    let noise = relativeNoise(factors)
    var clipped = [Double](repeating: 0, count: factors.count)
    var usual = [Double](repeating: 0, count: factors.count)
    var number = [Double](repeating: 0, count: factors.count)
    for t in counts.indices where usable[t] {
      let phase = phases[t]
      let mean = levels[t] * factors[phase]
      let deviation = max(mean.squareRoot(), noise * mean)
      clipped[phase] += max(0, min(counts[t], mean + 3 * deviation + 2))
      usual[phase] += levels[t]
      number[phase] += 1
    }
    let overall = clipped.reduce(0, +) / max(usual.reduce(0, +), 1e-12)
    guard overall > 0 else { return factors }
    return factors.indices.map { phase in
      guard number[phase] >= 4 else { return 1 }
      let ratio = clipped[phase] / usual[phase] / overall
      let drawn = (number[phase] * ratio + 4) / (number[phase] + 4)
      return min(rules.factors.upperBound, max(rules.factors.lowerBound, drawn))
    }
  }

  /// The typical deviation of a count from what is usual of its phase, as a part of that: large counts
  /// spread by far more than their square root.
  private func relativeNoise(_ factors: [Double]) -> Double {
    var misses: [Double] = []
    for t in counts.indices where usable[t] {
      let mean = levels[t] * factors[phases[t]]
      misses.append(abs(counts[t] - mean) / mean)
    }
    guard !misses.isEmpty else { return 0 }
    return 1.4826 * misses.select(rank: misses.count / 2)
  }
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
