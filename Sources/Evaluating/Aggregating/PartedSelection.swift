import Kernels
import Tasks

/// Many words in pieces of logs, of which single ranks are looked for on all cores.
///
/// As `select`: only those are searched that lie between two words of a sample, which blocks find apart.
/// The pieces stay as they are. O(n) a rank.
struct PartedSelection {
  private let pieces: [LogPiece]
  private let count: Int
  private let workers: Workers

  /// So few words are put together and searched by one core.
  static let fewestWords = 1 << 16
  private static let sampledWords = 4096
  private static let blockWords = 1 << 14

  init(_ pieces: [LogPiece], _ workers: Workers) {
    self.pieces = pieces
    self.workers = workers
    count = pieces.reduce(0) { $0 + $1.count }
  }

  /// The words of two neighbouring ranks in the order of all; nil where the sample missed them.
  func select(
    _ low: Int, _ high: Int
  ) throws(EvaluationFailure) -> (low: Int64, high: Int64)? {
    let bounds = SampledBounds(sample, of: count, low, high)
    let blocks = pieces.flatMap { piece in
      stride(from: 0, to: piece.count, by: Self.blockWords).map { start in
        (piece: piece, rows: start..<min(start + Self.blockWords, piece.count))
      }
    }
    let found = Portions<(below: Int, between: Store<Int64>)>(count: blocks.count)
    try workers.run(blocks.count) { _, index in
      found.set(index, Self.narrowed(blocks[index].piece.words, blocks[index].rows, bounds))
    }
    let below = found.all.reduce(0) { $0 + $1.below }
    let between = Store<Int64>(capacity: found.all.reduce(1) { $0 + $1.between.count })
    for (_, own) in found.all {
      (between.pointer + between.count).update(from: own.pointer, count: own.count)
      between.setCount(between.count + own.count)
    }
    if low < below || high >= below + between.count { return nil }
    return Evaluating.select(
      UnsafeBufferPointer(between.elements), low - below, high - below)
  }

  /// Words from places spread evenly over all parts.
  private var sample: [Int64] {
    let step = max(1, count / Self.sampledWords)
    var sample: [Int64] = []
    var next = 0
    for piece in pieces {
      while next < piece.count {
        sample.append(piece.words[next])
        next += step
      }
      next -= piece.count
    }
    return sample
  }

  private static func narrowed(
    _ words: LoggedWords, _ rows: Range<Int>, _ bounds: SampledBounds
  ) -> (below: Int, between: Store<Int64>) {
    let between = Store<Int64>(capacity: rows.count)
    let scratch = Store<Int64>(undefined: words.isNarrow ? rows.count : 1)
    let words = words.words(rows.lowerBound, count: rows.count, scratch: scratch.pointer)
    let (below, found) = wordsBetween(
      words, count: rows.count, bounds.least, bounds.greatest, into: between.pointer)
    between.setCount(found)
    return (below, between)
  }
}
