import Columns

extension SQLWriter {
  /// Adds the queries of a stage; false where it has no counterpart.
  func add(_ stage: Stage, to chain: inout SQLChain, _ input: [Field], _ output: [Field]) -> Bool {
    let query: String?
    switch stage {
    case .filter(let conditions): query = filter(conditions, chain.last)
    case .derive(let items, let keys): return derive(items, keys, &chain, input)
    case .select(let items): query = select(items, chain.last)
    case .drop: query = select(output.map { NamedTerm($0) }, chain.last)
    case .rename(let pairs):
      let items = input.map { field in
        NamedTerm(pairs.first { $0.old == field.name }?.new ?? field.name, .column(field))
      }
      query = select(items, chain.last)
    case .sort(let orders): query = sort(orders, chain.last, input)
    case .take(let count): query = slice(count, "__o", chain.last)
    case .tail(let count): query = slice(count, "__o DESC", chain.last)
    case .distinct(let items, let keys): return distinct(items, keys, &chain, input)
    case .group(let items, let keys, let outer):
      if items.isEmpty { return counts(keys, outer, &chain, output, withShare: true) }
      return group(items, keys, &chain)
    case .top(let count, let orders, let keys): return top(count, orders, keys, &chain, input)
    case .count(let conditions, let keys):
      if conditions.isEmpty && !keys.isEmpty {
        return counts(keys, [], &chain, output, withShare: false)
      }
      return count(conditions, keys, &chain, output)
    case .share(let condition, let keys): return share(condition, keys, &chain, output)
    case .join(let kind, let other, let keys):
      query = join(kind, other, keys, chain.last, input, output)
    case .union(let others): query = union(others, chain.last, input, output)
    case .fill(let items, let keys, let outer): return fill(items, keys, outer, &chain, output)
    case .window(let items, let orders, let keys):
      return window(items, orders, keys, &chain, input, output)
    case .unpivot(let names, _, _): query = unpivot(names, chain.last, output)
    case .explode(let name): query = explode(name, chain.last, output)
    case .ratio, .pivot, .sample: query = nil
    }
    guard let query else { return false }
    chain.add(query)
    return true
  }

  private func filter(_ conditions: [Term], _ from: String) -> String? {
    let texts = conditions.compactMap { sql($0) }
    guard texts.count == conditions.count else { return nil }
    return "SELECT * FROM \(from) WHERE \(texts.map { "(\($0))" }.joined(separator: " AND "))"
  }

  func named(_ items: [NamedTerm]) -> [String]? {
    let texts = items.compactMap { item in
      sql(item.term).map { "\($0) AS \(Self.quoted(item.name))" }
    }
    return texts.count == items.count ? texts : nil
  }

  private func select(_ items: [NamedTerm], _ from: String) -> String? {
    named(items).map { "SELECT \($0.joined(separator: ", ")), __o FROM \(from)" }
  }

  private func derive(
    _ items: [NamedTerm], _ keys: [String], _ chain: inout SQLChain, _ input: [Field]
  ) -> Bool {
    var fields = input
    for item in items {
      guard let next = schemas.fields(after: .derive([item], per: []), fields) else { return false }
      let isGrouped = item.term.contains { $0.isAggregate }
      guard let column = sql(item.term) else { return false }
      var from = chain.last
      if isGrouped {
        // The aggregate of each group beside its rows.
        let names = keys.map(Self.quoted)
        let by = names.isEmpty ? "" : " GROUP BY \(names.joined(separator: ", "))"
        let all = ["\(column) AS __a"] + names.enumerated().map { "\($1) AS __k\($0)" }
        let same = names.enumerated().map { "\($1) IS NOT DISTINCT FROM __k\($0)" }
        let on = same.isEmpty ? "TRUE" : same.joined(separator: " AND ")
        from =
          "\(chain.last) JOIN (SELECT \(all.joined(separator: ", ")) FROM \(chain.last)\(by)) ON \(on)"
      }
      let value = isGrouped ? "__a" : column
      let columns = next.map { field in
        (field.name == item.name ? value : Self.quoted(field.name))
          + " AS \(Self.quoted(field.name))"
      }
      chain.add("SELECT \(columns.joined(separator: ", ")), __o FROM \(from)")
      fields = next
    }
    return true
  }

  // MARK: Order

  /// Sort keys with nulls last and NaN last in both directions.
  func ordering(_ orders: [Order], _ input: [Field]) -> String? {
    // DuckDB refuses windows inside of a window's order.
    if orders.contains(where: { !$0.term.pipelines.isEmpty }) { return nil }
    let texts = orders.compactMap { order -> String? in
      guard let text = sql(order.term) else { return nil }
      let nan = order.term.type == .float ? "isnan(\(text)), " : ""
      return "(\(text)) IS NULL, \(nan)\(text) \(order.isDescending ? "DESC" : "ASC")"
    }
    return texts.count == orders.count ? (texts + ["__o"]).joined(separator: ", ") : nil
  }

  func columns(_ fields: [Field]) -> String {
    fields.map { Self.quoted($0.name) }.joined(separator: ", ")
  }

