import Plans

extension Evaluator {
  /// The groups of a pipeline's rows, part by part of their keys' hashes.
  ///
  /// For keys of so many values that a table of all would not fit the cache: nil where that is not so,
  /// or cannot be.
  func scatteredGroups(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ layout: AggregationLayout,
    _ step: RunningStep?
  ) throws(EvaluationFailure) -> MergedGroups? {
    let rows = pipeline.source.rowBound
    if layout.grouping.isDense || rows < limits.scatteredRows { return nil }
    guard
      let scatter = ScatterLayout(
        layout, keys, rows: rows, partRows: limits.partRows,
        { facts(pipeline, $0) }),
      try hasManyKeys(pipeline, keys, scatter),
      let parts = try scattered(pipeline, keys + layout.arguments, scatter)
    else { return nil }
    let crew = PerWorker<PartWorker>(workers)
    let results = Portions<PartWorker.Result>(count: scatter.partCount)
    try workers.run(scatter.partCount) { worker, part throws(EvaluationFailure) in
      let member = try crew.value(worker) { PartWorker(layout, parts) }
      if let result = member.group(part) { results.set(part, result) }
    }
    let all = results.all
    if all.count < scatter.partCount {
      pipeline.resetCounts()
      return nil
    }
    let texts = keys.indices.map { key in
      layout.grouping.isInterned(key) ? KeyTexts(all.compactMap { $0.interners[key] }) : nil
    }
    step?.choose("\(scatter.partCount) parts by hash")
    let merged = try MergedGroups(all.map(\.states), [], texts: texts, layout, workers)
    return merged.keeping(parts)
  }

  /// The rows of a pipeline by part; nil when a value was not what was known of its column.
  func scattered(
    _ pipeline: Pipeline, _ expressions: [ScalarExpression], _ layout: ScatterLayout
  ) throws(EvaluationFailure) -> ScatteredParts? {
    let start = ContinuousClock.now
    defer { pipeline.share((ContinuousClock.now - start).seconds) }
    let crew = PerWorker<RowScatter>(workers)
    try workers.run(pipeline.source.portionCount) { worker, portion throws(EvaluationFailure) in
      let member = try crew.value(worker) { () throws(EvaluationFailure) in
        RowScatter(
          layout, try runner(pipeline, expressions), blockRows: pipeline.source.blockRows)
      }
      try member.run(portion)
    }
    if crew.all.contains(where: \.isOutOfDomain) {
      pipeline.resetCounts()
      return nil
    }
    return ScatteredParts(layout, crew.all)
  }

  /// Whether there are so many keys, as a block of rows tells.
  func hasManyKeys(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ layout: ScatterLayout
  ) throws(EvaluationFailure) -> Bool {
    // The sample's rows come again, and are counted then.
    var context = self.context
    context.conversions = ConversionCounts()
    let sample = KeySample(
      try runner(pipeline.uncounted, keys, context: context), layout,
      blockRows: pipeline.source.blockRows)
    for portion in 0..<pipeline.source.portionCount where !sample.isTaken {
      try sample.read(portion)
    }
    return sample.keys >= limits.manyKeys
  }
}

/// The keys of one block.
private final class KeySample {
  private let runner: PipelineRunner
  private let layout: ScatterLayout
  private let compactor: RowCompactor
  private let hashing: KeyHashing
  private let positions: Store<UInt32>
  private(set) var isTaken = false
  /// About how many keys there are in all.
  private(set) var keys = 0

  init(_ runner: PipelineRunner, _ layout: ScatterLayout, blockRows: Int) {
    self.runner = runner
    self.layout = layout
    compactor = RowCompactor(blockRows: blockRows)
    hashing = KeyHashing(layout, blockRows: blockRows)
    positions = Store(undefined: blockRows + 64)
  }

  func read(_ portion: Int) throws(EvaluationFailure) {
    try runner.run(portion) { block in
      if isTaken { return }
      isTaken = true
      let rows = GroupedRows(block, positions)
      let keys = layout.columns.prefix(layout.keyCount).enumerated().map { index, column in
        compactor.dense(block.vectors[index], slot: index, rows, isStored: column.isStored)
      }
      hashing.hash(keys, rows)
      count(rows.count)
    }
  }

  /// By how many were met once and how many twice (Chao 1984); none where few rows have a rare one.
  private func count(_ rows: Int) {
    let table = KeyTable(width: 1, expecting: rows)
    let numbers = Store<UInt32>(undefined: max(1, rows))
    table.number(hashing.hashes.pointer, rows, into: numbers.pointer)
    let times = Store<UInt32>(repeating: 0, count: table.count + 1)
    for row in 0..<rows { times.pointer[Int(numbers.pointer[row])] &+= 1 }
    let once = times.elements.count { $0 == 1 }
    let twice = times.elements.count { $0 == 2 }
    keys = once * 8 < rows ? 0 : table.count + once * once / (2 * max(1, twice))
  }
}
