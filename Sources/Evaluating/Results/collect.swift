import Columns
import Plans

extension Evaluator {
  /// The rows of a pipeline as a table of the plan's columns, as far as they are needed.
  ///
  /// Columns that pass unchanged share the memory of the source; the others are cut into segments
  /// of some 16,384 to 65,536 rows. `isWhole` is false where rows behind these are not read: what conditions
  /// dropped up to there depends on the number of threads, and is not told.
  func collect(
    _ pipeline: Pipeline, _ plan: Plan, needing needed: Set<String>?, isWhole: Bool = true
  ) throws(EvaluationFailure) -> Table {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let start = ContinuousClock.now
    defer { pipeline.share((ContinuousClock.now - start).seconds) }
    if pipeline.conditions.isEmpty, let source = pipeline.source as? TableSource {
      return try extended(pipeline, source.table, fields, plan)
    }
    let segments = try collectSegments(pipeline, fields)
    if isWhole { report(pipeline) }
    let merged = try coalesced(segments, fields)
    let columns = fields.indices.map { position in
      Column(type: fields[position].type, segments: merged.map { $0[position] })
    }
    return Table(
      name: "", schema: Schema(fields), columns: columns, properties: plan.properties)
  }

  /// All rows of a table: stored columns as they are, computed ones segment by segment.
  private func extended(
    _ pipeline: Pipeline, _ table: Table, _ fields: [Field], _ plan: Plan
  ) throws(EvaluationFailure) -> Table {
    for step in pipeline.passing { step.setCount(table.rowCount) }
    var columns = fields.map { field -> Column? in
      guard case .column(let name) = pipeline.substituted(.column(field)).node else { return nil }
      return table.column(name)
    }
    let computed = fields.indices.filter { columns[$0] == nil }
    if !computed.isEmpty {
      var bare = pipeline
      bare.passing = []
      let source = TableSource(table, settings, bySegment: true)
      let segments = try collectSegments(
        bare.over(source), computed.map { fields[$0] }, keepingEmpty: true)
      for (index, position) in computed.enumerated() {
        columns[position] = Column(
          type: fields[position].type, segments: segments.map { $0[index] })
      }
    }
    return Table(
      name: "", schema: Schema(fields), columns: columns.compactMap { $0 },
      properties: plan.properties)
  }

  /// A worker's program and builders.
  private final class Collector {
    let runner: PipelineRunner
    let builders: [SegmentBuilder]

    init(_ runner: PipelineRunner, _ types: [DataType]) {
      self.runner = runner
      builders = types.map { SegmentBuilder(type: $0) }
    }
  }

  /// The segments of each portion, one a field; portions without rows are left out.
  private func collectSegments(
    _ pipeline: Pipeline, _ fields: [Field], keepingEmpty: Bool = false
  ) throws(EvaluationFailure) -> [[Segment]] {
    let collected = Portions<[Segment]>(count: pipeline.source.portionCount)
    let collectors = PerWorker<Collector>(workers)
    try workers.run(pipeline.source.portionCount) { worker, portion throws(EvaluationFailure) in
      let collector = try collectors.value(worker) { () throws(EvaluationFailure) in
        Collector(try runner(pipeline, fields.map { .column($0) }), fields.map(\.type))
      }
      var rows = 0
      try collector.runner.run(portion) { block throws(EvaluationFailure) in
        rows += block.passedCount
        for (builder, vector) in zip(collector.builders, block.vectors) {
          builder.append(vector, selection: block.selection)
        }
      }
      if rows > 0 || keepingEmpty {
        collected.set(portion, collector.builders.map { $0.finish() })
      }
    }
    return collected.all
  }

  /// Segments shorter than this are joined to others; longer ones are not worth a copy.
  private static let shortRows = 1 << 14

  /// Short segments behind each other joined to longer ones.
  func coalesced(
    _ segments: [[Segment]], _ fields: [Field]
  ) throws(EvaluationFailure) -> [[Segment]] {
    let limit = 1 << 16
    var runs: [Range<Int>] = []
    var rows = 0
    for (index, group) in segments.enumerated() {
      let own = group.first?.rowCount ?? 0
      let isShort = min(rows, own) < Evaluator.shortRows
      if let last = runs.last, isShort, rows + own <= limit {
        runs[runs.count - 1] = last.lowerBound..<index + 1
        rows += own
      } else {
        runs.append(index..<index + 1)
        rows = own
      }
    }
    if runs.count == segments.count { return segments }
    let joined = Portions<[Segment]>(count: runs.count)
    let fixed = runs
    try workers.run(fixed.count) { _, run throws(EvaluationFailure) in
      let parts = segments[fixed[run]]
      if parts.count == 1 {
        joined.set(run, parts[parts.startIndex])
        return
      }
      joined.set(
        run,
        fields.indices.map { position in
          let type = fields[position].type
          let builder = SegmentBuilder(type: type)
          for part in parts {
            let segment = part[position]
            builder.append(.of(segment: segment, type: type, rows: 0..<segment.rowCount))
          }
          return builder.finish()
        })
    }
    return joined.all
  }
}
