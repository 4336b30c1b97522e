/// The texts of one segment in Arrow's layout: row i is bytes offsets[i] ..< offsets[i + 1].
package struct TextSlice: Sendable {
  /// One more than rows, ascending; the first need not be 0.
  package let offsets: BufferSlice<UInt32>
  package let bytes: BufferSlice<UInt8>

  /// Takes ascending offsets whose last is within `bytes`.
  package init(offsets: BufferSlice<UInt32>, bytes: BufferSlice<UInt8>) {
    precondition(offsets.count >= 1, "text needs one offset more than rows")
    self.offsets = offsets
    self.bytes = bytes
  }

  package var rowCount: Int { offsets.count - 1 }

  /// The bytes of a row, valid while the slice is.
  package func utf8(at row: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets.pointer[row])
    let end = Int(offsets.pointer[row + 1])
    return UnsafeBufferPointer(start: bytes.pointer + start, count: end - start)
  }

  /// The text of a row.
  package func string(at row: Int) -> String { String(decoding: utf8(at: row), as: UTF8.self) }
}
