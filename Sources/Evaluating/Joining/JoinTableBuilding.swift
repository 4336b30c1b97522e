import Columns
import Plans
import Synchronization
import Tasks

/// Builds the table of a join's right side on all workers.
///
/// Words are scattered by the top bits of their hash, portion by portion in order of rows; then
/// each partition sorts its own rows into buckets.
struct JoinTableBuilding {
  private let reading: JoinKeyReading
  private let workers: Workers
  private let buckets: JoinBuckets
  private let partitionBits: Int

  private static let portionRows = 1 << 17

  private init(_ reading: JoinKeyReading, _ workers: Workers) {
    self.reading = reading
    self.workers = workers
    buckets = JoinBuckets(rows: reading.table.rowCount, reading.coding)
    partitionBits = max(0, min(10, buckets.bits - 14))
  }

  private var bucketBits: Int { buckets.bits }

  /// The table of these rows, by keys that have been resolved.
  ///
  /// `keepsRepeats` says that all rows of a key are asked for, not only whether there is one.
  static func build(
    _ table: Table, keys: [ScalarExpression], keepsRepeats: Bool, _ evaluator: Evaluator
  ) throws(EvaluationFailure) -> JoinTable {
    let (reading, arenas) = try JoinKeyReading.read(table, keys: keys, evaluator)
    let building = JoinTableBuilding(reading, evaluator.workers)
    let (entries, bounds) = try building.scatter()
    let starts = try building.sort(entries, bounds)
    let types = reading.keys.map(\.type)
    let keys = JoinEntryKeys(types, isExact: reading.isExact, count: entries.count)
    let hasCollisions =
      reading.isExact ? false : try building.order(entries, starts, bounds, keys)
    let isUnique = try building.areUnique(entries, starts)
    if !keepsRepeats, !isUnique {
      try building.removeRepeats(entries, starts, keys, comparingKeys: hasCollisions)
    }
    return JoinTable(
      reading, entries: entries, starts: starts, buckets: building.buckets, keys: keys,
      hasCollisions: hasCollisions, isUnique: isUnique, arenas: arenas)
  }

  /// Leaves one entry of each key, or a few: fewer stay in the cache.
  private func removeRepeats(
    _ entries: Store<JoinTable.Entry>, _ starts: Store<UInt32>, _ keys: JoinEntryKeys,
    comparingKeys: Bool
  ) throws(EvaluationFailure) {
    let (all, starts) = (entries.pointer, starts.pointer)
    var kept = 0
    var first = Int(starts[0])
    try workers.inBlocks(0..<1 << bucketBits) { buckets in
      for bucket in buckets {
        let end = Int(starts[bucket + 1])
        let begin = kept
        starts[bucket] = UInt32(truncatingIfNeeded: begin)
        for entry in first..<end {
          let isRepeat = (max(begin, kept - JoinTableBuilding.crowd)..<kept).contains { other in
            all[other].word == all[entry].word && (!comparingKeys || keys.areEqual(other, entry))
          }
          if isRepeat { continue }
          all[kept] = all[entry]
          if !reading.isExact { keys.move(entry, to: kept) }
          kept += 1
        }
        first = end
      }
    }
    starts[1 << bucketBits] = UInt32(truncatingIfNeeded: kept)
    entries.setCount(max(1, kept))
  }

  /// Whether no two entries have the same word; crowded buckets are not looked into.
  private func areUnique(
    _ entries: Store<JoinTable.Entry>, _ starts: Store<UInt32>
  ) throws(EvaluationFailure) -> Bool {
    let hasRepeats = Atomic<Bool>(false)
    let buckets = 1 << (bucketBits - partitionBits)
    try workers.run(1 << partitionBits) { _, partition throws(EvaluationFailure) in
      if hasRepeats.load(ordering: .relaxed) { return }
      var repeats = 0
      for bucket in partition * buckets..<(partition + 1) * buckets {
        let (first, end) = (Int(starts.pointer[bucket]), Int(starts.pointer[bucket + 1]))
        if end - first > JoinTableBuilding.crowd { repeats += 1 }
        if end - first < 2 || repeats > 0 { continue }
        for entry in first + 1..<end {
          for other in first..<entry {
            repeats += entries.pointer[entry].word == entries.pointer[other].word ? 1 : 0
          }
        }
      }
      if repeats > 0 { hasRepeats.store(true, ordering: .relaxed) }
    }
    return !hasRepeats.load(ordering: .relaxed)
  }

  private static let crowd = 16

