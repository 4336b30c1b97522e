import Columns
import Plans

/// The keys of all rows of a join's right side, computed on all workers.
struct JoinKeyReading {
  let table: Table
  let keys: [ScalarExpression]
  /// One a row, and whether all keys of the row are present.
  let words: Store<UInt64>
  let present: Store<UInt8>
  /// The values of each key where words are hashes.
  let values: [Store<Int64>]
  let texts: [Store<TextReference>]

  /// The state of a worker.
  private final class Reading {
    let runner: PipelineRunner
    let keys: JoinKeys
    let arena = Arena()

    init(_ runner: PipelineRunner, _ keys: JoinKeys) {
      self.runner = runner
      self.keys = keys
    }
  }

  init(_ table: Table, keys: [ScalarExpression]) {
    self.table = table
    self.keys = keys
    let rows = max(1, table.rowCount)
    let isExact = JoinKeys.isExact(keys.map(\.type))
    words = Store(undefined: rows)
    present = Store(undefined: rows)
    values = keys.map { Store(undefined: isExact || $0.type == .string ? 1 : rows) }
    texts = keys.map { Store(undefined: $0.type == .string ? rows : 1) }
  }

  /// Fills the stores; returns the arenas of copied texts.
  func read(_ evaluator: Evaluator) throws(EvaluationFailure) -> [Arena] {
    let source = TableSource(table, evaluator.settings)
    let pipeline = Pipeline(source)
    let starts = table.segmentStarts
    let types = keys.map(\.type)
    let isStored = keys.map { pipeline.facts($0).isStored }
    let states = PerWorker<Reading>(evaluator.workers)
    try evaluator.workers.run(source.portionCount) { worker, portion throws(EvaluationFailure) in
      let state = try states.value(worker) { () throws(EvaluationFailure) in
        Reading(
          try evaluator.runner(pipeline, keys),
          JoinKeys(types: types, blockRows: source.blockRows))
      }
      try state.runner.run(portion) { block throws(EvaluationFailure) in
        state.keys.read(block.vectors, rowCount: block.rowCount)
        let place = Int(block.ordinal)
        let first = starts[place >> 32] + place & 0xFFFF_FFFF
        keep(state.keys, block.rowCount, at: first, isStored, state.arena)
      }
    }
    return states.all.map(\.arena)
  }

  private func keep(
    _ keys: JoinKeys, _ count: Int, at first: Int, _ isStored: [Bool], _ arena: Arena
  ) {
    (words.pointer + first).update(from: keys.words.pointer, count: count)
    let bits = keys.present.pointer
    for row in 0..<count {
      present.pointer[first &+ row] = UInt8(
        truncatingIfNeeded: bits[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1)
    }
    if keys.isExact { return }
    for (index, type) in keys.types.enumerated() {
      guard type == .string else {
        (values[index].pointer + first).update(from: keys.values[index].pointer, count: count)
        continue
      }
      for row in 0..<count {
        let text = keys.texts[index].pointer[row]
        let isKept = isStored[index] || present.pointer[first + row] == 0
        texts[index].pointer[first + row] =
          isKept
          ? text : TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count)
      }
    }
  }
}
