import Columns

/// Stages that make one row of many.
extension Reference {
  /// One row for each key; without keys one row, also of nothing.
  func grouped(
    _ input: Relation, _ items: [NamedTerm], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    var groups = try groups(input, by: keys.map(\.term))
    if keys.isEmpty && groups.isEmpty { groups = [([], [], [])] }
    var rows: [[Scalar]] = []
    for group in groups {
      var row = group.key
      for item in items { row.append(try value(item.term, input, [], group: group.rows)) }
      rows.append(row)
    }
    return Relation(fields: input.fields, rows: rows)
  }

  /// `n` and its share in the rows of the first `per` keys, largest first within these.
  func counts(
    _ input: Relation, _ keys: [NamedTerm], per: Int, withShare: Bool
  ) throws(ReferenceEnd) -> Relation {
    let groups = try groups(input, by: keys.map(\.term))
    var totals: [[ValueKey]: Int] = [:]
    for group in groups {
      totals[group.key.prefix(per).map(\.key), default: 0] += group.rows.count
    }
    let sorting = groups.map { $0.key.prefix(per) + [.int(Int64($0.rows.count))] }
    let descends = [Bool](repeating: false, count: per) + [true]
    let rows = sortedPlaces(sorting.map(Array.init), descends).map { place in
      let n = groups[place].rows.count
      let total = totals[groups[place].key.prefix(per).map(\.key)] ?? n
      let share: [Scalar] = withShare ? [.float(Double(n) / Double(total))] : []
      return groups[place].key + [.int(Int64(n))] + share
    }
    return Relation(fields: input.fields, rows: rows)
  }

  /// `count`, `count condition`, `count by k`.
  func counted(
    _ input: Relation, _ conditions: [Term], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    if conditions.isEmpty, !keys.isEmpty {
      return try counts(input, keys, per: 0, withShare: false)
    }
    let all = conditions.dropFirst().reduce(conditions.first) { left, right in
      left.map { Term(.bool, .call(.and, [$0, right])) }
    }
    let count = Term(.int, .aggregate(.count, all.map { [$0] } ?? [], parameter: nil))
    return try grouped(input, [NamedTerm("n", count)], keys)
  }

  /// `ratio (condition) by k`: n, hits, share, low, high.
  func shares(
    _ input: Relation, _ condition: Term, _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    let known = Term(.bool, .call(.isNotNull, [condition]))
    let counts = [known, condition].map { Term(.int, .aggregate(.count, [$0], parameter: nil)) }
    var relation = try grouped(
      input, [NamedTerm("n", counts[0]), NamedTerm("hits", counts[1])], keys)
    relation.rows = relation.rows.map { row in
      row + share(of: row[row.count - 1].integer ?? 0, in: row[row.count - 2].integer ?? 0)
    }
    return relation
  }

  /// k / n and its interval; of nothing null, 0 and 1.
  private func share(of k: Int64, in n: Int64) -> [Scalar] {
    let (k, n) = (Double(k), Double(n))
    return [
      n == 0 ? .null : .float(k / n), .float(wilson(k, n, isLow: true)),
      .float(wilson(k, n, isLow: false)),
    ]
  }

  // MARK: Ratio

  func ratio(
    _ input: Relation, _ above: Term, _ below: Term, _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    let groups = try groups(input, by: keys.map(\.term))
    if keys.isEmpty { return try bands(input, above, below) }
    var rows: [[Scalar]] = []
    for group in groups {
      rows.append(group.key + (try ratioRow(input, group.rows, above, below)))
    }
    let isTime = keys[0].term.type == .date || keys[0].term.type == .time
    let places = sortedPlaces(
      rows.map { [isTime ? $0[0] : $0[keys.count]] }, [!isTime])
    return Relation(fields: input.fields, rows: places.map { rows[$0] })
  }

  /// n, median, low, high, ratio, zero, caution of a group.
  private func ratioRow(
    _ input: Relation, _ rows: [[Scalar]], _ above: Term, _ below: Term
  ) throws(ReferenceEnd) -> [Scalar] {
    var (quotients, zeros, belows): ([Scalar], Int64, [Scalar]) = ([], 0, [])
    for row in rows {
      let quotient = try quotient(input, row, above, below)
      if quotient != .null { quotients.append(quotient) }
      let under = try value(below, input, row)
      if under.number == 0 { zeros += 1 }
      if under != .null { belows.append(under.widened(to: .float)) }
    }
    func over(_ aggregate: Aggregate) throws(ReferenceEnd) -> Scalar {
      let relation = Relation(
        fields: [Field(name: "q", type: .float)], rows: quotients.map { [$0] })
      let term = Term(
        .float, .aggregate(aggregate, [Term(.float, .column("q"))], parameter: nil))
      return try value(term, relation, [], group: relation.rows)
    }
    let ratio = Term(.float, .aggregate(.ratio, [above, below], parameter: nil))
    return [
      .int(Int64(quotients.count)), try over(.median), try over(.medianLow),
      try over(.medianHigh), try value(ratio, input, [], group: rows), .int(zeros),
      try caution(n: quotients.count, belows),
    ]
  }

  private func caution(n: Int, _ belows: [Scalar]) throws(ReferenceEnd) -> Scalar {
    let largest = belows.max { order($0, $1) < 0 }
    let total = Scalar.float(try floatSum(belows) * 0.05)
    let isLarge = largest.map { order($0, total) > 0 } ?? false
    if n < 5000 { return .string(isLarge ? "n < 5000, one row > 5 %" : "n < 5000") }
    return isLarge ? .string("one row > 5 %") : .null
  }

  /// a / max(1, b) of a row.
  private func quotient(
    _ input: Relation, _ row: [Scalar], _ above: Term, _ below: Term
  ) throws(ReferenceEnd) -> Scalar {
    let a = try value(above, input, row)
    let b = try value(below, input, row)
    guard let a = a.number, let b = b.number else { return .null }
    return .float(a / (b < 1 ? 1 : b))
  }

  /// Seven bands symmetric around one to one; an edge belongs to the band that is further off.
  private func bands(
    _ input: Relation, _ above: Term, _ below: Term
  ) throws(ReferenceEnd) -> Relation {
    var counts = [Int64](repeating: 0, count: 7)
    for row in input.rows {
      guard case .float(let x) = try quotient(input, row, above, below) else { continue }
      let edges = [1.0 / 50, 1.0 / 10, 0.5]
      let band =
        edges.firstIndex { x <= $0 }
        ?? (x < 2 ? 3 : x < 10 ? 4 : x < 50 ? 5 : 6)
      counts[band] += 1
    }
    let names = [
      "1/50 or less", "1/50 to 1/10", "1/10 to 1/2", "about one to one", "2 to 10", "10 to 50",
      "50 or more",
    ]
    let n = counts.reduce(0, +)
    let rows = zip(names, counts).map { name, count in
      [.string(name), .int(count)] + share(of: count, in: n)
    }
    return Relation(fields: input.fields, rows: rows)
  }
}
