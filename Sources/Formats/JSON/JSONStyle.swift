import CKernels
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

  var null: StaticString { "null" }
  var rowEnd: StaticString { isArray ? "}" : "}\n" }

  func rowStart(isFirst: Bool) -> StaticString {
    let isOpen = heads.isEmpty
    if !isArray { return isOpen ? "{" : "" }
    if isFirst { return isOpen ? "\n{" : "\n" }
    return isOpen ? ",\n{" : ",\n"
  }

  func cellStart(_ column: Int) -> [UInt8] { heads[column] }

  @inline(__always)
  func text(_ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>) -> Int {
    writeJSONString(text, to: cell)
  }

  func endTable(_ rows: Int, _ out: OutputBuffer) {
    if isArray { out.word(rows == 0 ? "]\n" : "\n]\n") }
  }
}

/// Writes UTF-8 text between quotes, with control characters, quotes and backslashes escaped.
@inline(__always)
func writeJSONString(
  _ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>
) -> Int {
  // The empty text may have no address; any will do.
  ck_write_json(text.baseAddress ?? UnsafePointer(cell), text.count, cell)
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
