import Checking
import Columns
import Plans

extension VerbSignature.Items {
  /// What stands in a clause, for the help.
  var phrase: String {
    switch self {
    case .none: "nothing"
    case .columns: "columns"
    case .conditions: "a condition"
    case .aggregates: "aggregates, with or without a name: n = count()"
    case .count: "a whole number"
    case .renames: "new = old"
    case .tables: "a table, a let, a pipeline in brackets or a file"
    case .sortKeys: "columns or expressions, with asc or desc"
    case .path: "a path in quotes"
    default: "columns or expressions, with or without a name: x = …"
    }
  }
}

extension VerbSignature.Option {
  /// `kind = inner`, with its default or its type.
  var written: String {
    let value = defaultText.flatMap { $0.isEmpty ? nil : $0 } ?? type.rawValue
    return "\(name) = \(value)"
  }

  /// What it does and what it may be.
  var explained: String {
    choices.isEmpty ? summary : "\(summary) (\(choices.joined(separator: ", ")))"
  }
}

extension CatalogueEntry {
  /// Its usage and summary, for lists.
  var line: (term: String, meaning: String) { (usage, summary) }

  /// Each argument with the types that it may have, those of the same types together.
  var arguments: [(term: String, meaning: String)] {
    var rows: [(names: [String], meaning: String)] = []
    for name in argumentNames {
      let meaning = meaning(ofArgument: name)
      if let index = rows.firstIndex(where: { $0.meaning == meaning }) {
        rows[index].names.append(name)
      } else {
        rows.append(([name], meaning))
      }
    }
    let isVariadic = overloads.contains { $0.isVariadic }
    return rows.enumerated().map { index, row in
      let rest = isVariadic && index == rows.count - 1 ? ", …" : ""
      return (row.names.joined(separator: ", ") + rest, row.meaning)
    }
  }

  /// The type of what it gives, by the types of its arguments where it depends on them.
  var result: String {
    let results = overloads.map(\.result).uniqued
    if results.count == 1 { return results[0].rawValue }
    for name in argumentNames {
      let follows = overloads.allSatisfy { overload in
        overload.parameters.first { $0.name == name }?.type == overload.result
      }
      if follows { return "the type of \(name)" }
    }
    return results.map(\.rawValue).joined(separator: ", ")
  }

  private var argumentNames: [String] {
    overloads.flatMap { $0.parameters.map(\.name) }.uniqued
  }

  private func meaning(ofArgument name: String) -> String {
    let parameters = overloads.flatMap(\.parameters).filter { $0.name == name }
    let types = parameters.map(\.type).uniqued
    let isAny = types.count == DataType.allCases.count
    let text = isAny ? "any type" : types.map(\.rawValue).joined(separator: ", ")
    switch parameters[0].demand {
    case .none: return text
    case .constant: return text + ", a constant"
    case .pattern: return "/a regular expression/"
    }
  }
}

extension Array where Element: Hashable {
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
