import Columns
import Kernels
import Plans

extension Evaluator {
  /// One row for each key of the input.
  func aggregated(
    _ plan: Plan, _ input: Plan, _ keys: [NamedExpression], _ aggregates: [NamedAggregate],
    needing needed: Set<String>?, _ step: RunningStep, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let wanted = aggregates.filter { needed?.contains($0.name) ?? true }
    let keyExpressions = try resolved(keys.map(\.expression), depth: depth)
    let calls = try resolved(wanted, depth: depth)
    var names = keyExpressions.reduce(into: Set<String>()) { $0.formUnion($1.columnNames) }
    for argument in calls.flatMap(\.call.arguments) { names.formUnion(argument.columnNames) }
    let isByFirstRows = calls.allSatisfy { $0.call.function.ignoresOrder }
    let pipeline = try pipeline(
      input, needing: names, depth: depth + 1, order: isByFirstRows ? .ordinals : .blocks)
    if calls.count == 1,
      let counted = try distinctTexts(
        plan, pipeline, zip(keys, keyExpressions).map { NamedExpression($0.name, $1) }, calls[0],
        needing: needed, step, depth: depth)
    {
      return counted
    }
    let results = try aggregate(
      pipeline, keyExpressions, calls, isOrderFree: plan.isOrderFree, step)
    var fields: [Field] = []
    var columns: [Column] = []
    for (position, key) in keys.enumerated() where needed?.contains(key.name) ?? true {
      fields.append(plan.schema.fields[position])
      columns.append(try results.key(position))
    }
    for (position, aggregate) in calls.enumerated() {
      fields.append(Field(name: aggregate.name, type: aggregate.call.type))
      columns.append(try results.aggregate(position))
    }
    return Table(
      name: "", schema: Schema(fields), columns: columns, properties: plan.properties)
  }

  /// Aggregates with the plans in their arguments computed.
  func resolved(
    _ aggregates: [NamedAggregate], depth: Int
  ) throws(EvaluationFailure) -> [NamedAggregate] {
    var resolved: [NamedAggregate] = []
    for aggregate in aggregates {
      let call = aggregate.call
      let arguments = try self.resolved(call.arguments, depth: depth)
      resolved.append(
        NamedAggregate(
          aggregate.name,
          AggregateCall(
            call.function, arguments, parameter: call.parameter, type: call.type,
            range: call.range)))
    }
    return resolved
  }

  /// Runs an aggregation over a pipeline; expressions are resolved, over the plan's columns.
  func aggregate(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ aggregates: [NamedAggregate],
    isOrderFree: Bool = false, _ step: RunningStep? = nil
  ) throws(EvaluationFailure) -> AggregationResults {
    let readsNothing = keys.isEmpty && aggregates.allSatisfy(\.call.arguments.isEmpty)
    let pipeline = readsNothing ? pipeline.inLongBlocks : pipeline
    let (merged, layout) = try grouped(pipeline, keys, step) { grouping in
      AggregationLayout(
        grouping: grouping, aggregates: aggregates, rowBound: pipeline.source.rowBound,
        histogramRows: limits.histogramRows,
        isOrderFree: isOrderFree, facts: { pipeline.facts(pipeline.substituted($0)) })
    }
    let quantiles = try quantiles(pipeline, keys, layout, merged)
    return AggregationResults(layout, merged, quantiles, workers)
  }

  /// The quantiles of histograms, with a second pass over the rows where one is needed.
  private func quantiles(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ layout: AggregationLayout,
    _ merged: MergedGroups
  ) throws(EvaluationFailure) -> [Int: HistogramQuantiles] {
    var quantiles: [Int: HistogramQuantiles] = [:]
    for (position, specification) in layout.specifications.enumerated() {
      guard case .histogram = specification.kind else { continue }
      quantiles[position] = HistogramQuantiles(merged, layout, at: position)
    }
    let open = quantiles.filter(\.value.needsPass)
    if open.isEmpty { return quantiles }
    let collections = try collect(open, pipeline.uncounted, keys, layout)
    for position in open.keys { quantiles[position]?.take(collections.compactMap { $0[position] }) }
    return quantiles
  }

  private typealias Collections = [Int: HistogramQuantiles.Collection]

  private func collect(
    _ open: [Int: HistogramQuantiles], _ pipeline: Pipeline, _ keys: [ScalarExpression],
    _ layout: AggregationLayout
  ) throws(EvaluationFailure) -> [Collections] {
    let crew = PerWorker<(AggregationWorker, Collections)>(workers)
    let bare = layout.withoutAccumulators
    try workers.run(pipeline.source.portionCount) { worker, portion throws(EvaluationFailure) in
      let (member, collections) = try crew.value(worker) { () throws(EvaluationFailure) in
        (
          AggregationWorker(
            bare, try runner(pipeline, keys + layout.arguments, context: contextOfSecondReading),
            blockRows: pipeline.source.blockRows),
          open.mapValues { _ in HistogramQuantiles.Collection(blockRows: pipeline.source.blockRows)
          }
        )
      }
      try member.visit(portion) { _, arguments in
        for (position, quantiles) in open {
          guard let collection = collections[position] else { continue }
          let argument = layout.specifications[position].arguments[0]
          quantiles.collect(arguments[argument], into: collection)
        }
      }
    }
    return crew.all.map(\.1)
  }
}

extension KeyLayout {
  /// Below this a number of values can be counted with.
  private static var domainLimit: UInt64 { 1 << 62 }

  /// How a key is numbered, from what is known of it.
  init(_ key: ScalarExpression, _ facts: ColumnFacts) {
    var domain: Domain?
    if key.type == .bool {
      domain = .integers(base: 0, count: 2)
    } else if let dictionary = facts.dictionary {
      domain = .codes(dictionary)
    } else if key.type.isStoredAsInteger, let range = facts.range {
      let span = UInt64(bitPattern: range.upperBound &- range.lowerBound)
      if span < KeyLayout.domainLimit {
        domain =
          facts.step == 1
          ? .integers(base: range.lowerBound, count: Int(span) + 1)
          : .multiples(
            base: range.lowerBound, step: facts.step, count: Int(span / UInt64(facts.step)) + 1)
      }
    } else if let floats = facts.floats, let unit = floats.unit,
      let multiples = unit.multiples(in: floats.bounds)
    {
      domain = .floats(unit, base: multiples.lowerBound, count: multiples.count)
    }
    self.init(
      type: key.type, domain: domain, unit: facts.unit, isStored: facts.isStored,
      mayBeNull: facts.mayBeNull, isCombined: facts.isCombined)
  }
}
