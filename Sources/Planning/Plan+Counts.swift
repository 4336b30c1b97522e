import Columns
import Plans

extension Plan {
  /// The plan with the rows of a distinct over one value counted as different values, which makes no rows.
  func withDistinctCounted() -> Plan {
    let plan = mappingInputs { $0.withDistinctCounted() }
    guard case .aggregate(let input, let keys, let aggregates) = plan.node, keys.isEmpty,
      !aggregates.isEmpty, aggregates.allSatisfy(\.isRowCount),
      case .distinct(let rows, let expressions) = input.node,
      let value = rows.onlyValue(expressions)
    else { return plan }
    let different = NamedAggregate("#different", AggregateCall(.distinct, [value], type: .int))
    let isNull = ScalarExpression.call(.isNull, [value], type: .bool)
    let nulls = NamedAggregate("#nulls", AggregateCall(.count, [isNull], type: .int))
    let counts = rows.aggregated(by: [], [different, nulls], range: range)
    // Null is a value of its own, which no aggregate takes in.
    let hasNull = ScalarExpression.call(
      .greater, [ScalarExpression(.column(nulls.name), type: .int), .constant(.int(0))],
      type: .bool)
    let null = ScalarExpression.call(
      .ifElse, [hasNull, .constant(.int(1)), .constant(.int(0))], type: .int)
    let count = ScalarExpression.call(
      .add, [ScalarExpression(.column(different.name), type: .int), null], type: .int)
    return counts.projected(
      to: aggregates.map { NamedExpression($0.name, count) }, range: range)
  }

  /// The one value by which rows are told from each other; nil where there are several.
  private func onlyValue(_ expressions: [ScalarExpression]) -> ScalarExpression? {
    if expressions.count == 1 { return expressions[0] }
    guard expressions.isEmpty, schema.fields.count == 1 else { return nil }
    return .column(schema.fields[0])
  }
}

extension NamedAggregate {
  fileprivate var isRowCount: Bool { call.function == .count && call.arguments.isEmpty }
}
