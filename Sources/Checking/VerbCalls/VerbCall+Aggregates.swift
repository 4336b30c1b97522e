import Columns
package import Parsing
package import Plans

extension VerbCall {
  /// Items with aggregates, split: the aggregates under hidden names, and what is made of them.
  package struct Aggregation {
    package let aggregates: [NamedAggregate]
    /// The items' columns, over the aggregates (and the keys, or in `derive` all columns).
    package let columns: [NamedExpression]

    /// The aggregates under the names of their items, when no item is more than one aggregate.
    package var plain: [NamedAggregate]? {
      guard columns.count == aggregates.count else { return nil }
      var named: [NamedAggregate] = []
      for (column, aggregate) in zip(columns, aggregates) {
        guard case .column(let source) = column.expression.node, source == aggregate.name else {
          return nil
        }
        named.append(NamedAggregate(column.name, aggregate.call))
      }
      return named
    }
  }

  /// The items of `group`: aggregates and arithmetic of aggregates and keys.
  package func aggregation(_ items: [Item], keys: [NamedExpression]) -> Aggregation {
    let collector = AggregateCollector(
      keys: keys, taken: Set(rows.schema.names + keys.map(\.name)))
    let context = ExpressionContext(rows: rows(over: nil), position: .outside(collector))
    var names = ItemNames(taken: Set(keys.map(\.name)))
    var columns: [NamedExpression] = []
    for item in items {
      guard let value = checker.check(item.value, context) else {
        markUnknown(columnName(item))
        continue
      }
      if let name = name(for: item, value, &names) { columns.append(NamedExpression(name, value)) }
    }
    return Aggregation(aggregates: collector.aggregates, columns: columns)
  }

  /// An expression of `derive`: columns, and aggregates over the rows of the group.
  package func broadcast(
    _ expression: Expression, over plan: Plan
  ) -> (aggregates: [NamedAggregate], value: ScalarExpression)? {
    let collector = AggregateCollector(keys: nil, taken: Set(plan.schema.names))
    let context = ExpressionContext(rows: rows(over: plan), position: .outside(collector))
    guard let value = checker.check(expression, context) else { return nil }
    return (collector.aggregates, value)
  }
}
