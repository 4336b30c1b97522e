import Kernels

/// Words of blocks in which none is less than the one before it, kept as they come.
///
/// The words of a list in order need no table to be counted: where blocks do not overlap, their different
/// words add up.
final class RisingWords: @unchecked Sendable {
  // @unchecked: one worker adds; read after its loop has ended.
  private struct Run {
    let first: Int64
    let last: Int64
    let distinct: Int64
  }

  private let words = Store<Int64>(capacity: 1 << 10)
  private var runs: [Run] = []

  /// Keeps the words of a block; false where one is less than the one before it.
  func add(_ block: UnsafePointer<Int64>, _ count: Int) -> Bool {
    if count == 0 { return true }
    guard let changes = risingChanges(block, count: count) else { return false }
    let start = words.count
    words.reserve(start + count)
    (words.pointer + start).update(from: block, count: count)
    words.setCount(start + count)
    runs.append(Run(first: block[0], last: block[count - 1], distinct: Int64(changes) + 1))
    return true
  }

  /// The words by partition, of group 1.
  func partitioned(bits: Int) -> PartitionedWords {
    let partitioned = PartitionedWords(bits: bits)
    let ones = Store<UInt32>(repeating: 1, count: max(1, words.count))
    partitioned.add(words.pointer, ones.pointer, words.count)
    return partitioned
  }

  /// The number of different words of all; nil where blocks overlap.
  ///
  /// O(blocks log blocks).
  static func distinct(_ all: [RisingWords]) -> Int64? {
    let runs = all.flatMap(\.runs).sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    var total: Int64 = 0
    var last: Int64?
    for run in runs {
      if let last, run.first < last { return nil }
      total += run.first == last ? run.distinct - 1 : run.distinct
      last = run.last
    }
    return total
  }
}
