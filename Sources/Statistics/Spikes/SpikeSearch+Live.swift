import Glibc

extension SpikeSearch {
  /// A search in which each period is judged by what was known at its end.
  ///
  /// The level is that of the periods before, without those that were outliers in their time, unless
  /// these have become the rule; factors and noise are fitted again every four weeks on the past. A
  /// window that ends at the period alarms where the least chance of that period's windows is as rare
  /// as the stated number of alarms a year: what is rare is learnt from the account's own past, see
  /// `AlarmLevel`. The q of an alarm is the expected number of as rare ones a year, at most 1.
  func liveScan() -> SpikeScan {
    var past = LivePast(self)
    var runs: [FoundRun] = []
    var level = AlarmLevel()
    for t in counts.indices {
      past.advance(to: t)
      guard observed[t], t >= rules.leastUsable else { continue }
      let least = past.leastTail(endingAt: t)
      let yearly = level.rarity(of: least.lnP) * rules.perYear
      if least.isEvent, yearly < options.alarmsAYear {
        runs.append(
          FoundRun(start: least.start, end: t, q: min(1, yearly), channel: .total))
        past.report(least.start...t)
      }
      level.learn(least.lnP)
      past.judge(t)
    }
    return scan(runs, past.baseline)
  }
}

/// What a live search knows of the past.
private struct LivePast {
  let search: SpikeSearch
  /// Means of all periods so far, each by its own past.
  var baseline: Baseline
  private let input: BaselineInput
  private var isOutlier: [Bool]
  /// Whether an alarm was given for a period: it is no reason for another one.
  private var isReported: [Bool]
  private var window = SortedWindow()
  private var lastFit: Int?
  private var correlation = 0.0

  init(_ search: SpikeSearch) {
    self.search = search
    input = search.input(search.counts, shift: search.shift)
    baseline = Baseline(
      means: [Double](repeating: 0.05, count: search.counts.count), dispersion: 0.1,
      factors: [Double](repeating: 1, count: search.series.period.cycle))
    isOutlier = [Bool](repeating: false, count: search.counts.count)
    isReported = isOutlier
  }

  /// Sets the mean of period `t` from those before it.
  mutating func advance(to t: Int) {
    if t >= search.rules.leastUsable, lastFit.map({ t - $0 >= 28 }) ?? true { refit(before: t) }
    window.removeAll()
    for day in max(0, t - search.rules.pastReach)..<t where input.usable[day] && !isOutlier[day] {
      window.insert(input.counts[day] / baseline.factors[input.phases[day]])
    }
    let factor = baseline.factors[input.phases[t]]
    let level = window.count >= 7 ? window.withValues(clippedMean) : t > 0 ? lastLevel(t) : 0
    baseline.means[t] = max(level, 0.05) * factor
  }

  /// The window that ends at `t` with the least chance, and whether it is large enough for an event.
  func leastTail(endingAt t: Int) -> (lnP: Double, start: Int, isEvent: Bool) {
    var best = (lnP: 0.0, start: t, isEvent: false)
    for width in search.rules.widths where width <= t {
      let start = t - width + 1
      guard search.observed[start...t].allSatisfy({ $0 }), !isReported[start...t].contains(true)
      else { continue }
      let moments = baseline.moments(start, t)
      let count = input.counts[start...t].reduce(0) { $0 + max(0, $1) }
      guard count > moments.mean else { continue }
      let inflation = varianceInflation(width: width, correlation: correlation)
      let variance = inflation * (moments.mean + baseline.dispersion * moments.squares)
      let lnP = lnNegativeBinomialTail(
        atLeast: Int(count), mean: moments.mean,
        dispersion: (variance - moments.mean) / (moments.mean * moments.mean))
      let ratio = 1 + (search.options.leastRatio - 1) / Double(width).squareRoot()
      let isEvent =
        count - moments.mean >= search.options.leastExcess && count >= ratio * moments.mean
      if lnP < best.lnP { best = (lnP, start, isEvent) }
    }
    return best
  }

  /// Remembers the periods of an alarm.
  mutating func report(_ periods: ClosedRange<Int>) {
    for period in periods { isReported[period] = true }
  }

  /// Remembers whether a period was an outlier; a fortnight of them is a new level.
  mutating func judge(_ t: Int) {
    isOutlier[t] = baseline.isOutlier(input.counts[t], at: t)
    let recent = max(0, t - 13)...t
    let outliers = isOutlier[recent].reduce(0) { $0 + ($1 ? 1 : 0) }
    guard outliers * 2 > recent.count else { return }
    for day in recent { isOutlier[day] = false }
  }

  private func lastLevel(_ t: Int) -> Double {
    baseline.means[t - 1] / baseline.factors[input.phases[t - 1]]
  }

  private mutating func refit(before t: Int) {
    lastFit = t
    let from = max(0, t - 10 * search.rules.pastReach)
    var usable = [Bool](input.usable[from..<t])
    for day in from..<t where isOutlier[day] { usable[day - from] = false }
    let fit = BaselineInput(
      counts: [Double](input.counts[from..<t]), usable: usable,
      phases: [Int](input.phases[from..<t]), cycle: input.cycle, rules: input.rules
    ).fitted()
    correlation = noiseCorrelation(
      [Double](input.counts[from..<t]), baseline: fit, usable: usable)
    baseline.dispersion = fit.dispersion
    baseline.factors = fit.factors
  }
}
