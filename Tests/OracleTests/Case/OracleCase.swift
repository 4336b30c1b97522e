import Columns

/// Rows of scalars under columns: a table of a case, and what the reference makes of it.
struct Relation: Sendable {
  var fields: [Field]
  var rows: [[Scalar]]

  var names: [String] { fields.map(\.name) }

  func position(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// Tables and a pipeline over them.
struct OracleCase: Sendable {
  var tables: [String: Relation]
  var pipeline: Pipeline

  /// The columns of each table.
  var schemas: [String: [Field]] { tables.mapValues(\.fields) }
}
