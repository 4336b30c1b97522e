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
    var plainStart = 0
    var place = 0
    while place < text.count {
      let length = MarkdownStyle.oddLength(text, at: place)
      if length > 0 {
        out.bytes(UnsafeBufferPointer(rebasing: text[plainStart..<place]))
        MarkdownStyle.writeOdd(text[place..<(place + length)], out)
        plainStart = place + length
      }
      place += max(1, length)
    }
    out.bytes(UnsafeBufferPointer(rebasing: text[plainStart...]))
  }

  /// The bytes of a character that is not written as it is; 0 for all others.
  private static func oddLength(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    let byte = text[place]
    if byte < 0x80 {
      let isMark = byte == 0x7C || byte == 0x5C || byte == 0x3C || byte == 0x26 || byte == 0x7F
      return byte < 0x20 || isMark ? 1 : 0
    }
    if byte != 0xC2 && byte != 0xD8 && byte != 0xE2 || place + 1 == text.count { return 0 }
    let second = text[place + 1]
    // Controls from U+0080 on, and the Arabic letter mark.
    if byte == 0xC2 { return second < 0xA0 ? 2 : 0 }
    if byte == 0xD8 { return second == 0x9C ? 2 : 0 }
    guard place + 2 < text.count else { return 0 }
    let third = text[place + 2]
    // Marks of direction, line and paragraph separators; isolates.
    if second == 0x80 { return third == 0x8E || third == 0x8F || 0xA8...0xAE ~= third ? 3 : 0 }
    return second == 0x81 && 0xA6...0xA9 ~= third ? 3 : 0
  }

  private static func writeOdd(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ out: OutputBuffer) {
    switch bytes.first {
    case UInt8(ascii: "|"): out.word("\\|")
    case UInt8(ascii: "\\"): out.word("\\\\")
    case UInt8(ascii: "<"): out.word("&lt;")
    case UInt8(ascii: "&"): out.word("&amp;")
    case 0x0A: out.word("<br>")
    case 0x0D: break
    default:
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        out.word("\\u{\(String(scalar.value, radix: 16))}")
      }
    }
  }

  func endRow(_ out: OutputBuffer) { out.word(" |\n") }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
