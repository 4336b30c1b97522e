/// One search: the series as numbers, and what the steps add to it.
struct SpikeSearch {
  let series: CountSeries
  let options: SpikeOptions
  let rules: PeriodRules
  /// Counts as given, 0 where missing.
  let counts: [Double]
  /// Added to the counts of a net series before any fit.
  let shift: Double
  let phases: [Int]
  /// False where missing or, once gaps are known, in one.
  var observed: [Bool]
  var gaps: [ClosedRange<Int>] = []

  init(_ series: CountSeries, _ options: SpikeOptions) {
    var rules = series.period.rules
    if let reach = options.halfWindow { rules.reach = max(reach, rules.spared + 8) }
    var observed = series.missing.map { !$0 }
    let counts = series.counts.indices.map { observed[$0] ? Double(series.counts[$0]) : 0 }
    for span in series.spans {
      for t in span where observed.indices.contains(t) { observed[t] = false }
    }
    self.series = series
    self.options = options
    self.rules = rules
    self.counts = counts
    self.observed = observed
    shift = series.measure == .net ? netShift(counts, observed: observed) : 0
    phases = counts.indices.map { series.period.phase(of: series.first + $0) }
  }

  /// The counts of a channel with the periods that may teach what is usual.
  func input(_ counts: [Double], shift: Double = 0) -> BaselineInput {
    var usable = observed
    for t in counts.indices where counts[t] + shift < 0 { usable[t] = false }
    if series.lastIsPartial, let last = usable.indices.last { usable[last] = false }
    return BaselineInput(
      counts: counts.map { $0 + shift }, usable: usable, phases: phases,
      cycle: series.period.cycle, rules: rules)
  }

  /// Marks gaps and the periods after them as not observed.
  mutating func leaveOutGaps() {
    guard series.measure != .net || shift == 0 else { return }
    gaps = collectionGaps(input(counts), observed: observed)
    for gap in gaps {
      for t in gap.lowerBound...min(gap.upperBound + 1, counts.count - 1) { observed[t] = false }
    }
  }

  /// The event of a run of periods.
  func event(
    _ kind: SpikeEvent.Kind, _ start: Int, _ end: Int, baseline: Baseline, q: Double?,
    channel: SpikeEvent.Channel = .total
  ) -> SpikeEvent {
    var observed = 0
    var expected = 0.0
    var variance = 0.0
    for t in start...end {
      observed += series.missing[t] ? 0 : series.counts[t]
      expected += baseline.means[t] - shift
      variance += baseline.means[t] + baseline.dispersion * baseline.means[t] * baseline.means[t]
    }
    let half = normal95 * variance.squareRoot()
    let excess = Double(observed) - expected
    return SpikeEvent(
      kind: kind, start: series.first + start, end: series.first + end, observed: observed,
      expected: expected, excessInterval: Interval(low: excess - half, high: excess + half), q: q,
      channel: channel)
  }
}
