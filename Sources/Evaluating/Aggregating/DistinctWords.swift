/// The different values of a fixed-width argument, for few groups: scattered words, counted when
/// all rows are there.
final class DistinctWords: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  private var own: PartitionedWords?
  private var all: [PartitionedWords] = []
  let bits: Int
  private let words: Store<Int64>
  /// Blocks of one group in order, of every worker once merged.
  private(set) var rising: [RisingWords] = []

  init(bits: Int, blockRows: Int) {
    self.bits = bits
    words = Store(undefined: blockRows)
  }

  /// The parts, when every worker's have been merged into one.
  var partitioned: [PartitionedWords] { all + (own.map { [$0] } ?? []) }
  var partitionCount: Int { 1 << bits }

  func resize(to count: Int) {}

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    var words = UnsafePointer(words.pointer)
    if case .int64(let values) = argument.values, argument.scale == 1 {
      words = values
    } else if !argument.orderWords(into: self.words.pointer) {
      return
    }
    if rows.isSingleGroup, argument.validity == nil {
      if rising.isEmpty { rising.append(RisingWords()) }
      if rising[0].add(words, argument.count) { return }
    }
    let log = own ?? PartitionedWords(bits: bits)
    own = log
    log.add(words, argument.groups, argument.count)
  }

  /// The number of different words where all came in order, in blocks that do not overlap; nil for others.
  var countInOrder: Int64? {
    partitioned.isEmpty ? RisingWords.distinct(rising) : nil
  }

  /// Groups keep their numbers: this is for dense groups only.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? DistinctWords else { return }
    all += other.partitioned
    rising += other.rising
  }
}

/// Counts different words of partitions, in a table that is used again.
struct DistinctCounter {
  private let table = Store<UInt64>(capacity: 1 << 12)

  /// Adds to `counts[group]` the number of different words of each group in a partition; words of
  /// group 0 are left out.
  func count(
    _ logs: [PartitionedWords], _ partition: Int, into counts: UnsafeMutablePointer<Int64>
  ) {
    let parts = logs.flatMap { $0.parts(of: partition) }
    let total = parts.reduce(0) { $0 + $1.count }
    guard total > 0, let bits = logs.first?.bits else { return }
    var capacity = 1 << 10
    while capacity < total + total / 4 { capacity <<= 1 }
    table.removeAll()
    table.resize(to: capacity, filling: 0)
    let slots = table.pointer
    let shift = UInt64(capacity.leadingZeroBitCount + 1)
    let mask = capacity &- 1
    let groupMask: UInt64 = (1 &<< UInt64(bits)) &- 1
    for part in parts {
      guard let words = part.baseAddress else { continue }
      for index in 0..<part.count {
        let word = words[index]
        let group = word & groupMask
        if group == 0 { continue }
        // The group is mixed in, so that one value's groups do not crowd one place.
        var slot = Int(truncatingIfNeeded: (word ^ group &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while true {
          let found = slots[slot]
          let isNew: Int64 = found == 0 ? 1 : 0
          if isNew | (found == word ? 1 : 0) != 0 {
            counts[Int(group)] &+= isNew
            slots[slot] = word
            break
          }
          slot = (slot &+ 1) & mask
        }
      }
    }
  }
}
