/// What a search for spikes asks for.
package struct SpikeOptions: Hashable, Sendable {
  /// The share of false discoveries among the windows found by the totals.
  package var q = 0.01
  /// The same among windows found by low-quality followers; 0 leaves them out.
  package var lowQualityQ = 0.005
  /// The least ratio of a one-period event; longer ones need less, `leastRatio`^(1/√length).
  package var leastRatio = 1.5
  /// The least number of followers above the expected.
  package var leastExcess = 5.0
  /// The reach of the local level on each side, in periods; nil is the period's usual one.
  package var halfWindow: Int?
  /// No look-ahead: each period is judged by what was known at its end.
  package var isLive = false
  /// The number of false alarms a year that a live search aims at.
  package var alarmsAYear = 1.0

  /// The usual options.
  package init() {}

  /// Options for follow times inferred from the order of a list, which are lumpy.
  package static var inferredTimes: SpikeOptions {
    var options = SpikeOptions()
    options.q = 0.001
    options.lowQualityQ = 0
    options.leastRatio = 3
    options.leastExcess = 10
    return options
  }
}

/// Why inferred follow times are too coarse for a search, or nil when they are not.
///
/// What counts is how wide the bounds are where the event is: a block may be well dated in a list that
/// is not (list C of the methods: 0.3 records a day, a block dated to the day). Below a record in ten
/// days nothing is.
///
/// - Parameters:
///   - recordsADay: accepted records (followers who set a new maximum of creation time) a day.
///   - medianWidthDays: the median width of the bounds of a follow time, over the list or an event.
package func inferredTimesRefusal(recordsADay: Double, medianWidthDays: Double) -> SpikeRefusal? {
  let isCoarse = recordsADay < 0.1 || medianWidthDays > 3
  return isCoarse
    ? .coarseTimes(recordsADay: recordsADay, medianWidthDays: medianWidthDays) : nil
}
