/// A text with the group of its row, in 24 bytes.
///
/// Of a text of up to sixteen bytes all is here; of a longer one its hash and where it lies.
struct GroupedText: BitwiseCopyable {
  /// The first eight bytes, or the hash of a long text.
  private let head: UInt64
  /// The last eight bytes, or the address of a long text.
  private let tail: UInt64
  private let count: UInt32
  var group: UInt32

  /// The text lives as long as what is made of it.
  @inline(__always) init(_ text: TextReference, group: UInt32) {
    let outline = text.outline
    let isLong = text.count > TextOutline.length
    head = isLong ? text.hash(outline) : outline.head
    tail = isLong ? UInt64(UInt(bitPattern: text.bytes)) : outline.tail
    count = UInt32(truncatingIfNeeded: text.count)
    self.group = group
  }

  /// The hash of the text.
  @inline(__always) var hash: UInt64 {
    let own = TextOutline(head: head, tail: tail, count: Int(count)).hash
    return isLong ? head : own
  }

  /// Whether groups and texts are the same.
  @inline(__always) func equals(_ other: GroupedText) -> Bool {
    let numbers = UInt64(count ^ other.count) | UInt64(group ^ other.group)
    if (head ^ other.head) | numbers != 0 { return false }
    return tail == other.tail || isLong && text.equals(other.text)
  }

  @inline(__always) private var isLong: Bool { count > UInt32(TextOutline.length) }

  /// A long text.
  private var text: TextReference {
    guard let bytes = UnsafePointer<UInt8>(bitPattern: UInt(tail)) else { return .empty }
    return TextReference(bytes: bytes, count: Int(count))
  }
}

/// Texts with their groups, scattered by the top bits of the texts' hashes into partitions, each a list
/// of chunks.
///
/// One worker fills it; afterwards any worker reads the chunks of a partition.
final class PartitionedTexts: @unchecked Sendable {
  // @unchecked: one worker fills; others read after its loop has ended.
  private let bits: UInt64
  /// Where the next text of each partition goes; nil before the first.
  private let cursors: Store<UnsafeMutablePointer<GroupedText>?>
  private var chunks: [[UnsafeMutablePointer<GroupedText>]]
  private let arena = Arena()

  private static let chunkBytes = 4096
  private static let chunkTexts = chunkBytes / MemoryLayout<GroupedText>.stride
  private static let mostBits = 10
  /// So many texts and their table fit the cache.
  private static let partTexts = 1 << 13

  init(bits: Int) {
    self.bits = UInt64(bits)
    cursors = Store(repeating: nil, count: 1 << bits)
    chunks = Array(repeating: [], count: 1 << bits)
  }

  /// The bits for so many texts.
  static func bits(rows: Int) -> Int {
    var bits = 0
    while bits < mostBits && rows >> bits > partTexts { bits += 1 }
    return bits
  }

  /// Adds each text with its group; those of group 0 are left out.
  func add(_ texts: UnsafePointer<TextReference>, _ groups: UnsafePointer<UInt32>, _ count: Int) {
    let (cursors, bits) = (cursors.pointer, bits)
    let (mask, end) = (
      UInt(PartitionedTexts.chunkBytes - 1),
      UInt(PartitionedTexts.chunkTexts * MemoryLayout<GroupedText>.stride)
    )
    for row in 0..<count where groups[row] != 0 {
      let entry = GroupedText(texts[row], group: groups[row])
      // Two shifts, for one by 64 would do nothing.
      let partition = Int(truncatingIfNeeded: (entry.hash &>> 1) &>> (63 &- bits))
      let cursor = cursors[partition] ?? newChunk(partition)
      cursor.pointee = entry
      let next = cursor + 1
      cursors[partition] = UInt(bitPattern: next) & mask == end ? newChunk(partition) : next
    }
  }

  @inline(never) private func newChunk(
    _ partition: Int
  ) -> UnsafeMutablePointer<GroupedText> {
    let size = PartitionedTexts.chunkBytes
    let chunk = arena.allocate(size, alignment: size).assumingMemoryBound(to: GroupedText.self)
    chunks[partition].append(chunk)
    return chunk
  }

  /// The texts of a partition, in parts; the last chunk ends at the cursor.
  func parts(of partition: Int) -> [UnsafeMutableBufferPointer<GroupedText>] {
    guard let last = chunks[partition].last, let cursor = cursors.pointer[partition] else {
      return []
    }
    return chunks[partition].map { chunk in
      UnsafeMutableBufferPointer(
        start: chunk, count: chunk == last ? cursor - chunk : PartitionedTexts.chunkTexts)
    }
  }
}
