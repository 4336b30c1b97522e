import Columns

/// An object for each row.
struct JSONStyle: TableStyle {
  /// `"name": ` of each column, with the comma or brace before it.
  private let heads: [[UInt8]]
  let isArray: Bool

  init(names: [String], isArray: Bool) {
    self.isArray = isArray
    heads = names.enumerated().map { column, name in
      Array((column == 0 ? "{" : ", ").utf8) + quoted(name) + Array(": ".utf8)
    }
  }

  var hasNotFinite: Bool { false }
  var quotesTimes: Bool { true }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {
    if isArray { out.byte(UInt8(ascii: "[")) }
  }

  func beginRow(_ row: Int, _ out: OutputBuffer) {
    if isArray { out.word(row == 0 ? "\n" : ",\n") }
    if heads.isEmpty { out.byte(UInt8(ascii: "{")) }
  }

  func beginCell(_ column: Int, _ out: OutputBuffer) {
    heads[column].withUnsafeBufferPointer { out.bytes($0) }
  }

  func null(_ out: OutputBuffer) { out.word("null") }

  func text(_ text: UnsafeBufferPointer<UInt8>, _ out: OutputBuffer) {
    writeJSONString(text, out)
  }

  func endRow(_ out: OutputBuffer) {
    out.byte(UInt8(ascii: "}"))
    if !isArray { out.byte(0x0A) }
  }

  func endTable(_ rows: Int, _ out: OutputBuffer) {
    if isArray { out.word(rows == 0 ? "]\n" : "\n]\n") }
  }
}

/// Writes UTF-8 text between quotes, with control characters, quotes and backslashes escaped.
func writeJSONString(_ text: UnsafeBufferPointer<UInt8>, _ out: OutputBuffer) {
  out.reserve(text.count * 6 + 2)
  out.byte(0x22)
  var special = 0
  for byte in text { special &+= byte < 0x20 || byte == 0x22 || byte == 0x5C ? 1 : 0 }
  if special == 0 {
    out.bytes(text)
  } else {
    for byte in text { writeEscaped(byte, out) }
  }
  out.byte(0x22)
}

private func writeEscaped(_ byte: UInt8, _ out: OutputBuffer) {
  switch byte {
  case 0x22: out.word("\\\"")
  case 0x5C: out.word("\\\\")
  case 0x0A: out.word("\\n")
  case 0x0D: out.word("\\r")
  case 0x09: out.word("\\t")
  case 0..<0x20:
    out.word("\\u00")
    out.byte(hexDigit(byte >> 4))
    out.byte(hexDigit(byte & 15))
  default: out.byte(byte)
  }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

/// A text as a JSON string, quotes included.
func quoted(_ name: String) -> [UInt8] {
  var bytes: [UInt8] = [0x22]
  for byte in name.utf8 {
    switch byte {
    case 0x22, 0x5C: bytes += [0x5C, byte]
    case 0..<0x20: bytes += Array("\\u00".utf8) + [hexDigit(byte >> 4), hexDigit(byte & 15)]
    default: bytes.append(byte)
    }
  }
  return bytes + [0x22]
}
