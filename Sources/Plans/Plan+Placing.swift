package import Diagnostics

extension Plan {
  /// The same plan with every step and expression at one place, or at none.
  ///
  /// For plans that outlive the text of their statement (`let`).
  package func placed(at place: SourceRange?) -> Plan {
    Plan(node.placed(at: place), schema: schema, properties: properties, range: place)
  }
}

extension Plan.Node {
  fileprivate func placed(at place: SourceRange?) -> Plan.Node {
    switch self {
    case .table, .binding: self
    case .filter(let input, let condition):
      .filter(input.placed(at: place), condition: condition.placed(at: place))
    case .project(let input, let columns):
      .project(input.placed(at: place), columns.map { $0.placed(at: place) })
    case .aggregate(let input, let keys, let aggregates):
      .aggregate(
        input.placed(at: place), keys: keys.map { $0.placed(at: place) },
        aggregates: aggregates.map { $0.placed(at: place) })
    case .broadcast(let input, let partition, let aggregates):
      .broadcast(
        input.placed(at: place), partition: partition.map { $0.placed(at: place) },
        aggregates: aggregates.map { $0.placed(at: place) })
    case .window(let input, let order, let partition, let functions):
      .window(
        input.placed(at: place), order: order.map { $0.placed(at: place) },
        partition: partition.map { $0.placed(at: place) },
        functions: functions.map { $0.placed(at: place) })
    case .tail(let input, let count): .tail(input.placed(at: place), count: count)
    case .sample(let input, let sampling, let partition):
      .sample(
        input.placed(at: place), sampling, partition: partition.map { $0.placed(at: place) })
    case .sort(let input, let keys):
      .sort(input.placed(at: place), by: keys.map { $0.placed(at: place) })
    case .slice(let input, let offset, let count):
      .slice(input.placed(at: place), offset: offset, count: count)
    case .top(let input, let count, let keys, let partition):
      .top(
        input.placed(at: place), count: count, by: keys.map { $0.placed(at: place) },
        partition: partition.map { $0.placed(at: place) })
    case .distinct(let input, let expressions):
      .distinct(input.placed(at: place), on: expressions.map { $0.placed(at: place) })
    case .join(let join): .join(join.placed(at: place))
    case .union(let plans): .union(plans.map { $0.placed(at: place) })
    case .fill(let input, let fill): .fill(input.placed(at: place), fill)
    case .expand(let input, let expansion): .expand(input.placed(at: place), expansion)
    case .analysis(let analysis, let inputs):
      .analysis(analysis, inputs.map { $0.placed(at: place) })
    }
  }
}

extension Join {
  fileprivate func placed(at place: SourceRange?) -> Join {
    Join(
      left: left.placed(at: place), right: right.placed(at: place), kind: kind,
      keys: keys.map { ($0.left.placed(at: place), $0.right.placed(at: place)) },
      rightColumns: rightColumns)
  }
}

extension NamedExpression {
  fileprivate func placed(at place: SourceRange?) -> NamedExpression {
    NamedExpression(name, expression.placed(at: place))
  }
}

extension NamedAggregate {
  fileprivate func placed(at place: SourceRange?) -> NamedAggregate {
    NamedAggregate(
      name,
      AggregateCall(
        call.function, call.arguments.map { $0.placed(at: place) }, parameter: call.parameter,
        type: call.type, range: place))
  }
}

extension NamedWindow {
  fileprivate func placed(at place: SourceRange?) -> NamedWindow {
    NamedWindow(
      name,
      WindowCall(
        call.function, call.argument?.placed(at: place), parameter: call.parameter,
        type: call.type, range: place))
  }
}

extension SortKey {
  fileprivate func placed(at place: SourceRange?) -> SortKey {
    SortKey(expression.placed(at: place), isDescending: isDescending)
  }
}
