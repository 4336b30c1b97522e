import Columns

/// A table of Markdown; numbers are aligned to the right.
struct MarkdownStyle: TableStyle {
  var hasNotFinite: Bool { true }
  var quotesTimes: Bool { false }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {
    for (column, field) in schema.fields.enumerated() {
      beginCell(column, out)
      var name = field.name
      name.withUTF8 { text($0, out) }
    }
    endRow(out)
    for (column, field) in schema.fields.enumerated() {
      beginCell(column, out)
      out.word(field.type.isNumeric ? "---:" : "---")
    }
    endRow(out)
  }

  func beginRow(_ row: Int, _ out: OutputBuffer) {}

  func beginCell(_ column: Int, _ out: OutputBuffer) { out.word(column == 0 ? "| " : " | ") }

  func null(_ out: OutputBuffer) {}

  /// Escapes what would break the row, be taken for HTML, or drive a terminal.
  func text(_ text: UnsafeBufferPointer<UInt8>, _ out: OutputBuffer) {
    let isPlain = text.allSatisfy { $0 >= 0x20 && $0 < 0x7F && !"|\\<&".utf8.contains($0) }
    if isPlain { return out.bytes(text) }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { write(scalar, out) }
  }

  private func write(_ scalar: Unicode.Scalar, _ out: OutputBuffer) {
    switch scalar {
    case "|": out.word("\\|")
    case "\\": out.word("\\\\")
    case "<": out.word("&lt;")
    case "&": out.word("&amp;")
    case "\n": out.word("<br>")
    case "\r": break
    default:
      let hidden: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
      let isBidi = scalar.properties.isBidiControl
      if isBidi || hidden.contains(scalar.properties.generalCategory) {
        out.word("\\u{\(String(scalar.value, radix: 16))}")
      } else {
        out.word(String(scalar))
      }
    }
  }

  func endRow(_ out: OutputBuffer) { out.word(" |\n") }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
