import Columns
import Plans

extension Evaluator {
  /// A join as a source of a pipeline, or as a condition on the left's rows.
  func joined(
    _ plan: Plan, _ join: Join, needing needed: Set<String>?, depth: Int, order: OrderNeed
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
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let sources = Dictionary(
      added.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
    // A table needs a column to have rows.
    if Set(join.right.schema.names).isDisjoint(with: rightNames) {
      rightNames.formUnion(join.right.schema.names.prefix(1))
    }
    let right = try rightSide(
      join.right, needing: rightNames, rightKeys, joinedTo: left, leftKeys, depth: depth + 1)
    let isTest = join.kind == .semi || join.kind == .anti
    if order != .rows || plan.isOrderFree, !isTest {
      let sides = JoinSides(
        left: left, right: right, leftKeys: leftKeys, rightKeys: rightKeys, fields: fields,
        rightNames: sources)
      if join.kind == .inner, order == .ordinals || plan.isOrderFree,
        let swapped = try swappedJoin(
          sides, join.left, needing: leftNames, isOrderFree: plan.isOrderFree, step)
      {
        return swapped
      }
      if var parted = try timed(
        step,
        { () throws(EvaluationFailure) in
          try partedJoin(sides, join.kind, isOrderFree: plan.isOrderFree)
        })
      {
        step.choose("parts by hash")
        parted.passing.append(step)
        return parted
      }
    }
    let rightTable = try collect(right, join.right, needing: rightNames)
    step.choose("a table of the right side")
    let table = try timed(step) { () throws(EvaluationFailure) in
      try JoinTableBuilding.build(rightTable, keys: rightKeys, keepsRepeats: !isTest, self)
    }
    if isTest {
      let test = Condition.Test.membership(
        table, keys: leftKeys.map { left.substituted($0) }, isNegated: join.kind == .anti)
      left.conditions.append(
        Condition(test: test, counter: ConditionCounter(label: "", step: step)))
      return left
    }
    let source = JoinSource(
      left, table, keys: leftKeys, kind: join.kind,
      rightNames: sources, schema: Schema(fields), LookupMatches(), nil, self)
    var pipeline = Pipeline(source)
    pipeline.passing.append(step)
    return pipeline
  }

  /// The right side of a join, perhaps without rows that no row of the left can match.
  private func rightSide(
    _ plan: Plan, needing needed: Set<String>, _ keys: [ScalarExpression], joinedTo left: Pipeline,
    _ leftKeys: [ScalarExpression], depth: Int
  ) throws(EvaluationFailure) -> Pipeline {
    let narrowed = try narrowed(plan, keys, by: left, leftKeys)
    let plan = narrowed ?? plan
    switch plan.node {
    case .filter,
      .project where narrowed == nil:
      let whole = try pipeline(plan, needing: needed, depth: depth)
      return try reduced(whole, keys, by: left, leftKeys)
    default: return Pipeline(TableSource(try table(plan, needing: needed, depth: depth), settings))
    }
  }
}