  /// The entries of the rows with keys by partition, in order of rows, and each one's bounds.
  private func scatter() throws(EvaluationFailure) -> (Store<JoinTable.Entry>, [Int]) {
    let rows = reading.table.rowCount
    let partitions = 1 << partitionBits
    let step = JoinTableBuilding.portionRows
    let portions = (rows + step - 1) / step
    let counts = Store<Int>(repeating: 0, count: max(1, portions * partitions))
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      let own = counts.pointer + portion * partitions
      countPartitions(portion * step..<min(rows, (portion + 1) * step), into: own)
    }
    let bounds = placed(counts, portions: portions, buckets: partitions)
    let entries = Store<JoinTable.Entry>(undefined: max(1, bounds[partitions]))
    let starts = reading.table.segmentStarts
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      let own = counts.pointer + portion * partitions
      place(portion * step..<min(rows, (portion + 1) * step), starts, own, into: entries)
    }
    return (entries, bounds)
  }

  @inline(__always) private func partition(_ word: UInt64) -> Int {
    buckets.bucket(word) &>> (buckets.bits &- partitionBits)
  }

  private func countPartitions(_ rows: Range<Int>, into counts: UnsafeMutablePointer<Int>) {
    let words = reading.words.pointer
    let present = reading.present.pointer
    for row in rows { counts[partition(words[row])] &+= Int(present[row]) }
  }

  private func place(
    _ rows: Range<Int>, _ starts: [Int], _ cursors: UnsafeMutablePointer<Int>,
    into entries: Store<JoinTable.Entry>
  ) {
    let words = reading.words.pointer
    let present = reading.present.pointer
    let entries = entries.pointer
    var segment = max(0, (starts.firstIndex { $0 > rows.lowerBound } ?? starts.count) - 1)
    for row in rows {
      while segment + 2 < starts.count && row >= starts[segment + 1] { segment += 1 }
      if present[row] == 0 { continue }
      let slot = partition(words[row])
      let place = RowPlace(segment: segment, row: row - starts[segment]).packed
      entries[cursors[slot]] = JoinTable.Entry(word: words[row], place: place)
      cursors[slot] &+= 1
    }
  }

  /// Sorts the entries of all partitions by bucket; returns where buckets begin.
  private func sort(
    _ entries: Store<JoinTable.Entry>, _ bounds: [Int]
  ) throws(EvaluationFailure) -> Store<UInt32> {
    let starts = Store<UInt32>(undefined: 1 << bucketBits + 1)
    starts.pointer[1 << bucketBits] = UInt32(truncatingIfNeeded: bounds[bounds.count - 1])
    let scratch = PerWorker<Store<JoinTable.Entry>>(workers)
    try workers.run(1 << partitionBits) { worker, partition throws(EvaluationFailure) in
      let memory = try scratch.value(worker) { Store(capacity: 1 << 10) }
      sort(entries, bounds[partition]..<bounds[partition + 1], partition, starts, memory)
    }
    return starts
  }

  /// Puts the entries of a partition in order of buckets and writes where those begin.
  private func sort(
    _ entries: Store<JoinTable.Entry>, _ bounds: Range<Int>, _ partition: Int,
    _ starts: Store<UInt32>, _ scratch: Store<JoinTable.Entry>
  ) {
    let count = bounds.count
    scratch.removeAll()
    scratch.reserve(count)
    scratch.pointer.update(from: entries.pointer + bounds.lowerBound, count: count)
    let buckets = 1 << (bucketBits - partitionBits)
    let firstBucket = partition * buckets
    let cursors = starts.pointer + firstBucket
    cursors.update(repeating: 0, count: buckets)
    for index in 0..<count {
      cursors[self.buckets.bucket(scratch.pointer[index].word) &- firstBucket] &+= 1
    }
    var next = UInt32(truncatingIfNeeded: bounds.lowerBound)
    for bucket in 0..<buckets {
      let size = cursors[bucket]
      cursors[bucket] = next
      next &+= size
    }
    for index in 0..<count {
      let entry = scratch.pointer[index]
      let bucket = self.buckets.bucket(entry.word) &- firstBucket
      entries.pointer[Int(cursors[bucket])] = entry
      cursors[bucket] &+= 1
    }
    // Each cursor now stands at the next bucket's start: move them up by one.
    var start = UInt32(truncatingIfNeeded: bounds.lowerBound)
    for bucket in 0..<buckets {
      let end = cursors[bucket]
      cursors[bucket] = start
      start = end
    }
  }

  /// Puts the entries of each bucket in order of word and then of row, and their keys beside them;
  /// returns whether two of one word have different keys.
  private func order(
    _ entries: Store<JoinTable.Entry>, _ starts: Store<UInt32>, _ bounds: [Int],
    _ keys: JoinEntryKeys
  ) throws(EvaluationFailure) -> Bool {
    let hasCollisions = Atomic<Bool>(false)
    let buckets = 1 << (bucketBits - partitionBits)
    let segmentStarts = reading.table.segmentStarts
    try workers.run(1 << partitionBits) { _, partition throws(EvaluationFailure) in
      for bucket in partition * buckets..<(partition + 1) * buckets {
        let first = Int(starts.pointer[bucket])
        order(entries.pointer + first, Int(starts.pointer[bucket + 1]) - first)
      }
      for entry in bounds[partition]..<bounds[partition + 1] {
        let place = RowPlace(packed: entries.pointer[entry].place)
        keys.take(reading, segmentStarts[place.segment] + place.row, for: entry)
      }
      var collisions = 0
      for entry in bounds[partition]..<max(bounds[partition], bounds[partition + 1] - 1)
      where entries.pointer[entry].word == entries.pointer[entry + 1].word {
        collisions += keys.areEqual(entry, entry + 1) ? 0 : 1
      }
      if collisions > 0 { hasCollisions.store(true, ordering: .relaxed) }
    }
    return hasCollisions.load(ordering: .relaxed)
  }

  /// Sorts a bucket unless all its words are the same, as they mostly are.
  private func order(_ entries: UnsafeMutablePointer<JoinTable.Entry>, _ count: Int) {
    var descents = 0
    for entry in 0..<max(0, count - 1) where entries[entry].word > entries[entry + 1].word {
      descents += 1
    }
    if descents == 0 { return }
    var bucket = UnsafeMutableBufferPointer(start: entries, count: count)
    bucket.sort {
      ($0.word, $0.place) < ($1.word, $1.place)
    }
  }
}
