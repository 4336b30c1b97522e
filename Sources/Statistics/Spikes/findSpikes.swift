/// Finds spikes, drops and gaps in the new followers of an account.
///
/// A robust negative-binomial baseline with seasonal factors, a scan over windows of several lengths
/// with Benjamini–Hochberg over all of them, and a second scan on the low-quality followers, in which a
/// block of half a usual day stands out that the total hides.
///
/// - Parameters:
///   - series: the counts; those of a follower list count survivors only.
///   - options: thresholds, or a search without look-ahead.
/// - Returns: the events in order of time and the baseline, or the reason why there was no search.
/// - Complexity: O(T · reach); 2 ms for a year of days, some 20 ms for twenty years.
package func findSpikes(_ series: CountSeries, _ options: SpikeOptions = SpikeOptions())
  -> SpikeScan
{
  var search = SpikeSearch(series, options)
  let usable = search.observed.lazy.filter { $0 }.count
  guard usable >= search.rules.leastUsable else {
    return .refused(.tooShort(usable: usable, needed: search.rules.leastUsable))
  }
  search.leaveOutGaps()
  if options.isLive { return search.liveScan() }
  let baseline = search.input(search.counts, shift: search.shift).fitted()
  var runs = search.runsOfTotals(baseline)
  runs += search.runsOfLowQuality(baseline)
  return search.scan(runs, baseline)
}

extension SpikeSearch {
  /// All events as the result of a search.
  func scan(_ runs: [FoundRun], _ baseline: Baseline) -> SpikeScan {
    var events = merged(runs, observed: observed).map { run in
      event(.spike, run.start, run.end, baseline: baseline, q: run.q, channel: run.channel)
    }
    events += gapEvents(baseline)
    events += spanEvents(baseline)
    if series.measure == .net {
      events += netDrops(
        counts, baseline: baseline, shift: shift, observed: observed,
        leastExcess: options.leastExcess
      ).map { event(.drop, $0.lowerBound, $0.upperBound, baseline: baseline, q: nil) }
    }
    return SpikeScan(
      events: events.sorted { ($0.start, $0.end) < ($1.start, $1.end) },
      baseline: baseline.means.map { $0 - shift }, dispersion: baseline.dispersion,
      seasonalFactors: baseline.factors, isObserved: observed, refusal: nil)
  }

  func runsOfTotals(_ baseline: Baseline) -> [FoundRun] {
    let shifted = counts.map { max(0, $0 + shift) }
    return runs(
      counts: shifted, baseline: baseline,
      criteria: WindowCriteria(
        q: options.q, leastRatio: options.leastRatio, leastExcess: options.leastExcess),
      channel: .total)
  }

  /// Runs in the low-quality counts, and in their share of all new followers.
  func runsOfLowQuality(_ total: Baseline) -> [FoundRun] {
    guard let low = series.lowQuality, options.lowQualityQ > 0 else { return [] }
    let lowCounts = low.indices.map { observed[$0] ? Double(low[$0]) : 0 }
    let input = input(lowCounts)
    let baseline = input.fitted()
    let alone = runs(
      counts: lowCounts, baseline: baseline,
      criteria: WindowCriteria(
        q: options.lowQualityQ, leastRatio: 2, leastExcess: options.leastExcess),
      channel: .lowQuality)
    return alone + runsOfShare(lowCounts, input.usable, baseline, total)
  }

  /// Runs with more low-quality followers than all the new followers of their days explain.
  ///
  /// A busy day brings more of everything; its share of low quality has none of that noise.
  private func runsOfShare(
    _ low: [Double], _ usable: [Bool], _ baseline: Baseline, _ total: Baseline
  ) -> [FoundRun] {
    let means = low.indices.map { t in
      max(1e-3, counts[t] * min(0.95, baseline.means[t] / total.means[t]))
    }
    let busy = usable.indices.map { usable[$0] && counts[$0] > 0 }
    let share = Baseline(
      means: means, dispersion: censoredDispersion(low, means: means, usable: busy), factors: [])
    return runs(
      counts: low, baseline: share,
      criteria: WindowCriteria(
        q: options.lowQualityQ, leastRatio: 1.5, leastExcess: options.leastExcess),
      channel: .lowQuality)
  }

  private func runs(
    counts: [Double], baseline: Baseline, criteria: WindowCriteria, channel: SpikeEvent.Channel
  ) -> [FoundRun] {
    let sums = WindowSums(counts: counts, means: baseline.means, observed: observed)
    let noise = Noise(
      dispersion: baseline.dispersion,
      correlation: noiseCorrelation(counts, baseline: baseline, usable: observed))
    return scanWindows(sums, noise: noise, widths: rules.widths, criteria: criteria)
      .compactMap { trimmed($0, counts: counts, baseline: baseline) }
      .map { FoundRun(start: $0.start, end: $0.end, q: $0.q, channel: channel) }
  }
}
