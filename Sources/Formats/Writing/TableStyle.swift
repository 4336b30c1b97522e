import Columns

/// How the parts of a table are written; the loop over rows is compiled for each style.
protocol TableStyle: Sendable {
  /// Whether NaN and infinities have a word.
  var hasNotFinite: Bool { get }
  /// Whether times and dates stand between quotes.
  var quotesTimes: Bool { get }
  /// What stands for null.
  var null: StaticString { get }
  /// What ends a row.
  var rowEnd: StaticString { get }

  func beginTable(_ schema: Schema, _ out: OutputBuffer)
  /// What stands before the cells of the first row, or another one.
  func rowStart(isFirst: Bool) -> StaticString
  /// What stands before the cells of a column.
  func cellStart(_ column: Int) -> [UInt8]
  /// Writes a text as a cell, for which there is `cellCapacity` of its length; gives the bytes of it.
  func text(_ text: UnsafeBufferPointer<UInt8>, to cell: UnsafeMutablePointer<UInt8>) -> Int
  func endTable(_ rows: Int, _ out: OutputBuffer)
}

/// The memory that a text's cell may touch, in every style.
@inline(__always) func cellCapacity(_ byteCount: Int) -> Int { 6 * byteCount + 80 }

extension TableStyle {
  /// Writes the name of a column as a cell.
  func name(_ name: String, _ out: OutputBuffer) {
    // Texts of cells have as many readable bytes behind them.
    let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: 64)
    bytes.withUnsafeBufferPointer { bytes in
      let count = bytes.count - 64
      out.reserve(cellCapacity(count))
      out.advance(text(UnsafeBufferPointer(rebasing: bytes[..<count]), to: out.next))
    }
  }
}
