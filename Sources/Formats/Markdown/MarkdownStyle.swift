import Columns

/// A table of Markdown; numbers are aligned to the right.
struct MarkdownStyle: TableStyle {
  var hasNotFinite: Bool { true }
  var quotesTimes: Bool { false }

  var null: StaticString { "" }
  var rowEnd: StaticString { " |\n" }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {
    for (column, field) in schema.fields.enumerated() {
      out.word(mark(column))
      name(field.name, out)
    }
    out.word(rowEnd)
    for (column, field) in schema.fields.enumerated() {
      out.word(mark(column))
      out.word(field.type.isNumeric ? "---:" : "---")
    }
    out.word(rowEnd)
  }

  func rowStart(isFirst: Bool) -> StaticString { "" }

  private func mark(_ column: Int) -> StaticString { column == 0 ? "| " : " | " }

  func cellStart(_ column: Int) -> [UInt8] { mark(column).withUTF8Buffer { Array($0) } }

  /// Escapes what would break the row, be taken for HTML, or drive a terminal.
  func text(_ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>) -> Int {
    var place = 0
    var count = 0
    while place < text.count {
      let length = MarkdownStyle.oddLength(text, at: place)
      if length == 0 {
        cell[count] = text[place]
        count += 1
      } else {
        var escape = MarkdownStyle.escape(text[place..<(place + length)])
        escape.withUTF8 {
          (cell + count).update(from: $0.baseAddress ?? UnsafePointer(cell), count: $0.count)
        }
        count += escape.utf8.count
      }
      place += max(1, length)
    }
    return count
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

  /// What stands for such a character: at most six bytes for each of its own.
  private static func escape(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    switch bytes.first {
    case UInt8(ascii: "|"): "\\|"
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: "&"): "&amp;"
    case 0x0A: "<br>"
    case 0x0D: ""
    default:
      String(decoding: bytes, as: UTF8.self).unicodeScalars
        .map { "\\u{\(String($0.value, radix: 16))}" }.joined()
    }
  }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
