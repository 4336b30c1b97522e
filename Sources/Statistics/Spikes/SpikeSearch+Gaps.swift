import Glibc

extension SpikeSearch {
  /// Events of gaps, with what the period after each one held.
  ///
  /// That period may hold what was missed. It is a spike only where even all that was expected since the
  /// gap began does not explain it (P < 1e−4 and half as much again); else it is called a catch-up
  /// where it alone would have looked like a spike.
  func gapEvents(_ baseline: Baseline) -> [SpikeEvent] {
    gaps.flatMap { gap -> [SpikeEvent] in
      let lost = event(.gap, gap.lowerBound, gap.upperBound, baseline: baseline, q: nil)
      let next = gap.upperBound + 1
      guard next < counts.count, !series.missing[next] else { return [lost] }
      return [lost] + afterGap(gap.lowerBound, next, baseline)
    }
  }

  /// Spikes among counts of several periods together.
  func spanEvents(_ baseline: Baseline) -> [SpikeEvent] {
    series.spans.flatMap { span in
      afterGap(span.lowerBound, span.upperBound, baseline).filter { $0.kind == .spike }.map {
        var event = $0
        event.start = series.first + span.lowerBound
        return event
      }
    }
  }

  /// What a period is that follows unobserved ones from `start` on; nothing where it is usual.
  func afterGap(_ start: Int, _ next: Int, _ baseline: Baseline) -> [SpikeEvent] {
    let moments = baseline.moments(start, next)
    let lnP = lnNegativeBinomialTail(
      atLeast: Int(counts[next] + shift), mean: moments.mean, dispersion: moments.dispersion)
    if lnP < log(1e-4), counts[next] > 1.5 * moments.mean {
      var spike = event(.spike, next, next, baseline: baseline, q: exp(lnP))
      // What came above all that could have been missed.
      spike.expected = moments.mean
      let half = normal95 * (moments.mean + moments.squares * baseline.dispersion).squareRoot()
      spike.excessInterval = Interval(low: spike.excess - half, high: spike.excess + half)
      return [spike]
    }
    guard baseline.isOutlier(counts[next] + shift, at: next) else { return [] }
    return [event(.catchUp, next, next, baseline: baseline, q: nil)]
  }
}

extension Baseline {
  /// Mean, sum of squared means and the dispersion of a sum of periods.
  func moments(_ start: Int, _ end: Int) -> (mean: Double, squares: Double, dispersion: Double) {
    var mean = 0.0
    var squares = 0.0
    for t in start...end {
      mean += means[t]
      squares += means[t] * means[t]
    }
    return (mean, squares, dispersion * squares / max(mean * mean, 1e-300))
  }
}
