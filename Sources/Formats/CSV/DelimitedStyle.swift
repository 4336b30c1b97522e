import Columns

/// Cells between delimiters, quoted where they must be.
struct DelimitedStyle: TableStyle {
  let delimiter: UInt8
  /// Whether the table has one column: then no delimiter stands between quotes and shows itself, and
  /// texts that hold what could be one must not.
  let isSingleColumn: Bool

  var hasNotFinite: Bool { true }
  var quotesTimes: Bool { false }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {
    for (column, name) in schema.names.enumerated() {
      beginCell(column, out)
      var name = name
      name.withUTF8 { text($0, out) }
    }
    endRow(out)
  }

  func beginRow(_ row: Int, _ out: OutputBuffer) {}

  func beginCell(_ column: Int, _ out: OutputBuffer) {
    if column > 0 { out.byte(delimiter) }
  }

  func null(_ out: OutputBuffer) {}

  func text(_ text: UnsafeBufferPointer<UInt8>, _ out: OutputBuffer) {
    var special = 0
    for byte in text {
      special &+= byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D ? 1 : 0
    }
    if isSingleColumn {
      for byte in text {
        special &+= byte == 0x2C || byte == 0x3B || byte == 0x09 || byte == 0x7C ? 1 : 0
      }
    }
    // Quotes tell the empty text and the words for null from null.
    if special == 0, !text.isEmpty, !NullRule.standard.isHard(text) { return out.bytes(text) }
    out.reserve(text.count * 2 + 2)
    out.byte(CSVDialect.quote)
    for byte in text {
      if byte == CSVDialect.quote { out.byte(byte) }
      out.byte(byte)
    }
    out.byte(CSVDialect.quote)
  }

  func endRow(_ out: OutputBuffer) { out.byte(CSVDialect.lineFeed) }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
