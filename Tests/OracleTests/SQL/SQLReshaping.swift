import Columns

extension SQLWriter {
  /// A part of the rows for each column, put together in the order of the rows.
  func unpivot(_ names: [String], _ from: String, _ output: [Field]) -> String {
    let kept = columns(Array(output.dropLast(2)))
    let type = Self.name(of: output[output.count - 1].type)
    let parts = names.enumerated().map { number, name in
      "SELECT \(kept.isEmpty ? "" : kept + ", ")\(Self.text(name)) AS "
        + "\(Self.quoted(output[output.count - 2].name)), "
        + "CAST(\(Self.quoted(name)) AS \(type)) AS "
        + "\(Self.quoted(output[output.count - 1].name)), \(number) AS __p, __o FROM \(from)"
    }
    return "SELECT \(columns(output)), row_number() OVER (ORDER BY __o, __p) AS __o "
      + "FROM (\(parts.joined(separator: " UNION ALL ")))"
  }

  func explode(_ name: String, _ from: String, _ output: [Field]) -> String {
    let columns = output.map { field in
      field.name == name ? "__e AS \(Self.quoted(name))" : Self.quoted(field.name)
    }
    let lists = "SELECT *, d_elements(\(Self.quoted(name))) AS __l FROM \(from)"
    let cells = "SELECT *, unnest(__l) AS __e, generate_subscripts(__l, 1) AS __i FROM (\(lists))"
    return "SELECT \(columns.joined(separator: ", ")), "
      + "row_number() OVER (ORDER BY __o, __i) AS __o FROM (\(cells))"
  }

  // MARK: Pivot

  /// The aggregates of each value over the rows that have it, as the rows before say which there
  /// are; gives the columns.
  func pivot(
    _ items: [NamedTerm], _ key: Term, _ keys: [NamedTerm], _ before: Pipeline,
    _ chain: inout SQLChain
  ) -> [Field]? {
    var after = before
    after.stages.append(.pivot(items, on: key, by: keys))
    guard let input = try? reference.rows(of: before),
      let found = try? reference.groups(input, by: [key]).map({ $0.key[0] }),
      let fields = try? reference.rows(of: after).fields
    else { return nil }
    // DuckDB does not tell en from EN in names, and has none without letters.
    if fields.contains(where: \.name.isEmpty) { return nil }
    if Set(fields.map { $0.name.lowercased() }).count < fields.count { return nil }
    let values = sortedPlaces(found.map { [$0] }, [false]).map { found[$0] }
    let cells = values.flatMap { value in
      items.map { Self.limited($0.term, to: Self.test(key, value)) }
    }
    let named = zip(fields.dropFirst(keys.count), cells).map { NamedTerm($0.name, $1) }
    return group(named, keys, &chain) ? fields : nil
  }

  private static func test(_ key: Term, _ value: Scalar) -> Term {
    value == .null
      ? Term(.bool, .call(.isNull, [key]))
      : Term(.bool, .call(.equal, [key, .literal(value, key.type)]))
  }

  /// With the arguments of aggregates null in rows for which the condition does not hold.
  private static func limited(_ term: Term, to condition: Term) -> Term {
    guard case .aggregate(let kind, let arguments, let parameter) = term.node else {
      let children = term.children.map { limited($0, to: condition) }
      return children.isEmpty ? term : term.over(children)
    }
    let values = arguments.map { argument in
      Term(
        argument.type, .call(.choice, [condition, argument, .literal(.null, argument.type)]))
    }
    return Term(
      term.type,
      .aggregate(kind, values.isEmpty ? [condition] : values, parameter: parameter))
  }

  // MARK: Filled groups

