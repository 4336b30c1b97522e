import Columns
import Plans

extension Plan {
  /// The plan with each filter as near to its table as it may go.
  func withFiltersDown() -> Plan {
    guard case .filter(let input, let condition) = node else {
      return mappingInputs { $0.withFiltersDown() }
    }
    return input.withFiltersDown().sinking(condition, from: self)
  }

  /// Puts the parts of a condition below this step where they may go, the others above it.
  private func sinking(_ condition: ScalarExpression, from filter: Plan) -> Plan {
    var result = self
    for part in condition.conjuncts {
      result = result.sunk(part, from: filter) ?? result.filtered(by: part, range: filter.range)
    }
    return result
  }

  /// The step over a filtered input, or nil where the filter must stay above it.
  private func sunk(_ condition: ScalarExpression, from filter: Plan) -> Plan? {
    switch node {
    case .project(let input, let columns):
      let sources = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.expression) })
      // A computed column would be computed twice: worth it for plain columns only.
      guard condition.columnNames.allSatisfy({ sources[$0].map(\.isColumn) ?? false }) else {
        return nil
      }
      let below = condition.replacingColumns { sources[$0] }
      return input.sinking(below, from: filter).projected(to: columns, range: range)
    case .sort(let input, let keys):
      return input.sinking(condition, from: filter).sorted(by: keys, range: range)
    case .union(let inputs) where !condition.canFault:
      let names = condition.columnNames
      guard inputs.allSatisfy({ input in names.allSatisfy { input.schema.field($0) != nil } })
      else {
        return nil
      }
      return .union(inputs.map { $0.sinking(condition, from: filter) }, range: range)
    case .join(let join) where !condition.canFault:
      guard condition.columnNames.allSatisfy({ join.left.schema.field($0) != nil }) else {
        return nil
      }
      return .join(join.over(join.left.sinking(condition, from: filter), join.right), range: range)
    case .table, .binding, .filter, .aggregate, .broadcast, .slice, .top, .distinct, .union, .join:
      return nil
    }
  }
}

extension ScalarExpression {
  /// The parts of a chain of `and` that may be filtered one after the other.
  ///
  /// `filter a and b` drops what two filters drop; a part that can fault stays behind the others,
  /// as one filter with all that follows.
  fileprivate var conjuncts: [ScalarExpression] {
    guard case .call(.and, let parts) = node, !canFault else { return [self] }
    return parts.flatMap(\.conjuncts)
  }

  fileprivate var isColumn: Bool {
    if case .column = node { true } else { false }
  }
}
