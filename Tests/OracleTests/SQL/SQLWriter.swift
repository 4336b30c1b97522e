import Columns

/// A case as a chain of common table expressions; each has the order of its rows in `__o`.
struct SQLWriter {
  let tables: [String: [Field]]
  /// For the columns of `pivot`, which depend on the rows.
  let reference: Reference
  /// The table alias that columns stand under, where two tables are in reach.
  var prefix: String?

  var schemas: Schemas { Schemas(tables: tables) }

  /// The whole query: the columns in order, the rows in order; nil where a part has no counterpart.
  static func query(_ made: OracleCase) -> String? {
    let writer = SQLWriter(tables: made.schemas, reference: Reference(tables: made.tables))
    guard let last = writer.subquery(made.pipeline), !last.fields.isEmpty else { return nil }
    let bases = made.tables.keys.sorted().compactMap { name in
      made.tables[name].map { "\(quoted(name)) AS (\(base($0)))" }
    }
    let columns = last.fields.map { field -> String in
      switch field.type {
      case .date: "\(quoted(field.name)) - DATE '1970-01-01'"
      case .time: "epoch_us(\(quoted(field.name)))"
      default: quoted(field.name)
      }
    }
    return "WITH \(bases.joined(separator: ", ")) SELECT \(columns.joined(separator: ", ")) "
      + "FROM (\(last.sql)) ORDER BY __o"
  }

  /// The rows of a table, numbered.
  private static func base(_ table: Relation) -> String {
    let columns = table.fields.map { "\(quoted($0.name))" } + ["__o"]
    let rows = table.rows.enumerated().map { number, row in
      let cells = zip(row, table.fields).map { literal($0, $1.type) }
      return "(\((cells + ["\(number)"]).joined(separator: ", ")))"
    }
    if rows.isEmpty {
      let cells = table.fields.map { "\(literal(.null, $0.type)) AS \(quoted($0.name))" }
      return "SELECT \(cells.joined(separator: ", ")), 0 AS __o WHERE FALSE"
    }
    return "SELECT * FROM (VALUES \(rows.joined(separator: ", "))) "
      + "AS v(\(columns.joined(separator: ", ")))"
  }

  /// A pipeline as one query with its own chain.
  func subquery(_ pipeline: Pipeline) -> (sql: String, fields: [Field])? {
    guard var fields = tables[pipeline.source] else { return nil }
    var chain = SQLChain(last: Self.quoted(pipeline.source))
    for (number, stage) in pipeline.stages.enumerated() {
      if case .pivot(let items, let key, let keys) = stage {
        let before = Pipeline(source: pipeline.source, stages: Array(pipeline.stages[..<number]))
        guard let made = pivot(items, key, keys, before, &chain) else { return nil }
        fields = made
        continue
      }
      guard let next = schemas.fields(after: stage, fields),
        add(stage, to: &chain, fields, next)
      else { return nil }
      fields = next
    }
    let head = chain.parts.isEmpty ? "" : "WITH \(chain.parts.joined(separator: ", ")) "
    return ("\(head)SELECT * FROM \(chain.last)", fields)
  }
}

/// Common table expressions, each over the one before.
struct SQLChain {
  private(set) var parts: [String] = []
  private(set) var last: String

  init(last: String) { self.last = last }

  mutating func add(_ query: String) {
    let name = "s\(parts.count + 1)"
    parts.append("\(name) AS (\(query))")
    last = name
  }
}
