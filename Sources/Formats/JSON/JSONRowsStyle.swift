import Calendars
package import Columns
package import Tasks

/// The rows of a table as JSON arrays with commas between, without the brackets around them.
///
/// Values as in `OutputFormat.json`; made by `workers`, where given. Throws what `sink` throws, and
/// `Interrupted` when the workers are.
package func writeJSONRows(
  _ table: Table, on workers: Workers? = nil, to sink: (UnsafeRawBufferPointer) throws -> Void
) throws {
  try withoutActuallyEscaping(sink) { sink in
    let out = OutputBuffer(sink)
    try writeRows(table, from: 0, JSONRowsStyle(), .utc, workers, out)
    try out.flush()
  }
}

/// A text as a JSON string, quotes included.
package func appendJSONString(_ text: String, to bytes: inout [UInt8]) {
  bytes += quoted(text)
}

/// An array for each row.
private struct JSONRowsStyle: TableStyle {
  var hasNotFinite: Bool { false }
  var quotesTimes: Bool { true }

  var null: StaticString { "null" }
  var rowEnd: StaticString { "]" }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {}

  func rowStart(isFirst: Bool) -> StaticString { isFirst ? "[" : ", [" }

  func cellStart(_ column: Int) -> [UInt8] { column > 0 ? Array(", ".utf8) : [] }

  @inline(__always)
  func text(_ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>) -> Int {
    writeJSONString(text, to: cell)
  }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