  /// Every combination of the other keys with every period, and what the aggregates give of no
  /// rows where there is no group.
  ///
  /// The place of a group may be null: that of no rows has none.
  func fill(
    _ items: [NamedTerm], _ keys: [NamedTerm], _ outer: [NamedTerm], _ chain: inout SQLChain,
    _ output: [Field]
  ) -> Bool {
    let all = outer + keys
    guard let place = all.lastIndex(where: { $0.term.periodStep != nil }),
      let step = all[place].term.periodStep
    else { return false }
    let count = Term(.int, .aggregate(.count, [], parameter: nil))
    let aggregates = items.isEmpty ? [NamedTerm(output[all.count].name, count)] : items
    let source = chain.last
    let empties = aggregates.compactMap { sql($0.term) }
    guard empties.count == aggregates.count, group(aggregates, all, &chain) else { return false }
    let (groups, period) = (chain.last, Self.quoted(all[place].name))
    let others = all.indices.filter { $0 != place }.map { Self.quoted(all[$0].name) }
    let empty = empties.enumerated().map { "\($1) AS __e\($0)" }.joined(separator: ", ")
    chain.add("SELECT \(empty) FROM (SELECT * FROM \(source) WHERE FALSE)")
    let nothing = chain.last
    chain.add(
      "SELECT \((others + ["min(__o) AS __g"]).joined(separator: ", ")) FROM \(groups)"
        + (others.isEmpty
          ? " HAVING count(*) > 0" : " GROUP BY \(others.joined(separator: ", "))"))
    let combinations = chain.last
    chain.add(
      "SELECT \(Self.series(step, all[place].term.type)) AS __p FROM "
        + "(SELECT min(\(period)) AS a, max(\(period)) AS b FROM \(groups)) "
        + "UNION ALL SELECT NULL")
    let same =
      ["g.\(period) IS NOT DISTINCT FROM p.__p"]
      + others.map { "g.\($0) IS NOT DISTINCT FROM c.\($0)" }
    let columns =
      all.map { $0.name == all[place].name ? "p.__p" : "c.\(Self.quoted($0.name))" }
      + aggregates.enumerated().map {
        "CASE WHEN g.__found IS NULL THEN e.__e\($0) ELSE g.\(Self.quoted($1.name)) END"
      }
    let named = zip(columns, all + aggregates).map { "\($0) AS \(Self.quoted($1.name))" }
    chain.add(
      "SELECT \(named.joined(separator: ", ")), "
        + "row_number() OVER (ORDER BY c.__g, p.__p NULLS LAST) AS __o "
        + "FROM \(combinations) AS c CROSS JOIN \(chain.last) AS p CROSS JOIN \(nothing) AS e "
        + "LEFT JOIN (SELECT *, TRUE AS __found FROM \(groups)) AS g "
        + "ON \(same.joined(separator: " AND ")) WHERE p.__p IS NOT NULL OR g.__found")
    if items.isEmpty { chain.add(shares(output, outer, chain.last)) }
    return true
  }

  private func shares(_ output: [Field], _ outer: [NamedTerm], _ from: String) -> String {
    let n = Self.quoted(output[output.count - 2].name)
    let names = outer.map { Self.quoted($0.name) }.joined(separator: ", ")
    let partition = names.isEmpty ? "" : "PARTITION BY \(names)"
    return "SELECT *, CAST(\(n) AS DOUBLE) / sum(\(n)) OVER (\(partition)) AS "
      + "\(Self.quoted(output[output.count - 1].name)) FROM \(from)"
  }

  /// From a to b.
  private static func series(_ step: PeriodStep, _ type: DataType) -> String {
    let days = "unnest(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), "
    switch step {
    case .days(let count): return "CAST(\(days)INTERVAL \(count) DAY)) AS DATE)"
    case .months(let count): return "CAST(\(days)INTERVAL \(count) MONTH)) AS DATE)"
    case .width(let width) where type == .time:
      return "make_timestamp(unnest(generate_series(epoch_us(a), epoch_us(b), \(width))))"
    case .width(let width): return "unnest(generate_series(a, b, \(width)))"
    }
  }
}
