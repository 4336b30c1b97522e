/// What `parseTimes` found in a block.
package struct TimeBlock: Equatable, Sendable {
  /// Cells that are no time.
  package var failures = 0
  /// Empty cells.
  package var nulls = 0
  /// Whether no time has a fraction of a second; true when there is no time at all.
  package var isWholeSeconds = true
  /// Whether all times are days without a time of day; true when there is no time at all.
  package var isDateOnly = true
  /// Times without an offset of their own that the clock of the zone skips, and shows twice.
  package var skipped = 0
  package var repeated = 0

  /// Counts a local time by its kind.
  mutating func note(_ kind: LocalTimeKind) {
    skipped &+= kind == .skipped ? 1 : 0
    repeated &+= kind == .repeated ? 1 : 0
  }
}

/// Reads the cells of a column in a block as times.
///
/// Cell i is the bytes `starts[i]..<ends[i]` after `base`, without quotes and spaces around it; 32
/// bytes before and after the text must be readable. What is read is what `parseTime` reads;
/// `format` says which one most cells have, and is only about speed. `micros[i]` gets microseconds
/// since 1970 UTC, or 0; `failed[i]` gets 0, 1 when the cell is no time, 2 when it is empty (null).
/// Cost in release about 3 ns a cell of the wanted format `isoSeconds`.
package func parseTimes(
  base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>,
  count: Int, format: ParsedTime.Format, zones: LocalZones,
  into micros: UnsafeMutablePointer<Int64>, failed: UnsafeMutablePointer<UInt8>
) -> TimeBlock {
  let cells = TimeCells(
    base: base, starts: starts, ends: ends, count: count, zones: zones, micros: micros,
    failed: failed)
  return MonthTable.entries.withUnsafeBufferPointer { entries in
    guard let months = entries.baseAddress else { return cells.parseAny() }
    switch format {
    case .isoSeconds: return cells.parseISOSeconds(months)
    case .twitter: return cells.parseTwitter(months)
    case .iso, .isoDate: return cells.parseISO(months)
    case .slashDate, .mail, .named, .numeric: return cells.parseAny()
    }
  }
}
