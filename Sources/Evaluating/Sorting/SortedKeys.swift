import Columns
import Plans

/// The words of the sort keys of all rows of a table, and the order of the rows by them.
struct SortedKeys: Sendable {
  private let evaluator: Evaluator
  private let layout: SortKeyLayout
  private let rowCount: Int
  /// One a slot; texts beside their slot's words.
  private let words: [Store<UInt64>]
  private let texts: [Store<TextReference>]
  private let arenas: [Arena]

  /// A worker's program and scratch memory.
  private final class Encoder {
    let runner: PipelineRunner
    let compactor: RowCompactor
    let order: Store<Int64>
    let ones: Store<UInt32>
    let arena = Arena()

    init(_ runner: PipelineRunner, blockRows: Int) {
      self.runner = runner
      compactor = RowCompactor(blockRows: blockRows)
      order = Store(undefined: blockRows)
      ones = Store(repeating: 1, count: blockRows)
    }
  }

  /// Computes the keys, which are resolved expressions over the table.
  init(
    _ evaluator: Evaluator, _ table: Table, _ keys: [ScalarExpression], _ isDescending: [Bool]
  ) throws(EvaluationFailure) {
    let source = TableSource(table, evaluator.settings)
    let pipeline = Pipeline(source)
    let facts = keys.map { pipeline.facts($0) }
    let layout = SortKeyLayout(
      keys.indices.map { (keys[$0].type, facts[$0], isDescending[$0]) },
      packingFor: table.rowCount)
    let packings = layout.slots.map { slot -> SortKeyPacking? in
      guard case .packed(let packed) = slot else { return nil }
      return SortKeyPacking(packed, keys.map(\.type), facts, isDescending, rows: table.rowCount)
    }
    let rows = max(1, table.rowCount)
    let words = layout.slots.map { _ in Store<UInt64>(undefined: rows) }
    let texts = layout.slots.map { slot in
      if case .text = slot { return Store<TextReference>(undefined: rows) }
      return Store<TextReference>(capacity: 1)
    }
    let starts = table.segmentStarts
    let encoders = PerWorker<Encoder>(evaluator.workers)
    try evaluator.workers.run(source.portionCount) { worker, portion throws(EvaluationFailure) in
      let encoder = try encoders.value(worker) { () throws(EvaluationFailure) in
        Encoder(try evaluator.runner(pipeline, keys), blockRows: source.blockRows)
      }
      try encoder.runner.run(portion) { block throws(EvaluationFailure) in
        let rows = GroupedRows(
          count: block.rowCount, groups: UnsafePointer(encoder.ones.pointer), isSingleGroup: true,
          firstOrdinal: block.ordinal, positions: nil)
        let first = starts[Int(block.ordinal) >> 32] + Int(block.ordinal) & 0xFFFF_FFFF
        for (slot, kind) in layout.slots.enumerated() {
          func dense(_ key: Int) -> DenseColumn {
            encoder.compactor.dense(
              block.vectors[key], slot: key, rows, isStored: facts[key].isStored)
          }
          let own = words[slot].pointer + first
          if let packing = packings[slot] {
            packing.encode(dense, rows, into: own, numbers: encoder.order.pointer)
            continue
          }
          layout.encode(
            slot, dense(kind.key), rows, into: own, order: encoder.order.pointer,
            texts: texts[slot].pointer + first)
          if case .text = kind, !facts[kind.key].isStored {
            texts[slot].keep(first..<first + rows.count, in: encoder.arena)
          }
        }
      }
    }
    self.evaluator = evaluator
    self.layout = layout
    self.words = words
    self.texts = texts
    rowCount = table.rowCount
    arenas = encoders.all.map(\.arena)
  }

  /// The words of the rows where they are all that there is to compare.
  var onlyWords: Store<UInt64>? { layout.isSingleWord ? words.first : nil }

  /// Whether two rows have equal keys.
  func areEqual(_ left: Int, _ right: Int) -> Bool {
    for (slot, kind) in layout.slots.enumerated() {
      if words[slot].pointer[left] != words[slot].pointer[right] { return false }
      if case .text = kind, !texts[slot].pointer[left].equals(texts[slot].pointer[right]) {
        return false
      }
    }
    return true
  }

  /// Whether a row may stand right before another.
  func areOrdered(_ left: Int, _ right: Int) -> Bool {
    for (slot, kind) in layout.slots.enumerated() {
      let (before, after) = (words[slot].pointer[left], words[slot].pointer[right])
      if before != after { return before < after }
      guard case .text(let key) = kind else { continue }
      let order = texts[slot].pointer[left].compare(texts[slot].pointer[right])
      if order != 0 { return (order < 0) != layout.isDescending[key] }
    }
    return true
  }

  /// The row numbers partition by partition, each in order; nil where partition, keys and row do not
  /// fit a word.
  func order(within partitions: PartitionNumbers) throws(EvaluationFailure) -> Store<UInt32>? {
    guard let words = onlyWords,
      let packed = try PackedOrder(
        words, count: rowCount, within: partitions, evaluator.workers)
    else { return nil }
    return try packed.rows(evaluator.workers)
  }

