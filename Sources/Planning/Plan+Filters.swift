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

  /// Puts a condition below this step where it may go, else above it; always whole, so that the
  /// count of rows for which it is null stays that of the condition as written (below a join, that of
  /// the left rows, however many pairs each has).
  func sinking(_ condition: ScalarExpression, from filter: Plan) -> Plan {
    sunk(condition, from: filter) ?? filtered(by: condition, range: filter.range)
  }

  /// The step over a filtered input, or nil where the filter must stay above it.
  private func sunk(_ condition: ScalarExpression, from filter: Plan) -> Plan? {
    switch node {
    case .project(let input, let columns):
      let sources = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.expression) })
      // A computed column would be computed twice: worth it for plain columns only.
      guard condition.columnNames.allSatisfy({ sources[$0].map(\.isColumn) ?? false }) else {
        return sunkBelowSort(condition, from: filter)
      }
      let below = condition.replacingColumns { sources[$0] }
      return input.sinking(below, from: filter).projected(to: columns, range: range)
    case .sort(let input, let keys):
      return input.sinking(condition, from: filter).sorted(by: keys, range: range)
    case .window(let input, let order, let partition, let functions):
      guard condition.isOnly(of: partition) else { return narrowed(by: condition, from: filter) }
      return input.sinking(condition, from: filter)
        .windowed(functions, by: order, per: partition, range: range)
    case .union(let inputs) where !condition.canFault:
      let names = condition.columnNames
      guard inputs.allSatisfy({ input in names.allSatisfy { input.schema.field($0) != nil } })
      else {
        return nil
      }
      return .union(inputs.map { $0.sinking(condition, from: filter) }, range: range)
    // A lookup counts keys of its rows: they are those that the filters as written leave it.
    case .join(let join) where join.kind == .lookup && condition.isOrNull: return nil
    case .join(let join)
    where !condition.canFault
      && condition.columnNames.allSatisfy { join.left.schema.field($0) != nil }:
      let narrowed = join.withRightNarrowed(by: condition, from: filter) ?? join
      return .join(
        narrowed.over(join.left.sinking(condition, from: filter), narrowed.right), range: range)
    case .aggregate, .distinct, .broadcast, .join: return narrowed(by: condition, from: filter)
    // An analysis looks at all rows of its input.
    // Below an expansion, the rows for which a condition is null would be counted once for several.
    case .table, .binding, .filter, .slice, .tail, .sample, .top, .union, .fill, .expand, .analysis:
      return nil
    }
  }

  /// The sort of what passes, which sorts fewer rows; nil where this is no sort with computed columns.
  private func sunkBelowSort(_ condition: ScalarExpression, from filter: Plan) -> Plan? {
    guard let (rows, keys, sort) = beforeSort else { return nil }
    return rows.sinking(condition, from: filter).sorted(by: keys, range: sort.range)
  }
}

extension ScalarExpression {
  /// Whether whole partitions pass the condition or none of their rows, so that the values of the others
  /// stay what they are.
  ///
  /// A float key says not all of a value: -0 and 0 are one.
  fileprivate func isOnly(of partition: [ScalarExpression]) -> Bool {
    columnNames.isSubset(of: partition.filter { $0.type != .float }.compactMap(\.columnName))
  }

  var isColumn: Bool { columnName != nil }
}
