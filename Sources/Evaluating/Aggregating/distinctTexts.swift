import Columns
import Plans

extension Evaluator {
  /// How many different texts each group has, where that alone is asked for: the groups by the keys and the
  /// text, counted by the keys.
  ///
  /// Groups of many texts go by parts that fit the cache, which numbers of the texts of all rows do not. nil
  /// for other aggregates, for few rows, where the texts have a dictionary, and where they are stored, for
  /// then `DistinctTexts` counts them.
  func distinctTexts(
    _ plan: Plan, _ pipeline: Pipeline, _ keys: [NamedExpression], _ aggregate: NamedAggregate,
    needing needed: Set<String>?, _ step: RunningStep, depth: Int
  ) throws(EvaluationFailure) -> Table? {
    guard aggregate.call.function == .distinct, let text = aggregate.call.arguments.first,
      text.type == .string, pipeline.source.rowBound >= limits.scatteredRows
    else { return nil }
    let facts = pipeline.facts(pipeline.substituted(text))
    if facts.dictionary != nil || facts.isStored { return nil }
    var pipeline = pipeline
    // Of all rows as one group, nulls would be one part; with keys a group may have nothing else.
    if keys.isEmpty, facts.mayBeNull, let presence = presence(of: text, pipeline) {
      pipeline.conditions.append(presence)
    }
    let rows = Field(name: "#rows", type: .int)
    let results = try self.aggregate(
      pipeline, keys.map(\.expression) + [text],
      [NamedAggregate(rows.name, AggregateCall(.count, [text], type: .int))],
      isOrderFree: plan.isOrderFree || keys.isEmpty, step)
    let fields = Array(plan.schema.fields.prefix(keys.count))
    var columns: [Column] = []
    for position in keys.indices { columns.append(try results.key(position)) }
    columns.append(try results.aggregate(0))
    let groups = Table(name: "", schema: Schema(fields + [rows]), columns: columns)
    // The group of the null text has rows, and none with a text.
    let isPresent = ScalarExpression.call(
      .greater, [.column(rows), .constant(.int(0))], type: .bool)
    let counted = Plan.table(groups).aggregated(
      by: fields.map { NamedExpression($0.name, .column($0)) },
      [NamedAggregate(aggregate.name, AggregateCall(.count, [isPresent], type: .int))])
    let table = try table(counted, needing: needed, depth: depth + 1)
    return Table(
      name: "", schema: table.schema, columns: table.columns, properties: plan.properties)
  }

  /// That a text is there; nil where it would have to be made to tell.
  private func presence(of text: ScalarExpression, _ pipeline: Pipeline) -> Condition? {
    let isThere = ScalarExpression.call(.isNotNull, [pipeline.substituted(text)], type: .bool)
    let test = simplified(isThere)
    guard case .call(_, let values) = test.node, case .column = values[0].node else { return nil }
    let counter = ConditionCounter(label: "", step: RunningStep("", depth: 0))
    return Condition(test: .expression(test), counter: counter)
  }
}
