/// A stretch of periods that differs from the account's own baseline.
package struct SpikeEvent: Hashable, Sendable {
  /// What happened in it.
  package enum Kind: String, Hashable, Sendable {
    /// More new followers than expected.
    case spike
    /// A large loss in a net series: a purge, or leavers after a purchase.
    case drop
    /// Periods that were not collected.
    case gap
    /// A period that holds what a gap before it missed.
    case catchUp = "catch-up"
  }

  /// Which counts show it.
  package enum Channel: String, Hashable, Sendable {
    /// The count of new followers.
    case total
    /// The count of low-quality ones, or their share.
    case lowQuality = "low-quality"
    /// Both.
    case both
  }

  /// What happened.
  package var kind: Kind
  /// The number of the first period.
  package var start: Int
  /// The number of the last period, included.
  package var end: Int
  /// New followers in it.
  package var observed: Int
  /// New followers expected from the baseline.
  package var expected: Double
  /// The interval of observed − expected in which 95 of 100 baselines would lie.
  package var excessInterval: Interval
  /// The rate of false discoveries at which it is still found; nil for gaps.
  package var q: Double?
  /// The counts that show it.
  package var channel: Channel

  /// Observed less expected.
  package var excess: Double { Double(observed) - expected }
  /// Observed over expected; negative after a loss.
  package var ratio: Double { Double(observed) / max(expected, 1e-9) }
}

/// Why a series was not searched.
package enum SpikeRefusal: Error, Hashable, Sendable {
  /// Too few periods to know what is usual.
  case tooShort(usable: Int, needed: Int)
  /// Inferred follow times do not resolve days.
  case coarseTimes(recordsADay: Double, medianWidthDays: Double)
  /// Readings of a cumulative count that are too far apart for the period.
  case sparseReadings(share: Double)
  /// Counts of single periods, most of which have none.
  case sparseCounts(share: Double)
  /// A cumulative count that is rounded to steps larger than what a period brings.
  case roundedCounts(step: Int, typicalChange: Double)
  /// A cumulative count whose readings are not in time order, or that has fewer than two.
  case noReadings
}

/// The events of a series and the baseline they stand out from.
package struct SpikeScan: Sendable {
  /// All events in order of time; empty after a refusal.
  package var events: [SpikeEvent]
  /// Expected new followers of each period, as long as the series; empty after a refusal.
  package var baseline: [Double]
  /// α of the noise: variance = mean + α mean².
  package var dispersion: Double
  /// The seasonal factors by phase: 7 from Monday, 168 from Monday's first hour, or one.
  package var seasonalFactors: [Double]
  /// True for periods that were neither missing nor in a gap.
  package var isObserved: [Bool]
  /// Why there was no search.
  package var refusal: SpikeRefusal?

  static func refused(_ refusal: SpikeRefusal) -> SpikeScan {
    SpikeScan(
      events: [], baseline: [], dispersion: 0, seasonalFactors: [], isObserved: [],
      refusal: refusal)
  }
}
