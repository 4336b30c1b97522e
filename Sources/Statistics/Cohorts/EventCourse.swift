import Glibc

/// How an event rises and ends: a delivery is level and stops, attention decays.
package struct EventCourse: Hashable, Sendable {
  /// True where the period after the event is usual again and a block explains the event much better.
  package var endsAbruptly: Bool
  /// ln of how much better a level block that stops explains the counts than a decay; −6 to 6.
  package var blockEvidence: Double
}

extension SpikeScan {
  /// The course of an event in its series; nil where the periods after it are not known.
  ///
  /// Gaussian likelihoods of the excess over the event and the four periods after it, with the noise of
  /// the baseline and a quarter of the height: a level block of any extent within the event against a
  /// peak that keeps 0.3 to 0.85 of itself each period, both with their best height.
  package func course(of event: SpikeEvent, in series: CountSeries) -> EventCourse? {
    let start = event.start - series.first
    let end = event.end - series.first
    guard event.kind == .spike, start >= 0, end + 1 < series.counts.count, start <= end,
      isObserved[end + 1]
    else { return nil }
    let after = baseline[end + 1]
    let deviation = (after + dispersion * after * after).squareRoot()
    let isBack = Double(series.counts[end + 1]) <= after + normal95 * deviation
    let last = min(end + 4, series.counts.count - 1)
    var excesses: [Double] = []
    var variances: [Double] = []
    for t in start...last {
      guard isObserved[t] else { break }
      let mean = max(baseline[t], 0.05)
      excesses.append(Double(series.counts[t]) - mean)
      variances.append(mean + dispersion * mean * mean)
    }
    let fits = CourseFits(excesses: excesses, variances: variances, length: end - start + 1)
    let evidence = max(-6, min(6, fits.bestBlock() - fits.bestDecay()))
    return EventCourse(endsAbruptly: isBack && evidence > 3, blockEvidence: evidence)
  }
}

/// The likelihoods of both courses over the days of an event and those after it.
private struct CourseFits {
  var excesses: [Double]
  var variances: [Double]
  var length: Int

  func bestBlock() -> Double {
    var best = -Double.infinity
    for first in 0..<min(length, 8) {
      for end in first..<length {
        let shape = excesses.indices.map { $0 >= first && $0 <= end ? 1.0 : 0 }
        best = max(best, likelihood(shape))
      }
    }
    return best
  }

  func bestDecay() -> Double {
    var best = -Double.infinity
    for first in 0..<min(length, 8) {
      for kept in stride(from: 0.3, through: 0.86, by: 0.11) {
        let shape = excesses.indices.map { $0 < first ? 0 : pow(kept, Double($0 - first)) }
        best = max(best, likelihood(shape))
      }
    }
    return best
  }

  /// With the height that fits a shape best, found in two steps as the noise depends on it.
  private func likelihood(_ shape: [Double]) -> Double {
    var height = max(1, excesses.max() ?? 1)
    for _ in 0..<3 {
      var weighted = 0.0
      var weights = 0.0
      for t in shape.indices where shape[t] > 0 {
        let variance = noise(t, height * shape[t])
        weighted += shape[t] * excesses[t] / variance
        weights += shape[t] * shape[t] / variance
      }
      height = max(1, weighted / max(weights, 1e-12))
    }
    return shape.indices.reduce(0) { sum, t in
      let mean = height * shape[t]
      let variance = noise(t, mean)
      let miss = excesses[t] - mean
      return sum - miss * miss / (2 * variance) - log(variance) / 2
    }
  }

  private func noise(_ t: Int, _ added: Double) -> Double {
    variances[t] + added + 0.0625 * added * added
  }
}
