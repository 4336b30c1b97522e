/// An Arrow file or stream whose structure was checked; its values are not read yet.
package final class ArrowFile: Sendable {
  package let file: MappedFile
  let schema: ArrowSchema
  /// In the order of the file; `isDelta` adds to the one of the same number before.
  let dictionaries: [(id: Int64, isDelta: Bool, batch: ArrowBatch)]
  let batches: [ArrowBatch]
  /// What only the file form has, and only its own writer sets.
  let footerMetadata: [(key: String, value: String)]
  /// Whether it is the stream form.
  package let isStream: Bool
  package let rowCount: Int

  private static let magic = Array("ARROW1".utf8)
  private static let mostRows = 1 << 32

  /// Whether the first bytes of a file are those of an Arrow file or stream.
  package static func isArrow(_ head: some Collection<UInt8>) -> Bool {
    if head.starts(with: magic) { return true }
    let bytes = Array(head.prefix(8))
    guard bytes.count == 8, bytes.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) else { return false }
    // The length of the schema, in eights.
    return bytes[4] & 7 == 0 && bytes[7] < 0x10 && bytes[4...7].contains { $0 != 0 }
  }

  /// Reads and checks the structure: footer, schema, and where each batch has its buffers.
  ///
  /// Touches no values. O(batches · columns).
  package init(_ file: MappedFile) throws(ArrowProblem) {
    self.file = file
    let parts: ArrowParts
    isStream = !file.bytes(0..<min(6, file.byteCount)).elementsEqual(Self.magic)
    if isStream { parts = try ArrowParts(stream: file) } else { parts = try ArrowParts(file: file) }
    (schema, dictionaries, batches) = (parts.schema, parts.dictionaries, parts.batches)
    footerMetadata = parts.footerMetadata
    rowCount = batches.reduce(0) { $0 + $1.rowCount }
    // Compressed bytes may hold many rows, and rows of nothing need no bytes; but not without end.
    guard rowCount <= Self.mostRows + file.byteCount << 15 else {
      throw .damaged("it has more rows than its bytes can hold")
    }
    if file.isDamaged { throw .damaged("it became shorter while it was read") }
  }
}

extension ArrowFile {
  /// A value of the footer; nil where there is none.
  func footer(_ key: String) -> String? { footerMetadata.first { $0.key == key }?.value }
}
