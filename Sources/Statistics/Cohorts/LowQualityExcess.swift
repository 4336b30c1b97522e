/// The share of low quality among the followers above the expected.
package struct LowQualityExcess: Hashable, Sendable {
  /// Its estimate, from 0 to 1 but for noise.
  package var share: Double
  /// The share among the usual followers.
  package var usual: Double
  /// share − usual, with its interval.
  package var difference: Double
  /// Newcombe's interval of the difference, widened by the dilution.
  package var interval: Interval
  /// How many of the whole cohort carry the flag.
  package var flagged: Int
}

/// Compares the low-quality shares of cohort and usual followers; nil where one is not known.
///
/// A spike day still has its normal followers, so the difference is multiplied by nE / (nE − M).
func lowQualityExcess(_ input: CohortInput) -> LowQualityExcess? {
  guard let cohort = input.cohort.lowQuality, let usual = input.usual.lowQuality,
    !cohort.isEmpty, !usual.isEmpty
  else { return nil }
  let flagged = cohort.lazy.filter { $0 }.count
  let usualFlagged = usual.lazy.filter { $0 }.count
  let raw = newcombeDifference(
    successes1: flagged, trials1: cohort.count, successes2: usualFlagged, trials2: usual.count)
  let share = Double(usualFlagged) / Double(usual.count)
  let g = input.dilution
  return LowQualityExcess(
    share: share + g * raw.difference, usual: share, difference: g * raw.difference,
    interval: Interval(low: g * raw.interval.low, high: g * raw.interval.high), flagged: flagged)
}