  private func sort(_ orders: [Order], _ from: String, _ input: [Field]) -> String? {
    ordering(orders, input).map {
      "SELECT \(columns(input)), row_number() OVER (ORDER BY \($0)) AS __o FROM \(from)"
    }
  }

  private func slice(_ count: Int, _ order: String, _ from: String) -> String {
    "SELECT * FROM \(from) QUALIFY row_number() OVER (ORDER BY \(order)) <= \(count)"
  }

  private func distinct(
    _ items: [NamedTerm], _ keys: [NamedTerm], _ chain: inout SQLChain, _ input: [Field]
  ) -> Bool {
    if !items.isEmpty {
      guard let query = select(items, chain.last) else { return false }
      chain.add(query)
    }
    if keys.contains(where: { !$0.term.pipelines.isEmpty }) { return false }
    let own = items.isEmpty ? keys.compactMap { sql($0.term) } : items.map { Self.quoted($0.name) }
    guard own.count == (items.isEmpty ? keys.count : items.count) else { return false }
    let all = own.isEmpty ? input.map { Self.quoted($0.name) } : own
    chain.add(
      "SELECT * FROM \(chain.last) QUALIFY row_number() OVER "
        + "(PARTITION BY \(all.joined(separator: ", ")) ORDER BY __o) = 1")
    return true
  }

  private func top(
    _ count: Int, _ orders: [Order], _ keys: [NamedTerm], _ chain: inout SQLChain,
    _ input: [Field]
  ) -> Bool {
    if keys.contains(where: { !$0.term.pipelines.isEmpty }) { return false }
    let terms = keys.compactMap { sql($0.term) }
    guard let ordering = ordering(orders, input), terms.count == keys.count else { return false }
    let partition = terms.isEmpty ? "" : "PARTITION BY \(terms.joined(separator: ", "))"
    chain.add(
      "SELECT *, row_number() OVER (\(partition) ORDER BY \(ordering)) AS __r, "
        + "min(__o) OVER (\(partition)) AS __g FROM \(chain.last)")
    chain.add(
      "SELECT \(columns(input)), row_number() OVER (ORDER BY __g, __r) AS __o "
        + "FROM \(chain.last) WHERE __r <= \(count)")
    return true
  }

  // MARK: Other tables

  private func join(
    _ kind: JoinKind, _ other: Pipeline, _ keys: [JoinKey], _ from: String, _ input: [Field],
    _ output: [Field]
  ) -> String? {
    guard let right = subquery(other) else { return nil }
    var (left, own) = (self, self)
    (left.prefix, own.prefix) = ("l", "r")
    let same = keys.compactMap { key -> String? in
      guard let type = schemas.common(key.left.type, key.right.type),
        let a = left.sql(key.left, as: type), let b = own.sql(key.right, as: type)
      else { return nil }
      return "\(a) = \(b)"
    }
    guard same.count == keys.count else { return nil }
    let on = same.joined(separator: " AND ")
    if kind == .semi || kind == .anti {
      return "SELECT * FROM \(from) AS l WHERE \(kind == .anti ? "NOT " : "")EXISTS "
        + "(SELECT 1 FROM (\(right.sql)) AS r WHERE \(on))"
    }
    let shared = keys.compactMap(\.sharedColumn)
    let added = right.fields.filter { !shared.contains($0.name) }
    let columns =
      input.map { "l.\(Self.quoted($0.name))" }
      + zip(added, output.dropFirst(input.count)).map {
        "r.\(Self.quoted($0.name)) AS \(Self.quoted($1.name))"
      }
    let only =
      kind == .lookup ? " QUALIFY row_number() OVER (PARTITION BY l.__o ORDER BY r.__o) = 1" : ""
    return "SELECT \(columns.joined(separator: ", ")), "
      + "row_number() OVER (ORDER BY l.__o, r.__o) AS __o FROM \(from) AS l "
      + "\(kind == .inner ? "" : "LEFT ")JOIN (\(right.sql)) AS r ON \(on)\(only)"
  }

  private func union(
    _ others: [Pipeline], _ from: String, _ input: [Field], _ output: [Field]
  ) -> String? {
    var parts: [(String, [Field])] = [("SELECT * FROM \(from)", input)]
    for other in others {
      guard let inner = subquery(other) else { return nil }
      parts.append((inner.sql, inner.fields))
    }
    let queries = parts.enumerated().map { number, part in
      let columns = output.map { field -> String in
        let own = part.1.contains { $0.name == field.name }
        let value = own ? Self.quoted(field.name) : "NULL"
        return "CAST(\(value) AS \(Self.name(of: field.type))) AS \(Self.quoted(field.name))"
      }
      return "SELECT \(columns.joined(separator: ", ")), \(number) AS __p, __o FROM (\(part.0))"
    }
    return "SELECT \(columns(output)), row_number() OVER (ORDER BY __p, __o) AS __o "
      + "FROM (\(queries.joined(separator: " UNION ALL ")))"
  }
}

extension Term {
  var isAggregate: Bool {
    if case .aggregate = node { return true }
    return false
  }
}
