package import Calendars

extension Cells {
  /// Reads the cells as times, microseconds since 1970 UTC; dates are the start of their day.
  ///
  /// `format` says how most are written and is only about speed. `isWholeSeconds` gets false when a
  /// time has a fraction of a second. Cost some 4 ns a cell of the format `isoSeconds`.
  package func readTimes(
    format: ParsedTime.Format, zones: LocalZones, nulls: NullRule,
    into values: UnsafeMutablePointer<Int64>, present: UnsafeMutablePointer<UInt8>,
    isWholeSeconds: inout Bool
  ) -> CellOutcome {
    let block = parseTimes(
      base: base, starts: starts, ends: ends, count: count, format: format, zones: zones,
      into: values, failed: present)
    var outcome = CellOutcome()
    if block.failures == 0 {
      for index in 0..<count { present[index] = present[index] == 0 ? 1 : 0 }
      outcome.nulls = block.nulls
      outcome.skippedTimes = block.skipped
      outcome.repeatedTimes = block.repeated
      isWholeSeconds = isWholeSeconds && block.isWholeSeconds
      if outcome.nulls < count { outcome.seen.insert(block.isDateOnly ? .date : .time) }
      return outcome
    }
    var seen: CellKinds = []
    var hasFraction = false
    var skippedTimes = 0
    var repeatedTimes = 0
    readSlowly(nulls: nulls, present: present, outcome: &outcome) { index, cell in
      guard let time = parseTime(cell, zones: zones) else { return false }
      values[index] = time.micros
      hasFraction = hasFraction || time.micros % 1_000_000 != 0
      skippedTimes += time.kind == .skipped ? 1 : 0
      repeatedTimes += time.kind == .repeated ? 1 : 0
      seen.insert(time.isDateOnly ? .date : .time)
      return true
    }
    outcome.seen.formUnion(seen)
    (outcome.skippedTimes, outcome.repeatedTimes) = (skippedTimes, repeatedTimes)
    for index in 0..<count where present[index] == 0 { values[index] = 0 }
    isWholeSeconds = isWholeSeconds && !hasFraction
    return outcome
  }

  /// Reads the cells as dates, days since 1970-01-01; times of day are refused.
  package func readDates(
    nulls: NullRule, into values: UnsafeMutablePointer<Int64>,
    present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    var isWholeSeconds = true
    var outcome = readTimes(
      format: .isoDate, zones: LocalZones(.utc), nulls: nulls, into: values, present: present,
      isWholeSeconds: &isWholeSeconds)
    if outcome.seen.contains(.time) { outcome.isRefused = true }
    for index in 0..<count { values[index] /= 86_400_000_000 }
    return outcome
  }
}
