import Columns
import Plans

extension Join {
  /// Whether it keeps the rows of the left, adds columns to each, and has nothing to say of several matches: by
  /// the steps that make it, the right side has one row for each combination of keys.
  var extendsRows: Bool {
    (kind == .left || kind == .lookup)
      && right.hasOneRow(forEach: Set(keys.compactMap(\.right.columnName)))
  }
}

extension Plan {
  /// Whether no two rows agree in all of these columns, whatever the rows of the tables are.
  fileprivate func hasOneRow(forEach names: Set<String>) -> Bool {
    switch node {
    case .aggregate(_, let keys, _):
      keys.allSatisfy { names.contains($0.name) && $0.expression.type != .float }
    case .distinct(_, let expressions):
      (expressions.isEmpty ? schema.fields.map { .column($0) } : expressions).allSatisfy { key in
        // A float key says not all of a value: -0 and 0 are one.
        key.type != .float && (key.columnName.map(names.contains) ?? false)
      }
    case .project(let input, let columns):
      input.hasOneRow(
        forEach: Set(columns.filter { names.contains($0.name) }.compactMap(\.expression.columnName))
      )
    case .filter(let input, _), .sort(let input, _), .slice(let input, _, _),
      .tail(let input, _), .sample(let input, _, _), .top(let input, _, _, _):
      input.hasOneRow(forEach: names)
    case .broadcast(let input, _, _), .window(let input, _, _, _):
      input.hasOneRow(forEach: names.intersection(input.schema.names))
    case .table, .binding, .join, .union, .fill, .expand, .analysis: false
    }
  }
}
