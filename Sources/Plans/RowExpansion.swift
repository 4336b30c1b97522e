import Columns
package import Diagnostics

/// Several rows for each row of the input (`unpivot`, `explode`).
package enum RowExpansion: Sendable {
  /// A row for each of these columns, all of one type: its name under `name`, its value under
  /// `value`; the columns themselves are gone.
  case columns([String], name: String, value: String)
  /// A row for each element of the JSON array in a text column; no array leaves the row as it is,
  /// an empty one gives null.
  case elements(String)
  /// A row for each part of a text column between separators; a null keeps its row.
  case parts(String, separator: String)

  /// The columns of the input that it reads.
  package var columnNames: Set<String> {
    switch self {
    case .columns(let columns, _, _): Set(columns)
    case .elements(let column), .parts(let column, _): [column]
    }
  }

  /// The columns whose values it makes: a filter on them must stay behind it.
  package var madeNames: Set<String> {
    switch self {
    case .columns(_, let name, let value): [name, value]
    case .elements(let column), .parts(let column, _): [column]
    }
  }
}

extension Plan {
  /// The rows of an expansion: the input's columns that stay, then those that are made.
  package func expanded(_ expansion: RowExpansion, range: SourceRange? = nil) -> Plan {
    var fields = schema.fields
    if case .columns(let columns, let name, let value) = expansion {
      let type = columns.first.flatMap { schema.field($0)?.type } ?? .string
      fields.removeAll { columns.contains($0.name) }
      fields += [Field(name: name, type: .string), Field(name: value, type: type)]
    }
    var properties = properties
    properties.selection = .unknown
    return Plan(
      .expand(self, expansion), schema: Schema(fields), properties: properties, range: range)
  }
}

extension RowExpansion {
  var title: String {
    switch self {
    case .columns(let columns, let name, let value):
      "unpivot \(columns.map(quotedName).joined(separator: ", "))"
        + " as \(quotedName(name)), \(quotedName(value))"
    case .elements(let column): "explode \(quotedName(column))"
    case .parts(let column, let separator):
      "explode \(quotedName(column)) between \(Scalar.string(separator).text)"
    }
  }
}
