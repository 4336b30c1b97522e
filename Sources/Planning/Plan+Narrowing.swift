import Columns
import Plans

extension Plan {
  /// This step over inputs without the rows of which nothing would pass a condition above it; nil where none
  /// can be told.
  ///
  /// The condition stays above, where the rows are counted for which it is null: below, these pass.
  func narrowed(by condition: ScalarExpression, from filter: Plan) -> Plan? {
    switch node {
    case .aggregate(let input, let keys, let aggregates):
      // Rows of groups that will be dropped need not be grouped.
      let sources = Dictionary(uniqueKeysWithValues: keys.map { ($0.name, $0.expression) })
      return input.narrowed(condition, by: { sources[$0] }, from: filter)?
        .aggregated(by: keys, aggregates, range: range)
    case .distinct(let input, let keys):
      // Without keys, all columns are.
      let names = Set(keys.compactMap(\.columnName))
      return input.narrowed(
        condition, by: { keys.isEmpty || names.contains($0) ? input.column($0) : nil }, from: filter
      )?.distinct(on: keys, range: range)
    case .join(let join):
      let left = join.left.narrowed(condition, by: { join.left.column($0) }, from: filter)
      // Rows without a match stay in other kinds, with nulls in place of what is dropped.
      let right =
        join.kind == .inner
        ? join.right.narrowed(condition, by: { join.rightColumn($0) }, from: filter) : nil
      if left == nil && right == nil { return nil }
      return .join(join.over(left ?? join.left, right ?? join.right), range: range)
    default: return nil
    }
  }

  /// The rows that pass those parts of a condition which read nothing but what `columns` has plain columns of
  /// this plan for; nil where there is no such part.
  private func narrowed(
    _ condition: ScalarExpression, by columns: (String) -> ScalarExpression?, from filter: Plan
  ) -> Plan? {
    let parts = condition.conjuncts.filter { part in
      // A float key says not all of a value: -0 and 0 are one.
      part.isSelective && !part.canFault
        && part.columnNames.allSatisfy { name in
          columns(name).map { $0.isColumn && $0.type != .float } ?? false
        }
    }
    if parts.isEmpty { return nil }
    return parts.reduce(self) { plan, part in
      let below = ScalarExpression.call(
        .coalesce, [part.replacingColumns(columns), .constant(.bool(true))], type: .bool,
        range: part.range)
      return plan.sinking(below, from: filter)
    }
  }

  fileprivate func column(_ name: String) -> ScalarExpression? {
    schema.field(name).map { .column($0) }
  }
}

extension Join {
  /// The right side's column of a column of the result.
  fileprivate func rightColumn(_ name: String) -> ScalarExpression? {
    rightColumns.first { $0.name == name }.flatMap { right.column($0.source) }
  }
}

extension ScalarExpression {
  /// The conditions all of which are true where this one is.
  fileprivate var conjuncts: [ScalarExpression] {
    guard case .call(.and, let sides) = node else { return [self] }
    return sides.flatMap(\.conjuncts)
  }

  /// Whether it reads columns and looks for certain values rather than leaving some out: then it mostly
  /// drops more work than it is.
  fileprivate var isSelective: Bool {
    switch node {
    case .isIn: !columnNames.isEmpty
    case .call(.or, let sides): sides.allSatisfy(\.isSelective)
    case .call(let function, _):
      switch function {
      case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull, .contains,
        .containsIgnoringCase, .startsWith, .endsWith, .matches:
        !columnNames.isEmpty
      default: false
      }
    case .column, .constant, .isInPlan, .scalarPlan: false
    }
  }
}
