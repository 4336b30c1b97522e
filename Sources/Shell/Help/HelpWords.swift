import Checking
import Columns
import Plans

extension VerbSignature.Items {
  /// What stands in a clause, for the help.
  var phrase: String {
    switch self {
    case .none: "nothing"
    case .columns: "columns"
    case .expressions: "columns or expressions, with or without a name: x = …"
    case .conditions: "a condition"
    case .aggregates: "aggregates, with or without a name: n = count()"
    case .count: "a whole number"
    case .renames: "new = old"
    case .tables: "a table, a let, a pipeline in brackets or a file"
    case .sortKeys: "columns or expressions, with asc or desc"
    case .path: "a path in quotes"
    }
  }
}

extension VerbSignature.Option {
  /// `kind = inner`, with its default or its type.
  var written: String { "\(name) = \(defaultText ?? type.rawValue)" }

  /// What it does and what it may be.
  var explained: String {
    choices.isEmpty ? summary : "\(summary) (\(choices.joined(separator: ", ")))"
  }
}

extension CatalogueEntry {
  /// A function whose name is a word, for the overview.
  var isPlainFunction: Bool { kind != .operator && kind != .aggregate }

  /// The ways to call it, those of one shape together: `(int) → int`.
  var calls: [(term: String, meaning: String)] {
    var rows: [(shape: String, results: [DataType], arguments: [DataType])] = []
    for overload in overloads {
      let types = Set(overload.parameters.map(\.type))
      let uniform = overload.parameters.count > 0 && types.count == 1
      let shape = uniform ? overload.uniformShape : overload.fullShape
      let argument = uniform ? overload.parameters[0].type : overload.result
      if uniform, let index = rows.firstIndex(where: { $0.shape == shape }) {
        if !rows[index].arguments.contains(argument) {
          rows[index].arguments.append(argument)
          rows[index].results.append(overload.result)
        }
      } else if !rows.contains(where: { $0.shape == shape }) {
        rows.append((shape, [overload.result], uniform ? [argument] : []))
      }
    }
    // Pairs of any types are said in one line.
    if rows.count > 8 { return [("any types", "gives the type of the first")] }
    return rows.map { row in
      let results = Set(row.results)
      let types =
        row.arguments.count == DataType.allCases.count
        ? "any type" : row.arguments.map(\.rawValue).joined(separator: ", ")
      let given =
        results.count > 1 && row.results == row.arguments
        ? "the same" : row.results.uniqued.map(\.rawValue).joined(separator: ", ")
      return (row.shape, types.isEmpty ? "gives \(given)" : "\(types); gives \(given)")
    }
  }
}

extension Overload {
  /// `x, y` where all have one type.
  fileprivate var uniformShape: String {
    parameters.map(written).joined(separator: ", ") + (isVariadic ? ", …" : "")
  }

  /// `x string, n int = 1`.
  fileprivate var fullShape: String {
    if parameters.isEmpty { return "()" }
    return parameters.map { "\(written($0)): \($0.type.rawValue)" }.joined(separator: ", ")
      + (isVariadic ? ", …" : "")
  }

  private func written(_ parameter: Parameter) -> String {
    switch parameter.demand {
    case .none: parameter.name
    case .constant: "\(parameter.name) (a constant)"
    case .pattern: "/\(parameter.name)/"
    }
  }
}

extension Array where Element: Hashable {
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
