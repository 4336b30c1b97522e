import Columns

/// The memory that one worker reads chunks into; reused from chunk to chunk.
final class ChunkBuffer {
  private var memory: Buffer
  private(set) var capacity: Int

  /// Bytes that vector code may read before and behind the text.
  private static let margin = 128

  init(capacity: Int) {
    self.capacity = capacity
    memory = Buffer(byteCount: capacity + 2 * ChunkBuffer.margin)
    clearMargin(memory)
  }

  /// The first byte of text; 64 bytes before it are readable.
  var base: UnsafeMutablePointer<UInt8> {
    (memory.base + ChunkBuffer.margin).assumingMemoryBound(to: UInt8.self)
  }

  /// Makes room for `wanted` bytes and keeps the first `count`.
  func reserve(_ wanted: Int, keeping count: Int) {
    if wanted <= capacity { return }
    capacity = max(wanted, capacity * 2)
    let grown = Buffer(byteCount: capacity + 2 * ChunkBuffer.margin)
    clearMargin(grown)
    let text = (grown.base + ChunkBuffer.margin).assumingMemoryBound(to: UInt8.self)
    text.update(from: base, count: count)
    memory = grown
  }

  private func clearMargin(_ memory: Buffer) {
    memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: ChunkBuffer.margin)
  }
}

/// A part of a file in a worker's buffer.
struct ChunkSpan {
  let index: Int
  /// The offset of the buffer's first byte in the text.
  var origin: Int
  /// Where the first record begins in the buffer.
  var start: Int
  /// Records that begin here or later are the next chunk's.
  var limit: Int
  /// The bytes in the buffer; more are read as the parser comes near their end.
  var count: Int
  /// The bytes that the chunk has when all are read, those for its last record among them.
  var fullCount: Int
  /// Whether the text ends with them.
  var isFinal: Bool
}
