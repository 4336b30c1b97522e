import Glibc

/// Runs of zeros that no baseline explains: periods that were not collected.
///
/// A run is a gap when at least 8 followers were expected and the chance that none came is below
/// e^−14, with the noise of the periods outside all such runs. The level is the lower one of both
/// sides, so that an account that fell silent has no gap; the seasonal factors of the run's own periods
/// tell what it brings there, so that a quiet night is none. O(T · reach) beside one fit.
func collectionGaps(_ input: BaselineInput, observed: [Bool]) -> [ClosedRange<Int>] {
  let zeros = zeroRuns(input.counts, observed: observed)
  guard !zeros.isEmpty else { return [] }
  let usual = input.withoutSeason()
  let candidates = zeros.compactMap { run in
    sideLevel(of: run, in: usual.input).map { level in
      (run: run, means: run.map { level * usual.factors[input.phases[$0]] })
    }
  }.filter { $0.means.reduce(0, +) >= 8 }
  guard !candidates.isEmpty else { return [] }
  var outside = input
  for (run, _) in candidates {
    for t in run { outside.usable[t] = false }
  }
  let dispersion = outside.fitted().dispersion
  return candidates.filter { _, means in
    let unlikely = means.reduce(0) { sum, mean in
      sum + (dispersion > 1e-9 ? log1p(dispersion * mean) / dispersion : mean)
    }
    return unlikely > 14
  }.map(\.run)
}

extension BaselineInput {
  /// The counts without their seasonal factors, and those factors by phase.
  fileprivate func withoutSeason() -> (input: BaselineInput, factors: [Double]) {
    let factors = seasonalFactors(
      counts, usable: usable, phases: phases, cycle: cycle, rules: rules)
    var input = self
    for t in counts.indices { input.counts[t] /= factors[phases[t]] }
    return (input, factors)
  }
}

/// Maximal runs of observed zeros.
private func zeroRuns(_ counts: [Double], observed: [Bool]) -> [ClosedRange<Int>] {
  var runs: [ClosedRange<Int>] = []
  var start: Int?
  for t in 0...counts.count {
    if t < counts.count, observed[t], counts[t] == 0 {
      if start == nil { start = t }
    } else if let first = start {
      runs.append(first...(t - 1))
      start = nil
    }
  }
  return runs
}

/// The lower of the levels before and after a run, of up to `reach` usable periods; nil without any.
///
/// A run at the beginning has no level: the account had not begun.
private func sideLevel(of run: ClosedRange<Int>, in input: BaselineInput) -> Double? {
  let before = nearLevel(stride(from: run.lowerBound - 1, through: 0, by: -1), input)
  let after = nearLevel(stride(from: run.upperBound + 1, to: input.counts.count, by: 1), input)
  guard let before else { return nil }
  return min(before, after ?? before)
}

private func nearLevel(_ places: StrideTo<Int>, _ input: BaselineInput) -> Double? {
  nearLevel(AnySequence(places), input)
}

private func nearLevel(_ places: StrideThrough<Int>, _ input: BaselineInput) -> Double? {
  nearLevel(AnySequence(places), input)
}

private func nearLevel(_ places: AnySequence<Int>, _ input: BaselineInput) -> Double? {
  var window = SortedWindow()
  for t in places where input.usable[t] {
    window.insert(input.counts[t])
    if window.count == input.rules.reach { break }
  }
  return window.count >= 5 ? window.withValues(clippedMean) : nil
}
