import Columns

/// Stages of rows and columns.
extension Reference {
  func filtered(_ input: Relation, _ conditions: [Term]) throws(ReferenceEnd) -> Relation {
    var relation = input
    for condition in conditions {
      var kept: [[Scalar]] = []
      for row in relation.rows where try value(condition, relation, row) == .bool(true) {
        kept.append(row)
      }
      relation.rows = kept
    }
    return relation
  }

  func selected(_ input: Relation, _ items: [NamedTerm]) throws(ReferenceEnd) -> Relation {
    var rows: [[Scalar]] = []
    for row in input.rows { rows.append(try values(items.map(\.term), input, row)) }
    return Relation(fields: input.fields, rows: rows)
  }

  /// One item after the other; each sees the columns before it, aggregates are over the group.
  func derived(
    _ input: Relation, _ items: [NamedTerm], _ keys: [String]
  ) throws(ReferenceEnd) -> Relation {
    var relation = input
    for item in items {
      let terms = keys.compactMap { key in
        relation.fields.first { $0.name == key }.map { Term.column($0) }
      }
      var column = [Scalar](repeating: .null, count: relation.rows.count)
      for group in try groups(relation, by: terms) {
        let term = try aggregated(item.term, relation, group.rows)
        for (place, row) in zip(group.places, group.rows) {
          column[place] = try value(term, relation, row)
        }
      }
      relation.set(item.name, item.term.type, column)
    }
    return relation
  }

  /// The expression with its aggregates over these rows as constants.
  private func aggregated(
    _ term: Term, _ input: Relation, _ rows: [[Scalar]]
  ) throws(ReferenceEnd) -> Term {
    if case .aggregate = term.node {
      return .literal(try value(term, input, [], group: rows), term.type)
    }
    var children: [Term] = []
    for child in term.children { children.append(try aggregated(child, input, rows)) }
    return children.isEmpty ? term : term.over(children)
  }

  func sorted(_ input: Relation, _ orders: [Order]) throws(ReferenceEnd) -> Relation {
    var relation = input
    relation.rows = try places(input, orders).map { input.rows[$0] }
    return relation
  }

  func places(_ input: Relation, _ orders: [Order]) throws(ReferenceEnd) -> [Int] {
    var keys: [[Scalar]] = []
    for row in input.rows { keys.append(try values(orders.map(\.term), input, row)) }
    if flaw == .sortIsUnstable {
      return sortedPlaces(keys.reversed(), orders.map(\.isDescending)).map { keys.count - 1 - $0 }
    }
    return sortedPlaces(keys, orders.map(\.isDescending))
  }

  func distinct(
    _ input: Relation, _ items: [NamedTerm], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    var relation = input
    if !items.isEmpty {
      relation = try selected(input, items)
      relation.fields = items.map { Field(name: $0.name, type: $0.term.type) }
    }
    let terms =
      items.isEmpty && !keys.isEmpty
      ? keys.map(\.term) : relation.fields.map { Term.column($0) }
    relation.rows = try groups(relation, by: terms).map { $0.rows[0] }
    return relation
  }

  func top(
    _ input: Relation, _ count: Int, _ orders: [Order], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    var rows: [[Scalar]] = []
    var orders = orders
    if flaw == .topTakesSmallest {
      for index in orders.indices { orders[index].isDescending.toggle() }
    }
    for group in try groups(input, by: keys.map(\.term)) {
      let own = Relation(fields: input.fields, rows: group.rows)
      rows += try sorted(own, orders).rows.prefix(count)
    }
    return Relation(fields: input.fields, rows: rows)
  }

  func united(
    _ input: Relation, _ others: [Pipeline], _ fields: [Field]
  ) throws(ReferenceEnd) -> Relation {
    var parts = [input]
    for other in others { parts.append(try rows(of: other)) }
    let rows = parts.flatMap { part in
      part.rows.map { row in
        fields.map { field in
          part.position(field.name).map { row[$0].widened(to: field.type) } ?? .null
        }
      }
    }
    return Relation(fields: fields, rows: rows)
  }

  func joined(
    _ left: Relation, _ right: Relation, _ kind: JoinKind, _ keys: [JoinKey]
  ) throws(ReferenceEnd) -> Relation {
    let shared = keys.compactMap(\.sharedColumn)
    let added = right.fields.indices.filter { !shared.contains(right.fields[$0].name) }
    var rows: [[Scalar]] = []
    var rightKeys: [[Scalar]] = []
    for row in right.rows { rightKeys.append(try values(keys.map(\.right), right, row)) }
    for row in left.rows {
      let key = try values(keys.map(\.left), left, row)
      let matches = right.rows.indices.filter { isMatch(key, rightKeys[$0]) }
      let pairs = matches.map { match in row + added.map { right.rows[match][$0] } }
      let none = row + added.map { _ in Scalar.null }
      switch kind {
      case .inner: rows += pairs
      case .left: rows += pairs.isEmpty ? [none] : pairs
      case .lookup: rows.append(pairs.first ?? none)
      case .semi: if !matches.isEmpty { rows.append(row) }
      case .anti: if matches.isEmpty { rows.append(row) }
      }
    }
    return Relation(fields: left.fields, rows: rows)
  }

  private func isMatch(_ left: [Scalar], _ right: [Scalar]) -> Bool {
    zip(left, right).allSatisfy { a, b in
      if a == .null || b == .null { return flaw == .nullsMatchInJoins && a == b }
      let pair = unified([a, b])
      return pair[0].key == pair[1].key
    }
  }
}

extension Relation {
  /// Replaces a column where it stands, or adds it behind the others.
  mutating func set(_ name: String, _ type: DataType, _ column: [Scalar]) {
    let place = position(name)
    if let place {
      fields[place] = Field(name: name, type: type)
    } else {
      fields.append(Field(name: name, type: type))
    }
    for index in rows.indices {
      if let place {
        rows[index][place] = column[index]
      } else {
        rows[index].append(column[index])
      }
    }
  }
}