  /// The row numbers in order; where only so many first ones are asked for, those, all that are equal to the
  /// last of them in their first words, and maybe some behind them in any order.
  ///
  /// With `fromEnd`, only so many last ones are asked for, and the others before them.
  func order(
    first count: Int = Int.max, fromEnd: Bool = false
  ) throws(EvaluationFailure) -> Store<UInt32> {
    precondition(rowCount <= UInt32.max, "a table of more rows than can be sorted")
    let workers = evaluator.workers
    guard let first = words.first else {
      let rows = Store<UInt32>(undefined: max(1, rowCount))
      rows.setCount(rowCount)
      for row in 0..<rowCount { rows.pointer[row] = UInt32(truncatingIfNeeded: row) }
      return rows
    }
    let (rows, packed) = try wordOrder(first, first: count, fromEnd: fromEnd)
    if layout.isSingleWord && packed.dropped == 0 { return rows }
    let runs = packed.equalRuns().filter {
      fromEnd ? rows.count - $0.upperBound < count : $0.lowerBound < count
    }
    let sorters = PerWorker<(PairSorter, Store<SortPair>)>(workers)
    let batch = 256
    try workers.run((runs.count + batch - 1) / batch) {
      worker, portion throws(EvaluationFailure) in
      let (sorter, pairs) = try sorters.value(worker) { (PairSorter(), Store()) }
      let chosen = runs[portion * batch..<min(runs.count, (portion + 1) * batch)]
      readAhead(chosen, rows.pointer, scratch: pairs)
      for run in chosen {
        refine(rows.pointer + run.lowerBound, run.count, packed.dropped > 0, sorter, pairs)
      }
    }
    return rows
  }

  /// The row numbers in the order of the first words alone; where far fewer first or last ones are asked for
  /// than there are, only those and some beside them.
  private func wordOrder(
    _ words: Store<UInt64>, first count: Int, fromEnd: Bool
  ) throws(EvaluationFailure) -> (rows: Store<UInt32>, packed: PackedOrder) {
    let workers = evaluator.workers
    let leading =
      count < rowCount / 2
      ? try LeadingWords(words, of: rowCount, first: count, fromEnd: fromEnd, workers) : nil
    guard
      let packed = try PackedOrder(
        leading?.words ?? words, count: leading?.rows.count ?? rowCount, workers)
    else { preconditionFailure("words of one partition are always packed") }
    let rows = try packed.rows(workers)
    if let leading {
      for index in 0..<rows.count {
        rows.pointer[index] = leading.rows.pointer[Int(rows.pointer[index])]
      }
    }
    return (rows, packed)
  }

  /// Reads the words of the rows of short runs, whose sorting would wait for one after the other.
  ///
  /// What was read is written somewhere, so that it is read at all.
  private func readAhead(
    _ runs: ArraySlice<Range<Int>>, _ rows: UnsafePointer<UInt32>, scratch: Store<SortPair>
  ) {
    var touched: UInt64 = 0
    for slot in layout.slots.indices.prefix(2) {
      let words = words[slot].pointer
      for run in runs where run.count <= 64 {
        for index in run { touched |= words[Int(rows[index])] }
      }
    }
    scratch.pointer[0].word = touched
  }

  /// Sorts rows whose first words are equal, or were as far as they were kept, by all slots.
  private func refine(
    _ rows: UnsafeMutablePointer<UInt32>, _ count: Int, _ isCut: Bool, _ sorter: PairSorter,
    _ pairs: Store<SortPair>
  ) {
    pairs.reserve(count)
    let words = words[0].pointer
    for index in 0..<count {
      let row = Int(rows[index])
      pairs.pointer[index] = SortPair(word: words[row], place: row)
    }
    if isCut {
      refineNext(pairs.pointer, 0..<count, 0, sorter)
    } else {
      refine(pairs.pointer, 0..<count, after: 0, sorter)
    }
    for index in 0..<count {
      rows[index] = UInt32(truncatingIfNeeded: pairs.pointer[index].place)
    }
  }

  /// The runs of at least two pairs of equal words.
  private func equalRuns(
    _ pairs: UnsafeMutablePointer<SortPair>, _ bounds: Range<Int>
  ) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = bounds.lowerBound
    while start < bounds.upperBound {
      var end = start + 1
      while end < bounds.upperBound && pairs[end].word == pairs[start].word { end += 1 }
      if end - start > 1 { runs.append(start..<end) }
      start = end
    }
    return runs
  }

  /// Sorts a run of rows whose words are equal up to a slot by what comes behind it.
  private func refine(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, after slot: Int,
    _ sorter: PairSorter
  ) {
    if case .text = layout.slots[slot] {
      for equal in sortTexts(pairs, run, slot, sorter) {
        refineNext(pairs, equal, slot + 1, sorter)
      }
    } else {
      refineNext(pairs, run, slot + 1, sorter)
    }
  }

  private func refineNext(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, _ slot: Int, _ sorter: PairSorter
  ) {
    if slot == layout.slots.count { return }
    let words = words[slot].pointer
    for index in run { pairs[index].word = words[pairs[index].place] }
    sorter.sort(pairs + run.lowerBound, run.count)
    if slot == layout.slots.count - 1, layout.slots[slot].isWhole { return }
    for equal in equalRuns(pairs, run) { refine(pairs, equal, after: slot, sorter) }
  }

  /// Sorts a run by the whole texts of a slot; returns the runs of equal texts.
  private func sortTexts(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, _ slot: Int, _ sorter: PairSorter
  ) -> [Range<Int>] {
    // All null: nothing to compare.
    if pairs[run.lowerBound].word == SortKeyLayout.null { return [run] }
    let runs = TextRuns(
      texts: texts[slot].pointer, isDescending: layout.isDescending[layout.slots[slot].key],
      sorter: sorter)
    var equals: [Range<Int>] = []
    runs.sort(pairs, run, into: &equals)
    return equals
  }
}

extension Store where Element == TextReference {
  /// Replaces references to scratch memory by copies in an arena.
  func keep(_ rows: Range<Int>, in arena: Arena) {
    for row in rows {
      let text = pointer[row]
      pointer[row] = TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count)
    }
  }
}
