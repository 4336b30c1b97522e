import Columns
import Plans

extension Evaluator {
  /// A join as a source of a pipeline, or as a condition on the left's rows.
  func joined(
    _ plan: Plan, _ join: Join, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Pipeline {
    let step = steps.begin(plan, depth: depth)
    let leftKeys = try resolved(join.keys.map(\.left), depth: depth)
    let rightKeys = try resolved(join.keys.map(\.right), depth: depth)
    let added = join.rightColumns.filter { needed?.contains($0.name) ?? true }
    var leftNames = needed.map { $0.intersection(join.left.schema.names) }
    for key in leftKeys { leftNames?.formUnion(key.columnNames) }
    var rightNames = Set(added.map(\.source))
    for key in rightKeys { rightNames.formUnion(key.columnNames) }
    var left = try pipeline(join.left, needing: leftNames, depth: depth + 1)
    let right = try rightTable(
      join.right, needing: rightNames, rightKeys, joinedTo: left, leftKeys, depth: depth + 1)
    let table = try timed(step) { () throws(EvaluationFailure) in
      try JoinTableBuilding.build(JoinKeyReading(right, keys: rightKeys), self)
    }
    if join.kind == .semi || join.kind == .anti {
      let test = Condition.Test.membership(
        table, keys: leftKeys.map { left.substituted($0) }, isNegated: join.kind == .anti)
      left.conditions.append(
        Condition(test: test, counter: ConditionCounter(label: "", step: step)))
      return left
    }
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let source = JoinSource(
      left, table, keys: leftKeys, kind: join.kind,
      rightNames: Dictionary(
        added.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first }),
      schema: Schema(fields), LookupMatches(), self)
    var pipeline = Pipeline(source)
    pipeline.passing.append(step)
    return pipeline
  }

  /// The right side of a join, perhaps without rows that no row of the left can match.
  private func rightTable(
    _ plan: Plan, needing needed: Set<String>, _ keys: [ScalarExpression], joinedTo left: Pipeline,
    _ leftKeys: [ScalarExpression], depth: Int
  ) throws(EvaluationFailure) -> Table {
    switch plan.node {
    case .filter, .project: break
    default: return try table(plan, needing: needed, depth: depth)
    }
    // A table needs a column to have rows.
    let names =
      plan.schema.names.contains { needed.contains($0) }
      ? needed : Set(plan.schema.names.prefix(1))
    let whole = try pipeline(plan, needing: names, depth: depth)
    let reduced = try reduced(whole, keys, by: left, leftKeys)
    return try collect(reduced, plan, needing: names)
  }
}
