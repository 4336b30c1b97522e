import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// Grouped rows spread out: from a row for each key and value to a row for each key.
struct Spread {
  /// A row for each combination of the keys and the pivot's value.
  let rows: Plan
  let keys: [NamedExpression]
  let pivot: NamedExpression
  let aggregation: VerbCall.Aggregation
  /// The values, in the order of their columns.
  let values: [Scalar]

  func plan(range: SourceRange) -> Plan {
    let keyColumns = keys.map { key in
      NamedExpression(
        key.name, ScalarExpression(.column(key.name), type: key.expression.type))
    }
    let cells = values.indices.flatMap { value in
      aggregation.aggregates.map { cell(of: $0, value) }
    }
    return rows.aggregated(by: keyColumns, cells, range: range)
      .projected(to: keyColumns + columns(), range: range)
  }

  /// The aggregate of the row that has the value: at most one in each group.
  private func cell(of aggregate: NamedAggregate, _ value: Int) -> NamedAggregate {
    let column = ScalarExpression(.column(pivot.name), type: pivot.expression.type)
    let isIt: ScalarExpression =
      values[value] == .null
      ? .call(.isNull, [column], type: .bool)
      : .call(.equal, [column, .constant(values[value])], type: .bool)
    let type = aggregate.call.type
    let found = ScalarExpression.call(
      .ifElse,
      [
        isIt, ScalarExpression(.column(aggregate.name), type: type), .constant(.null, type: type),
      ], type: type)
    return NamedAggregate(
      name(aggregate, value), AggregateCall(.first, [found], type: type))
  }

  private func name(_ aggregate: NamedAggregate, _ value: Int) -> String {
    "#\(value) \(aggregate.name)"
  }

  /// The items over the cells of each value, under the names that the reader sees.
  private func columns() -> [NamedExpression] {
    var taken = Set(keys.map(\.name))
    var columns: [NamedExpression] = []
    for value in values.indices {
      for item in aggregation.columns {
        let title = values[value].plainText
        let name = freeName(
          aggregation.columns.count == 1 ? title : "\(title)_\(item.name)", among: taken)
        taken.insert(name)
        columns.append(NamedExpression(name, over(value, item.expression)))
      }
    }
    return columns
  }

  private func over(_ value: Int, _ expression: ScalarExpression) -> ScalarExpression {
    expression.replacingColumns { name in
      guard let aggregate = aggregation.aggregates.first(where: { $0.name == name }) else {
        return nil
      }
      let type = aggregate.call.type
      let cell = ScalarExpression(.column(self.name(aggregate, value)), type: type)
      guard let empty = aggregate.call.function.valueOfNothing(type) else { return cell }
      return .call(.coalesce, [cell, .constant(empty)], type: type)
    }
  }
}

extension AggregateFunction {
  /// What it gives for no rows, in a type; nil where that is null.
  fileprivate func valueOfNothing(_ type: DataType) -> Scalar? {
    guard self == .count || self == .distinct || self == .sum else { return nil }
    return type == .float ? .float(0) : .make(0, of: type)
  }
}

extension Scalar {
  /// As it prints: a text without quotes.
  fileprivate var plainText: String {
    if case .string(let text) = self { return text }
    return text
  }
}
