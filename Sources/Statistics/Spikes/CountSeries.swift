/// What a count of new followers is a count of.
package enum CountMeasure: String, Hashable, Sendable {
  /// All who followed, from a log.
  case gained
  /// Those who came less those who left: differences of a cumulative count.
  case net
  /// Those who followed and still do: rows of a follower list.
  case surviving
}

/// New followers of one account in consecutive periods.
package struct CountSeries: Sendable {
  /// The length of a period.
  package var period: SeriesPeriod
  /// The number of the first period, see `SeriesPeriod`.
  package var first: Int
  /// New followers in each period, oldest first; negative only where `measure` is net.
  package var counts: [Int]
  /// Those of low quality among them, as long as `counts`; nil where profiles are not known.
  package var lowQuality: [Int]?
  /// Periods without an observation, as long as `counts` or empty; their counts are not read.
  package var missing: [Bool]
  /// What is counted.
  package var measure: CountMeasure
  /// True when the capture ended inside the last period, which then leaves the baselines.
  package var lastIsPartial: Bool

  /// Runs of periods that were only counted together: the last one holds the count of all of them.
  ///
  /// They are no baseline and are tested as a whole.
  package var spans: [ClosedRange<Int>] = []

  /// A series; see the properties.
  package init(
    period: SeriesPeriod = .day, first: Int, counts: [Int], lowQuality: [Int]? = nil,
    missing: [Bool] = [], measure: CountMeasure = .surviving, lastIsPartial: Bool = false
  ) {
    self.period = period
    self.first = first
    self.counts = counts
    self.lowQuality = lowQuality?.count == counts.count ? lowQuality : nil
    self.missing =
      missing.count == counts.count ? missing : [Bool](repeating: false, count: counts.count)
    self.measure = measure
    self.lastIsPartial = lastIsPartial
  }
}

/// True when a capture at this second of its day leaves that day partial: before 23:00.
package func isPartialDay(capturedAtSecondOfDay second: Int) -> Bool {
  second < 23 * 3600
}
