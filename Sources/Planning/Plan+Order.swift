import Plans

extension Plan {
  /// The plan with the steps marked of whose rows nothing above asks for the order.
  func withFreeOrder(_ isFree: Bool = false) -> Plan {
    let plan: Plan
    switch node {
    case .table, .binding: return self
    case .filter, .project, .union:
      plan = mappingInputs { $0.withFreeOrder(isFree) }
    case .aggregate(let input, let keys, let aggregates):
      // Groups come in order of their first rows.
      let isInputFree =
        (isFree || keys.isEmpty) && aggregates.allSatisfy { $0.call.function.ignoresOrder }
      plan = input.withFreeOrder(isInputFree).aggregated(by: keys, aggregates, range: range)
    case .join(let join):
      // Of several matches a lookup takes the first.
      let right = join.right.withFreeOrder(isFree && join.kind != .lookup)
      plan = .join(join.over(join.left.withFreeOrder(isFree), right), range: range)
    case .broadcast, .window, .tail, .sample, .sort, .slice, .top, .distinct, .fill, .expand,
      .analysis:
      plan = mappingInputs { $0.withFreeOrder() }
    }
    return isFree ? plan.inAnyOrder : plan
  }
}

extension AggregateFunction {
  /// Whether its value is the same in whatever order rows come: all sums are exact.
  fileprivate var ignoresOrder: Bool {
    switch self {
    case .count, .share, .any, .all, .sum, .avg, .ratio, .stddev, .min, .max, .distinct, .median,
      .quantile, .medianLow, .medianHigh, .corr, .gini, .entropy:
      true
    case .first, .last, .minBy, .maxBy, .mode, .spark: false
    }
  }
}
