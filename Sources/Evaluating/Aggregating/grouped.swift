import Plans

extension Evaluator {
  /// The groups of a pipeline's rows by keys, with the accumulators of a layout; a step is told how.
  ///
  /// `fromEnd` has the last rows read first, where there are no keys.
  func grouped(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ step: RunningStep? = nil,
    fromEnd: Bool = false,
    _ makeLayout: (GroupingLayout) -> AggregationLayout
  ) throws(EvaluationFailure) -> (MergedGroups, AggregationLayout) {
    var grouping = GroupingLayout(
      keys: keys.map { KeyLayout($0, facts(pipeline, $0)) }, rows: pipeline.source.rowBound)
    while true {
      let layout = makeLayout(grouping)
      var merged = try scatteredGroups(pipeline, keys, layout, step)
      if merged == nil {
        if !keys.isEmpty { step?.choose(grouping.isDense ? "a place a key" : "a hash table") }
        merged = try groups(pipeline, keys, layout, fromEnd: fromEnd && keys.isEmpty)
      }
      if let merged {
        report(pipeline)
        return (merged, layout)
      }
      // A key was out of the domain that its statistics promised.
      pipeline.resetCounts()
      grouping = GroupingLayout(keys: grouping.keys, rows: 0, trustsDomains: false)
    }
  }

  /// Nil when a dense key had a value out of its domain.
  private func groups(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ layout: AggregationLayout, fromEnd: Bool
  ) throws(EvaluationFailure) -> MergedGroups? {
    let start = ContinuousClock.now
    defer { pipeline.share((ContinuousClock.now - start).seconds) }
    let crew = PerWorker<AggregationWorker>(workers)
    let count = pipeline.source.portionCount
    try workers.run(count) { worker, index throws(EvaluationFailure) in
      let portion = fromEnd ? count - 1 - index : index
      let member = try crew.value(worker) { () throws(EvaluationFailure) in
        AggregationWorker(
          layout, try runner(pipeline, keys + layout.arguments),
          blockRows: pipeline.source.blockRows,
          tableLimit: limits.tableKeys)
      }
      try member.run(portion)
    }
    if crew.all.contains(where: \.isOutOfDomain) { return nil }
    return try GroupMerging(layout, crew.all, workers, smallGroups: limits.smallGroups).merged()
  }
}
