import Plans

extension Plan {
  /// The same step over rewritten inputs, its schema derived anew.
  func mappingInputs(_ rewrite: (Plan) -> Plan) -> Plan {
    switch node {
    case .table, .binding: return self
    case .filter(let input, let condition):
      return rewrite(input).filtered(by: condition, range: range)
    case .project(let input, let columns):
      return rewrite(input).projected(to: columns, range: range)
    case .aggregate(let input, let keys, let aggregates):
      return rewrite(input).aggregated(by: keys, aggregates, range: range)
    case .broadcast(let input, let partition, let aggregates):
      return rewrite(input).broadcasting(aggregates, per: partition, range: range)
    case .window(let input, let order, let partition, let functions):
      return rewrite(input).windowed(functions, by: order, per: partition, range: range)
    case .tail(let input, let count): return rewrite(input).tail(count, range: range)
    case .sample(let input, let sampling, let partition):
      return rewrite(input).sampled(sampling, per: partition, range: range)
    case .sort(let input, let keys): return rewrite(input).sorted(by: keys, range: range)
    case .slice(let input, let offset, let count):
      return rewrite(input).sliced(offset: offset, count: count, range: range)
    case .top(let input, let count, let keys, let partition):
      return rewrite(input).top(count, by: keys, per: partition, range: range)
    case .distinct(let input, let expressions):
      return rewrite(input).distinct(on: expressions, range: range)
    case .fill(let input, let fill): return rewrite(input).filled(fill, range: range)
    case .expand(let input, let expansion):
      return rewrite(input).expanded(expansion, range: range)
    case .join(let join):
      return .join(join.over(rewrite(join.left), rewrite(join.right)), range: range)
    case .analysis(let analysis, let inputs):
      return .analysis(analysis, over: inputs.map(rewrite), range: range)
    case .union(let inputs): return .union(inputs.map(rewrite), range: range)
    }
  }
}

extension Join {
  func over(
    _ left: Plan, _ right: Plan, rightColumns: [(source: String, name: String)]? = nil
  ) -> Join {
    Join(
      left: left, right: right, kind: kind, keys: keys,
      rightColumns: rightColumns ?? self.rightColumns)
  }
}
