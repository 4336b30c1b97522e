import Columns
import Plans

extension Plan {
  /// The plan with the steps marked of whose rows nothing above asks for the order, and without their sorts.
  func withFreeOrder(_ isFree: Bool = false) -> Plan {
    let plan: Plan
    switch node {
    case .table, .binding: return self
    case .sort(let input, _) where isFree: return input.withFreeOrder(true)
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
    case .distinct(let input, let expressions):
      guard isFree, let keys = input.keysOfAll(expressions) else {
        plan = mappingInputs { $0.withFreeOrder() }
        break
      }
      // What the first row of each combination has is the combination itself.
      plan = input.withFreeOrder(true).aggregated(by: keys, [], range: range)
    case .broadcast, .window, .tail, .sample, .sort, .slice, .top, .fill, .expand,
      .analysis:
      plan = mappingInputs { $0.withFreeOrder() }
    }
    return isFree ? plan.inAnyOrder : plan
  }
}

extension Plan {
  /// All columns as keys, where these expressions (none for all) are all of them; nil where they are
  /// not, or where keys can be equal and not the same, as floats.
  fileprivate func keysOfAll(_ expressions: [ScalarExpression]) -> [NamedExpression]? {
    let keys = schema.fields.map { NamedExpression($0.name, .column($0)) }
    if keys.contains(where: { $0.expression.type == .float }) { return nil }
    if expressions.isEmpty { return keys }
    let names = Set(expressions.compactMap(\.columnName))
    return keys.count == expressions.count && names == Set(schema.names) ? keys : nil
  }
}
