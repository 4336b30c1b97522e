import Kernels
import Tasks

/// Many words in several stores, of which single ranks are looked for on all cores.
///
/// As `select`: only those are searched that lie between two words of a sample, which blocks find apart.
/// The stores stay as they are. O(n) a rank.
struct PartedSelection {
  private let parts: [Store<Int64>]
  private let count: Int
  private let workers: Workers

  /// So few words are put together and searched by one core.
  static let fewestWords = 1 << 16
  private static let sampledWords = 4096
  private static let blockWords = 1 << 16

  init(_ parts: [Store<Int64>], _ workers: Workers) {
    self.parts = parts
    self.workers = workers
    count = parts.reduce(0) { $0 + $1.count }
  }

  /// The words of two neighbouring ranks in the order of all; nil where the sample missed them.
  func select(
    _ low: Int, _ high: Int
  ) throws(EvaluationFailure) -> (low: Int64, high: Int64)? {
    let bounds = SampledBounds(sample, of: count, low, high)
    let blocks = parts.indices.flatMap { part in
      stride(from: 0, to: parts[part].count, by: Self.blockWords).map { (part: part, start: $0) }
    }
    let found = Portions<(below: Int, between: Store<Int64>)>(count: blocks.count)
    try workers.run(blocks.count) { [parts] _, index throws(EvaluationFailure) in
      let (words, start) = (parts[blocks[index].part], blocks[index].start)
      let block = UnsafeBufferPointer(
        start: words.pointer + start, count: min(Self.blockWords, words.count - start))
      found.set(index, Self.narrowed(block, bounds))
    }
    let below = found.all.reduce(0) { $0 + $1.below }
    let between = Store<Int64>(capacity: found.all.reduce(1) { $0 + $1.between.count })
    for (_, own) in found.all {
      (between.pointer + between.count).update(from: own.pointer, count: own.count)
      between.setCount(between.count + own.count)
    }
    if low < below || high >= below + between.count { return nil }
    return Evaluating.select(between.pointer, between.count, low - below, high - below)
  }

  /// Words from places spread evenly over all parts.
  private var sample: [Int64] {
    let step = max(1, count / Self.sampledWords)
    var sample: [Int64] = []
    var next = 0
    for part in parts {
      while next < part.count {
        sample.append(part.pointer[next])
        next += step
      }
      next -= part.count
    }
    return sample
  }

  private static func narrowed(
    _ words: UnsafeBufferPointer<Int64>, _ bounds: SampledBounds
  ) -> (below: Int, between: Store<Int64>) {
    let between = Store<Int64>(capacity: words.count)
    guard let first = words.baseAddress else { return (0, between) }
    let (below, found) = wordsBetween(
      first, count: words.count, bounds.least, bounds.greatest, into: between.pointer)
    between.setCount(found)
    return (below, between)
  }
}
