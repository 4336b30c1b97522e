/// Texts of a block wherever they are stored: row i is bytes starts[i] ..< ends[i] after `base`.
///
/// All are valid UTF-8 in itself; 64 bytes behind the last one are readable.
package struct TextRows {
  package let base: UnsafePointer<UInt8>
  package let starts: UnsafePointer<UInt32>
  package let ends: UnsafePointer<UInt32>

  package init(
    base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>
  ) {
    self.base = base
    self.starts = starts
    self.ends = ends
  }

  /// Rows in Arrow's layout, one offset more than rows.
  package init(base: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>) {
    self.init(base: base, starts: offsets, ends: offsets + 1)
  }

  /// The offsets of rows in Arrow's layout; nil for others.
  var offsets: UnsafePointer<UInt32>? { ends == starts + 1 ? starts : nil }

  /// The bytes of a row.
  package subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: base + Int(starts[row]), count: Int(ends[row]) &- Int(starts[row]))
  }
}
