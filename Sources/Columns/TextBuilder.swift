/// Collects texts into Arrow's layout; for small results and constants, not for the loader.
package struct TextBuilder {
  private var offsets: [UInt32] = [0]
  private var bytes: [UInt8] = []

  package init() {}

  package var rowCount: Int { offsets.count - 1 }
  package var byteCount: Int { bytes.count }

  /// Adds a row.
  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Adds a row of UTF-8 bytes.
  package mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: utf8)
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// The rows so far; they must be under 4 GiB together.
  package consuming func finish() -> TextSlice {
    precondition(bytes.count <= UInt32.max, "text of one segment exceeds 4 GiB")
    return TextSlice(offsets: BufferSlice(offsets), bytes: BufferSlice(bytes))
  }
}
