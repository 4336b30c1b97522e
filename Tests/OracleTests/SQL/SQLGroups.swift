import Columns

extension SQLWriter {
  /// Puts the keys into columns of their own, so that their names are free for the result.
  private func keyed(
    _ keys: [NamedTerm], _ chain: inout SQLChain
  ) -> [String]? {
    let texts = keys.enumerated().compactMap { number, key in
      sql(key.term).map { "\($0) AS __k\(number)" }
    }
    guard texts.count == keys.count else { return nil }
    chain.add("SELECT \((texts + ["*"]).joined(separator: ", ")) FROM \(chain.last)")
    return keys.indices.map { "__k\($0)" }
  }

  private func grouping(_ keys: [String]) -> String {
    // DuckDB makes a row of nothing where it sees that a key is constant.
    keys.isEmpty ? "" : " GROUP BY \(keys.joined(separator: ", ")) HAVING count(*) > 0"
  }

  func group(
    _ items: [NamedTerm], _ keys: [NamedTerm], _ chain: inout SQLChain
  ) -> Bool {
    let values = items.compactMap { sql($0.term) }
    guard values.count == items.count, let own = keyed(keys, &chain) else { return false }
    // Under names of their own first: DuckDB would read a new name where an old one is meant.
    let columns = own + values.enumerated().map { "\($1) AS __v\($0)" } + ["min(__o) AS __f"]
    chain.add("SELECT \(columns.joined(separator: ", ")) FROM \(chain.last)\(grouping(own))")
    let names = own + values.indices.map { "__v\($0)" }
    let renamed = zip(names, keys + items).map { "\($0) AS \(Self.quoted($1.name))" }
    chain.add("SELECT \((renamed + ["__f AS __o"]).joined(separator: ", ")) FROM \(chain.last)")
    return true
  }

  func count(
    _ conditions: [Term], _ keys: [NamedTerm], _ chain: inout SQLChain, _ output: [Field]
  ) -> Bool {
    let all = conditions.dropFirst().reduce(conditions.first) { left, right in
      left.map { Term(.bool, .call(.and, [$0, right])) }
    }
    let count = Term(.int, .aggregate(.count, all.map { [$0] } ?? [], parameter: nil))
    return group([NamedTerm(output.last?.name ?? "n", count)], keys, &chain)
  }

  /// `n` and `share` of each key, largest first within the outer keys.
  func counts(
    _ keys: [NamedTerm], _ outer: [NamedTerm], _ chain: inout SQLChain, _ output: [Field],
    withShare: Bool
  ) -> Bool {
    let all = outer + keys
    guard let own = keyed(all, &chain) else { return false }
    let outerNames = own.prefix(outer.count)
    chain.add(
      "SELECT \(own.map { "\($0), " }.joined())count(*) AS __n, min(__o) AS __f "
        + "FROM \(chain.last)\(grouping(own))")
    let partition = outerNames.isEmpty ? "" : "PARTITION BY \(outerNames.joined(separator: ", "))"
    let sorting = zip(outerNames, outer).map { name, key in
      key.term.type == .float
        ? "\(name) IS NULL, isnan(\(name)), \(name)" : "\(name) IS NULL, \(name)"
    }
    var values = own + ["__n"]
    if withShare { values.append("CAST(__n AS DOUBLE) / sum(__n) OVER (\(partition))") }
    let columns = zip(values, output).map { "\($0) AS \(Self.quoted($1.name))" }
    chain.add(
      "SELECT \(columns.joined(separator: ", ")), row_number() OVER "
        + "(ORDER BY \((sorting + ["__n DESC", "__f"]).joined(separator: ", "))) AS __o "
        + "FROM \(chain.last)")
    return true
  }

  /// `ratio (condition)`: n, hits, share, low, high.
  func share(
    _ condition: Term, _ keys: [NamedTerm], _ chain: inout SQLChain, _ output: [Field]
  ) -> Bool {
    guard let own = keyed(keys, &chain), let text = sql(condition) else { return false }
    chain.add(
      "SELECT \(own.map { "\($0), " }.joined())count(\(text)) AS __n, "
        + "count(*) FILTER (WHERE \(text)) AS __h, min(__o) AS __f "
        + "FROM \(chain.last)\(grouping(own))")
    let (h, n) = ("CAST(__h AS DOUBLE)", "CAST(__n AS DOUBLE)")
    let values =
      own + [
        "__n", "__h", "d_divide(\(h), \(n))", "d_wilson_low(\(h), \(n))",
        "d_wilson_high(\(h), \(n))",
      ]
    let columns = zip(values, output).map { "\($0) AS \(Self.quoted($1.name))" }
    chain.add("SELECT \(columns.joined(separator: ", ")), __f AS __o FROM \(chain.last)")
    return true
  }
}
