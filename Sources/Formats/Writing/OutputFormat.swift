package import Calendars
package import Columns

/// The formats that tables are written in.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// RFC 4180 with line feeds. Null is nothing and the empty text `""`, which reading tells apart.
  case csv
  /// As csv, with tabs.
  case tsv
  /// An array of objects, one on a line.
  case json
  /// One object a line.
  case jsonl
  /// A table for documents. Marks of the table and of HTML are escaped; null is nothing.
  case markdown
  /// Arrow IPC, the file form; see `writeArrow`.
  case arrow
  /// Arrow IPC, the stream form.
  case arrows

  /// Whether it is text, which a terminal can show.
  package var isText: Bool { self != .arrow && self != .arrows }
}

/// Writes a table, in pieces of some 256 KiB.
///
/// Values are written as they are: in csv, text that begins with `=`, `+`, `-` or `@` stays what it
/// is, though spreadsheets take it for a formula. Times are ISO 8601, in json and jsonl in UTC, else
/// in `zone`. NaN and infinities are `nan` and `inf`, in json null, which has no word for them.
/// - Throws: what `sink` throws, and `ArrowProblem` for what Arrow cannot hold; nothing is written after that.
package func write(
  _ table: Table, as format: OutputFormat, zone: TimeZoneRules,
  to sink: (UnsafeRawBufferPointer) throws -> Void
) throws {
  // The sink is called while this function runs, and by it alone.
  try withoutActuallyEscaping(sink) { sink in
    if !format.isText { return try writeArrow(table, isStream: format == .arrows, to: sink) }
    let writer = TextWriter(table.schema, as: format, zone: zone, to: sink)
    try writer.append(table)
    try writer.finish()
  }
}

/// How the parts of a table are written; the loop over rows is compiled for each style.
protocol TableStyle {
  /// Whether NaN and infinities have a word.
  var hasNotFinite: Bool { get }
  /// Whether times and dates stand between quotes.
  var quotesTimes: Bool { get }
  func beginTable(_ schema: Schema, _ out: OutputBuffer)
  func beginRow(_ row: Int, _ out: OutputBuffer)
  func beginCell(_ column: Int, _ out: OutputBuffer)
  func null(_ out: OutputBuffer)
  func text(_ text: UnsafeBufferPointer<UInt8>, _ out: OutputBuffer)
  func endRow(_ out: OutputBuffer)
  func endTable(_ rows: Int, _ out: OutputBuffer)
}

/// Writes the rows of a table, of which the first has a number, in a style.
func writeRows<Style: TableStyle>(
  _ table: Table, from first: Int, _ style: Style, _ zone: TimeZoneRules, _ out: OutputBuffer
) throws {
  var row = first
  for (index, rows) in table.segmentRowCounts.enumerated() {
    let segments = table.columns.map { $0.segments[index] }
    let sources = zip(table.columns, segments).map { CellSource($1, type: $0.type) }
    // The sources point into the segments.
    try withExtendedLifetime(segments) {
      for place in 0..<rows {
        style.beginRow(row, out)
        for column in sources.indices {
          style.beginCell(column, out)
          writeCell(sources[column], place, style, zone, out)
        }
        style.endRow(out)
        row += 1
        try out.flushIfFull()
      }
    }
  }
}

/// Writes one cell.
private func writeCell<Style: TableStyle>(
  _ source: CellSource, _ row: Int, _ style: Style, _ zone: TimeZoneRules, _ out: OutputBuffer
) {
  if source.isNull(row) { return style.null(out) }
  switch source.type {
  case .int: out.integer(source.integer(row))
  case .bool: out.word(source.integer(row) != 0 ? "true" : "false")
  case .string: style.text(source.text(row), out)
  case .float:
    let value = source.float(row)
    if !value.isFinite && !style.hasNotFinite { return style.null(out) }
    out.word(value.isNaN ? "nan" : value.description)
  case .date:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.reserve(32)
    out.advance(writeDate(days: Int(source.integer(row)), to: out.next))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  case .time:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.reserve(timeTextCapacity)
    out.advance(writeTime(micros: source.integer(row), zone: zone, to: out.next))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  case .duration:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.word(formatDuration(micros: source.integer(row)))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  }
}
