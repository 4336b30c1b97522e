import Tasks

/// Sorts many pairs by word, stably, on all workers: first by the top bits of the words' range into
/// buckets, then each bucket by itself.
struct ParallelPairSort {
  private let workers: Workers
  private let portionRows = 1 << 16
  private let bucketBits = 10

  init(_ workers: Workers) { self.workers = workers }

  /// The pairs in order; gives the old store or a new one.
  func sorted(_ pairs: Store<SortPair>) throws(EvaluationFailure) -> Store<SortPair> {
    let count = pairs.count
    if count < 1 << 15 {
      PairSorter().sort(pairs.pointer, count)
      return pairs
    }
    let (least, greatest) = try range(pairs)
    let span = greatest - least
    let shift = UInt64(max(0, 64 - span.leadingZeroBitCount - bucketBits))
    let (scattered, bounds) = try scatter(pairs, least, shift)
    let sorters = PerWorker<PairSorter>(workers)
    try workers.run(bounds.count - 1) { worker, bucket throws(EvaluationFailure) in
      let sorter = try sorters.value(worker) { PairSorter() }
      sorter.sort(scattered.pointer + bounds[bucket], bounds[bucket + 1] - bounds[bucket])
    }
    return scattered
  }

  private func portion(_ index: Int, of count: Int) -> Range<Int> {
    index * portionRows..<min(count, (index + 1) * portionRows)
  }

  private func portions(of count: Int) -> Int { (count + portionRows - 1) / portionRows }

  private func range(_ pairs: Store<SortPair>) throws(EvaluationFailure) -> (UInt64, UInt64) {
    let ranges = Portions<(UInt64, UInt64)>(count: portions(of: pairs.count))
    try workers.run(portions(of: pairs.count)) { _, index throws(EvaluationFailure) in
      var least = UInt64.max
      var greatest: UInt64 = 0
      for row in portion(index, of: pairs.count) {
        let word = pairs.pointer[row].word
        least = word < least ? word : least
        greatest = word > greatest ? word : greatest
      }
      ranges.set(index, (least, greatest))
    }
    return ranges.all.reduce((UInt64.max, 0)) { (min($0.0, $1.0), max($0.1, $1.1)) }
  }

  private func scatter(
    _ pairs: Store<SortPair>, _ least: UInt64, _ shift: UInt64
  ) throws(EvaluationFailure) -> (Store<SortPair>, [Int]) {
    let buckets = 1 << bucketBits
    let portionCount = portions(of: pairs.count)
    let counts = Store<Int>(repeating: 0, count: portionCount * buckets)
    try workers.run(portionCount) { _, index throws(EvaluationFailure) in
      let own = counts.pointer + index * buckets
      for row in portion(index, of: pairs.count) {
        own[Int(truncatingIfNeeded: (pairs.pointer[row].word &- least) &>> shift)] &+= 1
      }
    }
    var bounds: [Int] = []
    var total = 0
    for bucket in 0..<buckets {
      bounds.append(total)
      for index in 0..<portionCount {
        let size = counts.pointer[index * buckets + bucket]
        counts.pointer[index * buckets + bucket] = total
        total += size
      }
    }
    bounds.append(total)
    let scattered = Store<SortPair>(undefined: pairs.count)
    try workers.run(portionCount) { _, index throws(EvaluationFailure) in
      let own = counts.pointer + index * buckets
      for row in portion(index, of: pairs.count) {
        let pair = pairs.pointer[row]
        let bucket = Int(truncatingIfNeeded: (pair.word &- least) &>> shift)
        scattered.pointer[own[bucket]] = pair
        own[bucket] &+= 1
      }
    }
    return (scattered, bounds)
  }
}
