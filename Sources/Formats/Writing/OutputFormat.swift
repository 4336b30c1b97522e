package import Calendars
package import Columns
package import Tasks

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
/// Made by `workers`, where given.
/// - Throws: what `sink` throws, and `ArrowProblem` for what Arrow cannot hold; nothing is written after that.
package func write(
  _ table: Table, as format: OutputFormat, zone: TimeZoneRules, on workers: Workers? = nil,
  to sink: (UnsafeRawBufferPointer) throws -> Void
) throws {
  // The sink is called while this function runs, and by it alone.
  try withoutActuallyEscaping(sink) { sink in
    if !format.isText {
      return try writeArrow(table, isStream: format == .arrows, on: workers, to: sink)
    }
    let writer = TextWriter(table.schema, as: format, zone: zone, on: workers, to: sink)
    try writer.append(table)
    try writer.finish()
  }
}
