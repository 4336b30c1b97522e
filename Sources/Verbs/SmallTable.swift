import Columns

/// The wanted ones of the columns of a small table, from its rows in the order of `fields`.
func columns(of rows: [[Scalar]], _ fields: [Field], _ wanted: [Field]) -> [Column] {
  fields.indices.filter { wanted.contains(fields[$0]) }.map { position in
    Column(rows.map { $0[position] }, of: fields[position].type)
  }
}

extension Table {
  /// A row of a small table by names of columns; O(columns + segments).
  func namedRow(_ row: Int) -> [String: Scalar] {
    Dictionary(uniqueKeysWithValues: zip(schema.names, self.row(row)))
  }
}
