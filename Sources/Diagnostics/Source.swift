/// A program text and where it came from, so that a message can show the line it speaks of.
package struct Source: Sendable {
  /// What a message calls the text: a path, `-c`, or `stdin`.
  package let name: String
  /// The text as UTF-8; every offset in this project counts these bytes.
  package let bytes: [UInt8]
  /// The offset of the first byte of each line; the first is 0.
  package let lineStarts: [Int]

  /// Takes a text; O(n) for the table of lines.
  package init(name: String, text: String) {
    self.name = name
    let bytes = Array(text.utf8)
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The place of a byte offset: line and column from 1, the column in characters.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineStarts.lastIndex { $0 <= offset } ?? 0
    return (line + 1, text(in: lineStarts[line]..<offset).count + 1)
  }

  /// The text of a line (from 1) without its line end.
  package func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    return text(in: start..<end)
  }

  /// The text in a range of byte offsets, which is cut to the text where it reaches out of it.
  package func text(in range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }
}
