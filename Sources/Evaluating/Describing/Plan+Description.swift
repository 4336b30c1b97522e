import Columns
import Plans

extension Plan {
  /// The step in a few words, for `explain`.
  var stepDescription: String {
    switch node {
    case .table(let table): return table.name.isEmpty ? "table" : "table \(table.name)"
    case .binding(let binding): return "let \(binding.name)"
    case .filter(_, let condition): return "filter \(condition.written)"
    case .project(_, let columns): return "columns " + Plan.list(columns.map(\.words))
    case .aggregate(_, let keys, let aggregates):
      let by = keys.isEmpty ? "" : " by " + Plan.list(keys.map(\.words))
      return "group" + Plan.spaced(Plan.list(aggregates.map(\.words))) + by
    case .broadcast(_, let partition, let aggregates):
      return "derive " + Plan.list(aggregates.map(\.words)) + Plan.per(partition)
    case .sort(_, let keys): return "sort by " + Plan.list(keys.map(\.words))
    case .slice(_, let offset, let count):
      return offset == 0 ? "take \(count)" : "take \(count) from row \(offset)"
    case .top(_, let count, let keys, let partition):
      return "top \(count) by " + Plan.list(keys.map(\.words)) + Plan.per(partition)
    case .distinct(_, let expressions):
      return "distinct" + Plan.spaced(Plan.list(expressions.map(\.written)))
    case .join(let join):
      let keys = join.keys.map { key in
        key.left.written == key.right.written
          ? key.left.written : "\(key.left.written) == \(key.right.written)"
      }
      return "\(join.kind.rawValue) join on " + Plan.list(keys)
    case .union(let plans): return "union of \(plans.count)"
    }
  }

  private static func list(_ parts: [String]) -> String {
    parts.prefix(6).joined(separator: ", ") + (parts.count > 6 ? ", …" : "")
  }

  private static func spaced(_ text: String) -> String { text.isEmpty ? "" : " " + text }

  private static func per(_ partition: [ScalarExpression]) -> String {
    partition.isEmpty ? "" : " per " + list(partition.map(\.written))
  }
}

extension NamedExpression {
  /// `name = expression`, or the name of a column that keeps it.
  fileprivate var words: String {
    expression.written == name ? name : "\(name) = \(expression.written)"
  }
}

extension NamedAggregate {
  /// `name = aggregate(…)`.
  fileprivate var words: String {
    var arguments = call.arguments.map(\.written)
    if call.function == .quantile, let parameter = call.parameter {
      arguments.append("\(parameter)")
    }
    let list = arguments.joined(separator: ", ")
    return "\(name) = \(call.function.rawValue)(\(list))"
  }
}

extension SortKey {
  fileprivate var words: String { expression.written + (isDescending ? " desc" : "") }
}
