import Columns

/// Words scattered by their top bits into partitions, each a list of chunks.
///
/// A word is multiplied by an odd constant, which loses nothing; the partition's bits are then
/// shifted out, and the low bits they leave carry the group. One worker fills it; afterwards any
/// worker reads the chunks of a partition.
final class PartitionedWords: @unchecked Sendable {
  // @unchecked: one worker fills; others read after its loop has ended.
  let bits: Int
  private let cursors: Store<UnsafeMutablePointer<UInt64>>
  private var chunks: [(partition: Int, start: UnsafeMutablePointer<UInt64>)] = []
  private var starts: [Int] = []
  private let arena = Arena()

  static let chunkWords = 512
  private static let chunkBytes = 4096

  /// `bits` from 1 to 12; groups must be below 2^bits.
  init(bits: Int) {
    self.bits = bits
    cursors = Store(capacity: 1 << bits)
    for partition in 0..<1 << bits { cursors.append(newChunk(partition)) }
  }

  /// The bits for so many words and groups: partitions whose table fits the cache.
  static func bits(rows: Int, groups: Int) -> Int {
    var bits = 1
    while bits < 10 && rows >> bits > 1 << 14 { bits += 1 }
    while groups >> bits > 0 { bits += 1 }
    return bits
  }

  private func newChunk(_ partition: Int) -> UnsafeMutablePointer<UInt64> {
    let chunk = arena.allocate(PartitionedWords.chunkBytes, alignment: PartitionedWords.chunkBytes)
      .assumingMemoryBound(to: UInt64.self)
    chunks.append((partition, chunk))
    return chunk
  }

  /// Adds each word with its group.
  func add(_ words: UnsafePointer<Int64>, _ groups: UnsafePointer<UInt32>, _ count: Int) {
    let cursors = cursors.pointer
    let bits = UInt64(bits)
    let shift = 64 &- bits
    let mask = UInt(PartitionedWords.chunkBytes &- 1)
    for row in 0..<count {
      let mixed = UInt64(bitPattern: words[row]) &* 0x9E37_79B9_7F4A_7C15
      let partition = Int(truncatingIfNeeded: mixed &>> shift)
      let cursor = cursors[partition]
      cursor.pointee = mixed &<< bits | UInt64(groups[row])
      let next = cursor + 1
      cursors[partition] = next
      if UInt(bitPattern: next) & mask == 0 { cursors[partition] = newChunk(partition) }
    }
  }

  /// Sorts the chunks by partition, after the last `add`.
  func finish() {
    let ordered = chunks.indices.sorted { (chunks[$0].partition, $0) < (chunks[$1].partition, $1) }
    chunks = ordered.map { chunks[$0] }
    starts = Array(repeating: 0, count: 1 << bits)
    for (index, chunk) in chunks.enumerated().reversed() { starts[chunk.partition] = index }
    starts.append(chunks.count)
  }

  /// The words of a partition, in parts; the last chunk of each ends at the cursor.
  func parts(of partition: Int) -> [UnsafeBufferPointer<UInt64>] {
    (starts[partition]..<starts[partition + 1]).map { index in
      let isLast = index + 1 == starts[partition + 1]
      let count =
        isLast
        ? cursors.pointer[partition] - chunks[index].start : PartitionedWords.chunkWords
      return UnsafeBufferPointer(start: chunks[index].start, count: count)
    }
  }
}
