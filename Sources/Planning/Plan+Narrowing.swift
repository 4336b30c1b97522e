import Columns
import Plans

extension Plan {
  /// This step over inputs without the rows of which nothing would pass a condition above it, which stays; nil
  /// where none can be told.
  ///
  /// Rows pass below for which the condition is null: they are counted above.
  func narrowed(by condition: ScalarExpression, from filter: Plan) -> Plan? {
    let condition = condition.sharingPlans
    return step(narrowedBy: condition, from: filter)?
      .filtered(by: condition, range: filter.range)
  }

  private func step(narrowedBy condition: ScalarExpression, from filter: Plan) -> Plan? {
    switch node {
    case .aggregate(let input, let keys, let aggregates):
      // Rows of groups that will be dropped need not be grouped.
      let sources = Dictionary(uniqueKeysWithValues: keys.map { ($0.name, $0.expression) })
      return input.rows(passing: condition, by: { sources[$0] }, from: filter)?
        .aggregated(by: keys, aggregates, range: range)
    case .distinct(let input, let keys):
      // Without keys, all columns are.
      let columns = keys.isEmpty ? { input.column($0) } : input.columns(keys)
      return input.rows(passing: condition, by: columns, from: filter)?
        .distinct(on: keys, range: range)
    case .window(let input, let order, let partition, let functions):
      return input.rows(passing: condition, by: input.columns(partition), from: filter)?
        .windowed(functions, by: order, per: partition, range: range)
    case .broadcast(let input, let partition, let aggregates):
      return input.rows(passing: condition, by: input.columns(partition), from: filter)?
        .broadcasting(aggregates, per: partition, range: range)
    // A lookup counts the keys of its rows that have several matches.
    case .join(let join) where join.kind != .lookup:
      let left = join.left.rows(passing: condition, by: { join.left.column($0) }, from: filter)
      let narrowed = join.withRightNarrowed(by: condition, from: filter)
      if left == nil && narrowed == nil { return nil }
      let join = narrowed ?? join
      return .join(join.over(left ?? join.left, join.right), range: range)
    default: return nil
    }
  }

  /// The rows that pass those parts of a condition which read nothing but what `columns` has columns of this
  /// plan for, or what is as quick to read; nil where there is no such part.
  fileprivate func rows(
    passing condition: ScalarExpression, by columns: (String) -> ScalarExpression?,
    from filter: Plan
  ) -> Plan? {
    let parts = condition.conjuncts.filter { part in
      // A float key says not all of a value: -0 and 0 are one.
      part.isSelective && !part.faultsOnRows
        && part.columnNames.allSatisfy { name in
          columns(name).map { $0.isQuick && $0.type != .float } ?? false
        }
    }
    if parts.isEmpty { return nil }
    return parts.reduce(self) { plan, part in
      plan.sinking(part.replacingColumns(columns).orNull, from: filter)
    }
  }

  fileprivate func column(_ name: String) -> ScalarExpression? {
    schema.field(name).map { .column($0) }
  }

  /// Those columns that are among some keys.
  private func columns(_ keys: [ScalarExpression]) -> (String) -> ScalarExpression? {
    let names = Set(keys.compactMap(\.columnName))
    return { names.contains($0) ? column($0) : nil }
  }
}

extension Join {
  /// The join without rows of the right side whose pairs would not pass a condition above it; nil where none
  /// can be told.
  func withRightNarrowed(by condition: ScalarExpression, from filter: Plan) -> Join? {
    if kind == .lookup { return nil }
    return right.rows(passing: condition, by: { rightColumn($0) }, from: filter).map {
      over(left, $0)
    }
  }

  /// The right side's column that has the value of a column of the result in all rows of which a condition
  /// decides.
  private func rightColumn(_ name: String) -> ScalarExpression? {
    // Pairs have equal keys, whatever becomes of rows without a match.
    for (own, other) in keys where own.columnName == name && own.type == other.type {
      return other
    }
    // Rows without a match stay in other kinds, with nulls in place of what would be dropped.
    guard kind == .inner else { return nil }
    return rightColumns.first { $0.name == name }.flatMap { right.column($0.source) }
  }
}

extension ScalarExpression {
  /// Whether it reads columns and looks for certain values rather than leaving some out: then it mostly
  /// drops more work than it is.
  fileprivate var isSelective: Bool {
    switch node {
    case .call(.coalesce, let sides) where isOrNull: sides[0].isSelective
    case .isIn, .isInPlan: !columnNames.isEmpty
    case .call(.or, let sides): sides.allSatisfy(\.isSelective)
    case .call(let function, _):
      switch function {
      case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull, .contains,
        .containsIgnoringCase, .startsWith, .endsWith, .matches:
        !columnNames.isEmpty
      default: false
      }
    case .column, .constant, .scalarPlan: false
    }
  }

  /// Whether a row may make it an error; the plan whose values it looks for is computed before all rows.
  fileprivate var faultsOnRows: Bool {
    switch node {
    case .isInPlan(let value, _): value.canFault
    case .call(.coalesce, let sides) where isOrNull: sides[0].faultsOnRows
    default: canFault
    }
  }

  /// The condition with the plans whose values it looks for computed once, wherever it stands.
  fileprivate var sharingPlans: ScalarExpression {
    switch node {
    case .call(.and, let sides):
      return ScalarExpression(.call(.and, sides.map(\.sharingPlans)), type: type, range: range)
    case .isInPlan(let value, let plan):
      if case .binding = plan.node { return self }
      let shared = Plan.binding(Binding(name: plan.sourceName, plan: plan), range: plan.range)
      return ScalarExpression(.isInPlan(value, shared), type: type, range: range)
    default: return self
    }
  }

  /// A condition that is true for the rows for which this one is true or null.
  fileprivate var orNull: ScalarExpression {
    isOrNull
      ? self : .call(.coalesce, [self, .constant(.bool(true))], type: .bool, range: range)
  }

  /// Whether it was made of another one to narrow what is below that, and counts nothing.
  var isOrNull: Bool {
    guard case .call(.coalesce, let sides) = node, sides.count == 2,
      case .constant(.bool(true)) = sides[1].node
    else { return false }
    return true
  }

  /// Whether it is a column, or nearly as quick to compute.
  fileprivate var isQuick: Bool {
    switch node {
    case .column: true
    case .call(.day, let arguments), .call(.week, let arguments), .call(.month, let arguments),
      .call(.quarter, let arguments), .call(.year, let arguments):
      arguments.allSatisfy { $0.isColumn || $0.columnNames.isEmpty }
    default: false
    }
  }
}
