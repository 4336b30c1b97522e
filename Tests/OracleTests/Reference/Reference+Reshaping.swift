import Columns

/// Stages that turn columns into rows and rows into columns.
extension Reference {
  /// A column for each value, ascending, null last; a row for each key.
  func pivoted(
    _ input: Relation, _ items: [NamedTerm], _ key: Term, _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    let values = try groups(input, by: [key]).map { $0.key[0] }
    let columns = sortedPlaces(values.map { [$0] }, [false]).map { values[$0] }
    var fields = keys.map { Field(name: $0.name, type: $0.term.type) }
    for value in columns {
      // Both zeros are one value, and a column is not called -0.0.
      let title = value.key == .float(0) ? "0.0" : printed(value)
      for item in items {
        let wanted = items.count == 1 ? title : "\(title)_\(item.name)"
        fields.append(Field(name: free(wanted, fields), type: item.term.type))
      }
    }
    var groups = try groups(input, by: keys.map(\.term))
    if keys.isEmpty && groups.isEmpty { groups = [([], [], [])] }
    var rows: [[Scalar]] = []
    for group in groups {
      var row = group.key
      for column in columns {
        var own: [[Scalar]] = []
        for candidate in group.rows where try value(key, input, candidate).key == column.key {
          own.append(candidate)
        }
        for item in items { row.append(try value(item.term, input, [], group: own)) }
      }
      rows.append(row)
    }
    return Relation(fields: fields, rows: rows)
  }

  private func free(_ wanted: String, _ fields: [Field]) -> String {
    let taken = fields.map(\.name)
    if !taken.contains(wanted) { return wanted }
    return (2...).lazy.map { "\(wanted)_\($0)" }.first { !taken.contains($0) } ?? wanted
  }

  /// A row for each row and named column: the others, the name, the value.
  func unpivoted(_ input: Relation, _ names: [String], _ fields: [Field]) -> Relation {
    let kept = input.fields.indices.filter { !names.contains(input.fields[$0].name) }
    let type = fields.last?.type ?? .int
    let rows = input.rows.flatMap { row in
      names.map { name in
        let cell = input.position(name).map { row[$0].widened(to: type) } ?? .null
        return kept.map { row[$0] } + [.string(name), cell]
      }
    }
    return Relation(fields: fields, rows: rows)
  }

  /// A row for each element of a JSON array; what is none stays as it is.
  func exploded(_ input: Relation, _ name: String) -> Relation {
    guard let place = input.position(name) else { return input }
    var relation = input
    relation.rows = input.rows.flatMap { row -> [[Scalar]] in
      guard case .string(let text) = row[place],
        let elements = JSONDocument(Array(text.unicodeScalars))?.elements
      else { return [row] }
      let cells =
        elements.isEmpty ? [Scalar.null] : elements.map { $0.map { .string($0) } ?? .null }
      return cells.map { cell in
        var copy = row
        copy[place] = cell
        return copy
      }
    }
    return relation
  }
}
