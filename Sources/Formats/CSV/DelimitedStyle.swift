import CKernels
import Columns

/// Cells between delimiters, quoted where they must be.
struct DelimitedStyle: TableStyle {
  let delimiter: UInt8
  /// Whether the table has one column: then no delimiter stands between quotes and shows itself, and
  /// texts that hold what could be one must not.
  let isSingleColumn: Bool

  var hasNotFinite: Bool { true }
  var quotesTimes: Bool { false }

  var null: StaticString { "" }
  var rowEnd: StaticString { "\n" }

  func beginTable(_ schema: Schema, _ out: OutputBuffer) {
    for (column, name) in schema.names.enumerated() {
      if column > 0 { out.byte(delimiter) }
      self.name(name, out)
    }
    out.word(rowEnd)
  }

  func rowStart(isFirst: Bool) -> StaticString { "" }

  func cellStart(_ column: Int) -> [UInt8] { column > 0 ? [delimiter] : [] }

  @inline(__always)
  func text(_ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>) -> Int {
    // Quotes tell the empty text and the words for null from null.
    guard let start = text.baseAddress, !text.isEmpty, !NullRule.standard.isHard(text) else {
      return DelimitedStyle.quote(text, to: cell)
    }
    return ck_write_delimited(start, text.count, delimiter, isSingleColumn ? 1 : 0, cell)
  }

  /// Writes a text without quotes in it.
  private static func quote(
    _ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>
  ) -> Int {
    cell[0] = CSVDialect.quote
    for (place, byte) in text.enumerated() { cell[place + 1] = byte }
    cell[text.count + 1] = CSVDialect.quote
    return text.count + 2
  }

  func endTable(_ rows: Int, _ out: OutputBuffer) {}
}
