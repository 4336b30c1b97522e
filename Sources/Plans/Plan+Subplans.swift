extension Plan {
  /// The plans whose rows the step takes.
  package var inputs: [Plan] { node.inputs }

  /// The plans in the expressions of the step.
  package var plansInExpressions: [Plan] { node.expressions.flatMap(\.plans) }
}

extension Plan.Node {
  var inputs: [Plan] {
    switch self {
    case .table, .binding: []
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _),
      .broadcast(let input, _, _), .window(let input, _, _, _), .sort(let input, _),
      .slice(let input, _, _), .tail(let input, _), .sample(let input, _, _),
      .top(let input, _, _, _), .distinct(let input, _), .fill(let input, _),
      .expand(let input, _):
      [input]
    case .join(let join): [join.left, join.right]
    case .union(let plans), .analysis(_, let plans): plans
    }
  }

  fileprivate var expressions: [ScalarExpression] {
    switch self {
    case .table, .binding, .slice, .tail, .union, .fill, .expand, .analysis: []
    case .filter(_, let condition): [condition]
    case .project(_, let columns): columns.map(\.expression)
    case .aggregate(_, let keys, let aggregates):
      keys.map(\.expression) + aggregates.flatMap(\.call.arguments)
    case .broadcast(_, let partition, let aggregates):
      partition + aggregates.flatMap(\.call.arguments)
    case .window(_, let order, let partition, let functions):
      order.map(\.expression) + partition + functions.compactMap(\.call.argument)
    case .sort(_, let keys): keys.map(\.expression)
    case .sample(_, _, let partition): partition
    case .top(_, _, let keys, let partition): keys.map(\.expression) + partition
    case .distinct(_, let expressions): expressions
    case .join(let join): join.keys.flatMap { [$0.left, $0.right] }
    }
  }
}

extension ScalarExpression {
  /// The plans that must be computed for its value.
  package var plans: [Plan] {
    switch node {
    case .column, .constant: []
    case .call(_, let arguments): arguments.flatMap(\.plans)
    case .isIn(let value, _): value.plans
    case .isInPlan(let value, let plan): value.plans + [plan]
    case .scalarPlan(let plan): [plan]
    }
  }
}
