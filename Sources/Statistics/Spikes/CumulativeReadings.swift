/// One reading of an account's number of followers.
package struct FollowerReading: Hashable, Sendable {
  /// The number of the period it was taken in, see `SeriesPeriod`.
  package var index: Int
  /// The followers it shows.
  package var followers: Int

  /// A reading of a period.
  package init(index: Int, followers: Int) {
    self.index = index
    self.followers = followers
  }
}

/// The net gain of each period from readings of a cumulative count, in order of time.
///
/// The last reading of a period counts. Zeros that another count follows are no readings, and are left out: from
/// before the account was read, and where it could not be. Periods without a reading are missing; the next
/// difference covers them all, is no baseline and is judged as a whole.
///
/// - Throws: why the readings cannot be differenced: fewer than two, not in order, most of them too far
///   apart for the period, or rounded (as pages show them) to steps of more than half of what a period
///   brings.
package func differenced(
  _ readings: [FollowerReading], period: SeriesPeriod
) throws(SpikeRefusal) -> CountSeries {
  let end = readings.lastIndex { $0.followers != 0 } ?? 0
  let kept = lastReadings(
    readings.enumerated().filter { $0 > end || $1.followers != 0 }.map(\.element))
  guard let first = kept.first, let last = kept.last, kept.count >= 2,
    zip(readings, readings.dropFirst()).allSatisfy({ $0.index <= $1.index })
  else { throw .noReadings }
  let length = last.index - first.index
  let neighbours = zip(kept, kept.dropFirst()).lazy.filter { $1.index - $0.index == 1 }.count
  let share = Double(neighbours) / Double(length)
  guard share >= 0.5 else { throw .sparseReadings(share: share) }
  try refuseRounded(kept, periods: length)
  var series = CountSeries(
    period: period, first: first.index + 1, counts: [Int](repeating: 0, count: length),
    missing: [Bool](repeating: true, count: length), measure: .net)
  for (before, after) in zip(kept, kept.dropFirst()) {
    let place = after.index - series.first
    series.counts[place] = after.followers - before.followers
    series.missing[place] = false
    if after.index - before.index > 1 {
      series.spans.append((before.index + 1 - series.first)...place)
    }
  }
  return series
}

/// The last reading of each period.
private func lastReadings(_ readings: [FollowerReading]) -> [FollowerReading] {
  var kept: [FollowerReading] = []
  for reading in readings {
    if kept.last?.index == reading.index { kept.removeLast() }
    kept.append(reading)
  }
  return kept
}

private func refuseRounded(_ readings: [FollowerReading], periods: Int) throws(SpikeRefusal) {
  guard let step = roundingStep(readings), let first = readings.first, let last = readings.last
  else { return }
  let change = Double(abs(last.followers - first.followers)) / Double(max(1, periods))
  guard change >= 2 * Double(step) else {
    throw .roundedCounts(step: step, typicalChange: change)
  }
}

/// The step to which counts of four digits and more are rounded; nil where they are exact.
///
/// Rounded are counts of which at least five, and all, end in the zeros that three significant digits
/// leave, or in two zeros and more.
private func roundingStep(_ readings: [FollowerReading]) -> Int? {
  let large = readings.map(\.followers).filter { $0 >= 1000 }
  guard large.count >= 5 else { return nil }
  if large.allSatisfy({ $0 % threeDigitStep($0) == 0 }) { return large.map(threeDigitStep).max() }
  return [100_000, 10_000, 1000, 100].first { step in large.allSatisfy { $0 % step == 0 } }
}

private func threeDigitStep(_ count: Int) -> Int {
  var step = 1
  while count / step >= 1000 { step *= 10 }
  return step
}
