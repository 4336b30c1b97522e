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
  /// How words are made of the keys; nil where they are the only key, or hashes.
  let coding: JoinCoding?

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

  init(_ table: Table, keys: [ScalarExpression], coding: JoinCoding? = nil) {
    self.table = table
    self.keys = keys
    self.coding = coding
    let rows = max(1, table.rowCount)
    let isExact = coding != nil || JoinKeys.isExact(keys.map(\.type))
    words = Store(undefined: rows)
    present = Store(undefined: rows)
    values = keys.map { Store(undefined: isExact || $0.type == .string ? 1 : rows) }
    texts = keys.map { Store(undefined: !isExact && $0.type == .string ? rows : 1) }
  }

  var isExact: Bool { coding != nil || JoinKeys.isExact(keys.map(\.type)) }

  /// Reads the keys of a table; gives the arenas of copied texts, too.
  ///
  /// By a coding where their facts give one that makes words of keys that would be hashed, or words
  /// that may be places.
  static func read(
    _ table: Table, keys: [ScalarExpression], _ evaluator: Evaluator
  ) throws(EvaluationFailure) -> (reading: JoinKeyReading, arenas: [Arena]) {
    let pipeline = Pipeline(TableSource(table, evaluator.settings))
    let isHashed = !JoinKeys.isExact(keys.map(\.type))
    if let coding = JoinCoding(keys.map { ($0.type, pipeline.facts($0)) }),
      isHashed || coding.isDense(rows: table.rowCount)
    {
      let reading = JoinKeyReading(table, keys: keys, coding: coding)
      // Facts of expressions are no promises.
      if let arenas = try reading.read(evaluator) { return (reading, arenas) }
    }
    let reading = JoinKeyReading(table, keys: keys)
    return (reading, try reading.read(evaluator) ?? [])
  }

  /// Fills the stores; returns the arenas of copied texts, nil where the coding has no number for
  /// some key.
  private func read(_ evaluator: Evaluator) throws(EvaluationFailure) -> [Arena]? {
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
          JoinKeys(types: types, coding: coding, blockRows: source.blockRows))
      }
      try state.runner.run(portion) { block throws(EvaluationFailure) in
        state.keys.read(block.vectors, rowCount: block.rowCount)
        let place = Int(block.ordinal)
        let first = starts[place >> 32] + place & 0xFFFF_FFFF
        keep(state.keys, block.rowCount, at: first, isStored, state.arena)
      }
    }
    if states.all.contains(where: { $0.keys.missCount > 0 }) { return nil }
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
