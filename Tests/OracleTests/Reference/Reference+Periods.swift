import Columns

/// `group … with fill = true`, and `sample`.
extension Reference {
  /// Each combination of the other keys, in order of first appearance, has every period from the
  /// first to the last of all, ascending, then those of no period; what is added is of no rows.
  func filled(
    _ input: Relation, _ items: [NamedTerm], _ inner: [NamedTerm], _ outer: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    let keys = outer + inner
    guard let place = keys.lastIndex(where: { $0.term.periodStep != nil }),
      let step = keys[place].term.periodStep
    else { throw .unsure }
    let aggregates = items.isEmpty ? [NamedTerm("n", Self.count)] : items
    let grouped = try grouped(input, aggregates, keys)
    let empty = try self.grouped(
      Relation(fields: input.fields, rows: []), aggregates, []
    ).rows[0]
    let periods = try Self.periods(step, grouped.rows.map { $0[place] })
    var others: [[Scalar]] = []
    var rows: [[ValueKey]: [Scalar]] = [:]
    for row in grouped.rows {
      let key = Array(row[..<keys.count])
      rows[key.map(\.key)] = row
      let other = key.indices.map { $0 == place ? .null : key[$0] }
      if !others.contains(where: { $0.map(\.key) == other.map(\.key) }) { others.append(other) }
    }
    if others.count * periods.count > 1_000_000 + grouped.rows.count { throw .fault }
    var result: [[Scalar]] = []
    for other in others {
      for period in periods + [.null] {
        var key = other
        key[place] = period
        if let row = rows[key.map(\.key)] {
          result.append(row)
        } else if period != .null {
          result.append(key + empty)
        }
      }
    }
    if items.isEmpty { result = shared(result, keys.count, per: outer.count) }
    return Relation(fields: input.fields, rows: result)
  }

  private static let count = Term(.int, .aggregate(.count, [], parameter: nil))

  /// With the share of n in the rows of the first `per` keys.
  private func shared(_ rows: [[Scalar]], _ keyCount: Int, per: Int) -> [[Scalar]] {
    var totals: [[ValueKey]: Int64] = [:]
    for row in rows {
      totals[row.prefix(per).map(\.key), default: 0] += row[keyCount].integer ?? 0
    }
    return rows.map { row in
      let total = totals[row.prefix(per).map(\.key)] ?? 0
      let share = Double(row[keyCount].integer ?? 0) / Double(total)
      return row + [total == 0 ? .null : .float(share)]
    }
  }

  /// From the first to the last, null aside.
  private static func periods(
    _ step: PeriodStep, _ all: [Scalar]
  ) throws(ReferenceEnd) -> [Scalar] {
    let known = all.filter { $0 != .null }
    guard let first = known.min(by: { order($0, $1) < 0 }), let start = first.integer,
      let end = known.compactMap(\.integer).max(), let type = first.type
    else { return [] }
    var (periods, value): ([Scalar], Int64) = ([], start)
    while value <= end {
      periods.append(.make(value, of: type))
      if periods.count > 2_000_000 { throw .fault }
      switch step {
      case .days(let width), .width(let width): value += width
      case .months(let count):
        let civil = Civil(day: value)
        let month = civil.month - 1 + count
        value = Civil(year: civil.year + month / 12, month: month % 12 + 1, day: 1).number
      }
    }
    return periods
  }

  /// Row i has the (i + 1)-th number of the seed: the least are drawn, or those below the chance.
  func sampled(
    _ input: Relation, _ size: SampleSize, _ seed: Int64, _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    var random = Random(UInt64(bitPattern: seed))
    let numbers = input.rows.map { _ in random.next() }
    var places: [Int] = []
    switch size {
    case .chance(let chance):
      places = numbers.indices.filter { Double(numbers[$0] >> 11) * 0x1p-53 < chance }
    case .rows(let count):
      for group in try groups(input, by: keys.map(\.term)) {
        places += group.places.sorted { numbers[$0] < numbers[$1] }.prefix(count)
      }
    }
    return Relation(fields: input.fields, rows: places.sorted().map { input.rows[$0] })
  }
}
