import Columns
import Plans

extension Evaluator {
  /// A plan as a source and the steps that run in one pass over it.
  func pipeline(
    _ plan: Plan, needing needed: Set<String>?, depth: Int, order: OrderNeed = .rows
  ) throws(EvaluationFailure) -> Pipeline {
    switch plan.node {
    case .filter(let input, let condition):
      let step = steps.begin(plan, depth: depth)
      let condition = try resolved(condition, depth: depth)
      var pipeline = try pipeline(
        input, needing: needed?.union(condition.columnNames), depth: depth + 1,
        order: order)
      let counter = ConditionCounter(label: condition.text, step: step)
      let test = Condition.Test.expression(pipeline.substituted(condition))
      pipeline.conditions.append(Condition(test: test, counter: counter))
      return pipeline
    case .project(let input, let columns):
      return try projected(
        plan, input, columns, needing: needed, depth: depth, order: order)
    case .join(let join):
      return try joined(plan, join, needing: needed, depth: depth, order: order)
    case .union(let plans):
      return try unitedPipeline(plan, plans, needing: needed, depth: depth)
    case .broadcast(let input, let partition, let aggregates)
    where partition.isEmpty && !aggregates.contains { $0.call.type == .string }:
      return try broadcastToAll(plan, input, aggregates, needing: needed, depth: depth)
    default:
      return Pipeline(
        TableSource(try table(plan, needing: needed, depth: depth), settings))
    }
  }

  /// Expressions longer than this are not written into others; their step is computed first.
  private static let expressionLimit = 2_000

  private func projected(
    _ plan: Plan, _ input: Plan, _ columns: [NamedExpression], needing needed: Set<String>?,
    depth: Int, order: OrderNeed
  ) throws(EvaluationFailure) -> Pipeline {
    let step = steps.begin(plan, depth: depth)
    let wanted = columns.filter { needed?.contains($0.name) ?? true }
    var expressions: [ScalarExpression] = []
    var names: Set<String> = []
    for column in wanted {
      let expression = try resolved(column.expression, depth: depth)
      names.formUnion(expression.columnNames)
      expressions.append(expression)
    }
    var pipeline = try pipeline(
      input, needing: names, depth: depth + 1, order: order)
    var substituted = expressions.map { pipeline.substituted($0) }
    let limit = Evaluator.expressionLimit
    if substituted.contains(where: { $0.size(upTo: limit) >= limit }) {
      pipeline = Pipeline(StagedSource(pipeline, self))
      substituted = expressions
    }
    pipeline.passing.append(step)
    pipeline.outputs = zip(wanted, substituted).map { NamedExpression($0.name, $1) }
    return pipeline
  }
}
