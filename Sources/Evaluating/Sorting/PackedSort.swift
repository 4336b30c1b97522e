import Tasks

/// Sorts words by their bits above some low ones, stably, on all workers.
///
/// Words are scattered by the uppermost bits that differ, large buckets again by the next, until
/// a bucket fits the cache; each is then sorted by bytes, lowest first.
struct PackedSort: Sendable {
  private let words: Store<UInt64>
  private let other: Store<UInt64>
  private let rowBits: UInt64
  private let workers: Workers

  private static let portionRows = 1 << 16
  private static let bucketBits: UInt64 = 11
  private static let leafRows = 1 << 13

  /// A range of words that is sorted by one worker, and where it lies.
  private struct Leaf {
    let range: Range<Int>
    let isInOther: Bool
  }

  init(_ words: Store<UInt64>, rowBits: UInt64, _ workers: Workers) {
    self.words = words
    self.rowBits = rowBits
    self.workers = workers
    other = Store(undefined: words.count > PackedSort.leafRows ? words.count : 1)
  }

  /// The words in order, in the memory that they came in.
  func sorted() throws(EvaluationFailure) -> Store<UInt64> {
    var leaves: [Leaf] = []
    try divide(0..<words.count, isInOther: false, &leaves)
    let sorters = PerWorker<WordSorter>(workers)
    try workers.run(leaves.count) { [leaves] worker, index throws(EvaluationFailure) in
      let sorter = try sorters.value(worker) { WordSorter() }
      let leaf = leaves[index]
      let target = words.pointer + leaf.range.lowerBound
      if leaf.isInOther {
        target.update(from: other.pointer + leaf.range.lowerBound, count: leaf.range.count)
      }
      sorter.sort(target, leaf.range.count, above: rowBits)
    }
    return words
  }

  private func divide(
    _ range: Range<Int>, isInOther: Bool, _ leaves: inout [Leaf]
  ) throws(EvaluationFailure) {
    if range.count <= PackedSort.leafRows {
      if !range.isEmpty { leaves.append(Leaf(range: range, isInOther: isInOther)) }
      return
    }
    let from = (isInOther ? other : words).pointer
    let into = (isInOther ? words : other).pointer
    let different = try differentBits(from, range) >> rowBits
    if different == 0 {
      leaves.append(Leaf(range: range, isInOther: isInOther))
      return
    }
    let width = UInt64(64 - different.leadingZeroBitCount)
    let shift = rowBits + (width > PackedSort.bucketBits ? width - PackedSort.bucketBits : 0)
    let bounds = try scatter(from, into, range, shift)
    for bucket in 0..<bounds.count - 1 {
      try divide(bounds[bucket]..<bounds[bucket + 1], isInOther: !isInOther, &leaves)
    }
  }

  private func portions(_ range: Range<Int>) -> Int {
    (range.count + PackedSort.portionRows - 1) / PackedSort.portionRows
  }

  private func portion(_ index: Int, of range: Range<Int>) -> Range<Int> {
    let start = range.lowerBound + index * PackedSort.portionRows
    return start..<min(range.upperBound, start + PackedSort.portionRows)
  }

  private func differentBits(
    _ words: UnsafeMutablePointer<UInt64>, _ range: Range<Int>
  ) throws(EvaluationFailure) -> UInt64 {
    let found = Portions<UInt64>(count: portions(range))
    // The pointers lead into stores that outlive the loop.
    nonisolated(unsafe) let words = words
    try workers.run(portions(range)) { _, index throws(EvaluationFailure) in
      var different: UInt64 = 0
      for place in portion(index, of: range) {
        different |= words[place] ^ words[range.lowerBound]
      }
      found.set(index, different)
    }
    return found.all.reduce(0, |)
  }

  /// Puts the words in order of the bits from `shift` on; returns where each bucket begins.
  private func scatter(
    _ from: UnsafeMutablePointer<UInt64>, _ into: UnsafeMutablePointer<UInt64>,
    _ range: Range<Int>, _ shift: UInt64
  ) throws(EvaluationFailure) -> [Int] {
    let buckets = 1 << Int(PackedSort.bucketBits)
    let mask = UInt64(buckets - 1)
    let count = portions(range)
    let cursors = Store<Int>(repeating: 0, count: count * buckets)
    // The pointers lead into stores that outlive the loops.
    nonisolated(unsafe) let (from, into) = (from, into)
    try workers.run(count) { _, index throws(EvaluationFailure) in
      let own = cursors.pointer + index * buckets
      for place in portion(index, of: range) {
        own[Int(truncatingIfNeeded: from[place] &>> shift & mask)] &+= 1
      }
    }
    var bounds: [Int] = []
    var next = range.lowerBound
    for bucket in 0..<buckets {
      bounds.append(next)
      for index in 0..<count {
        let size = cursors.pointer[index * buckets + bucket]
        cursors.pointer[index * buckets + bucket] = next
        next += size
      }
    }
    bounds.append(next)
    try workers.run(count) { _, index throws(EvaluationFailure) in
      let own = cursors.pointer + index * buckets
      for place in portion(index, of: range) {
        let word = from[place]
        let bucket = Int(truncatingIfNeeded: word &>> shift & mask)
        into[own[bucket]] = word
        own[bucket] &+= 1
      }
    }
    return bounds
  }
}

/// Sorts words by their bits above some low ones, stably; one worker's.
struct WordSorter {
  private let scratch = Store<UInt64>(capacity: 1 << 10)
  private let counts = Store<Int>(repeating: 0, count: 256)

  private static let insertionLimit = 40

  /// Sorts in place words whose low bits ascend; O(n) for each byte that differs.
  func sort(_ words: UnsafeMutablePointer<UInt64>, _ count: Int, above lowBits: UInt64) {
    if count <= WordSorter.insertionLimit { return insertionSort(words, count) }
    var different: UInt64 = 0
    for index in 1..<count { different |= words[index] ^ words[0] }
    scratch.reserve(count)
    var (from, into) = (words, scratch.pointer)
    var shift = lowBits
    while shift < 64 && different &>> shift != 0 {
      if different &>> shift & 0xFF != 0 {
        scatter(from, into, count, shift)
        swap(&from, &into)
      }
      shift += 8
    }
    if from != words { words.update(from: from, count: count) }
  }

  private func scatter(
    _ from: UnsafeMutablePointer<UInt64>, _ into: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ shift: UInt64
  ) {
    let counts = counts.pointer
    counts.update(repeating: 0, count: 256)
    for index in 0..<count { counts[Int(truncatingIfNeeded: from[index] &>> shift & 0xFF)] &+= 1 }
    var start = 0
    for digit in 0..<256 {
      let size = counts[digit]
      counts[digit] = start
      start &+= size
    }
    for index in 0..<count {
      let digit = Int(truncatingIfNeeded: from[index] &>> shift & 0xFF)
      into[counts[digit]] = from[index]
      counts[digit] &+= 1
    }
  }

  /// By the whole words: the low bits of the input ascend.
  private func insertionSort(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    for index in stride(from: 1, to: count, by: 1) {
      let word = words[index]
      var place = index
      while place > 0 && words[place &- 1] > word {
        words[place] = words[place &- 1]
        place &-= 1
      }
      words[place] = word
    }
  }
}
