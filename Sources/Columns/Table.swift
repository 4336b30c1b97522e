/// A named, immutable table: columns of equal length, cut into segments at the same rows.
package struct Table: Sendable {
  package let name: String
  package let schema: Schema
  package let columns: [Column]
  package let rowCount: Int
  package let properties: TableProperties

  /// Takes one column for each field; different lengths or cuts are a programmer error.
  package init(
    name: String, schema: Schema, columns: [Column], properties: TableProperties = TableProperties()
  ) {
    precondition(schema.fields.count == columns.count, "fields and columns differ in number")
    self.name = name
    self.schema = schema
    self.columns = columns
    self.properties = properties
    rowCount = columns.first?.rowCount ?? 0
    let cuts = columns.first?.segments.map(\.rowCount) ?? []
    for (field, column) in zip(schema.fields, columns) {
      precondition(field.type == column.type, "column \(field.name) is not of its field's type")
      precondition(column.segments.map(\.rowCount) == cuts, "column \(field.name) is cut otherwise")
    }
  }

  package var segmentCount: Int { columns.first?.segments.count ?? 0 }
  /// The rows of each segment, the same for all columns.
  package var segmentRowCounts: [Int] { columns.first?.segments.map(\.rowCount) ?? [] }

  /// The column of a name, or of the name it had in the file.
  package func column(_ name: String) -> Column? { schema.position(of: name).map { columns[$0] } }

  /// One row as scalars; for printing, O(segments + columns).
  package func row(_ row: Int) -> [Scalar] {
    var rest = row
    for (index, count) in segmentRowCounts.enumerated() {
      if rest < count {
        return columns.map { $0.segments[index].scalar(at: rest, of: $0.type) }
      }
      rest -= count
    }
    preconditionFailure("row \(row) of \(rowCount)")
  }

  /// The same rows under another name.
  package func named(_ name: String) -> Table {
    Table(name: name, schema: schema, columns: columns, properties: properties)
  }
}

extension Table {
  /// A small table from rows of scalars, for results and tests.
  package init(
    name: String, fields: [Field], rows: [[Scalar]],
    properties: TableProperties = TableProperties(), segmentRows: Int = 1 << 16
  ) {
    let columns = fields.indices.map { position in
      Column(rows.map { $0[position] }, of: fields[position].type, segmentRows: segmentRows)
    }
    self.init(name: name, schema: Schema(fields), columns: columns, properties: properties)
  }
}
