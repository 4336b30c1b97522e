import Columns

extension OracleCase {
  /// A smaller case with a difference of the same kind; O(tries) runs.
  func shrunk(_ kind: Difference.Kind, tries: Int = 3000, _ judge: (OracleCase) -> Verdict)
    -> OracleCase
  {
    var best = self
    var left = tries
    var progress = true
    while progress && left > 0 {
      progress = false
      for candidate in best.candidates {
        left -= 1
        if left <= 0 { break }
        guard candidate.isValid, judge(candidate).difference?.kind == kind else { continue }
        best = candidate
        progress = true
        break
      }
    }
    return best
  }

  private var isValid: Bool { Schemas(tables: schemas).fields(of: pipeline) != nil }

  /// Cases with something less, the larger steps first.
  private var candidates: [OracleCase] {
    var made: [OracleCase] = []
    for pipeline in pipeline.candidates {
      made.append(OracleCase(tables: tables, pipeline: pipeline))
    }
    for name in tables.keys.sorted() {
      for table in tables[name]?.candidates ?? [] {
        var copy = self
        copy.tables[name] = table
        made.append(copy)
      }
    }
    return made
  }
}

extension Relation {
  /// Fewer rows, fewer columns, simpler cells.
  fileprivate var candidates: [Relation] {
    var made: [Relation] = []
    let half = rows.count / 2
    if rows.count > 1 {
      made.append(Relation(fields: fields, rows: Array(rows[..<half])))
      made.append(Relation(fields: fields, rows: Array(rows[half...])))
    }
    if rows.count <= 32 {
      for index in rows.indices {
        var copy = self
        copy.rows.remove(at: index)
        made.append(copy)
      }
    }
    for place in fields.indices where fields.count > 1 {
      var copy = self
      copy.fields.remove(at: place)
      for row in copy.rows.indices { copy.rows[row].remove(at: place) }
      made.append(copy)
    }
    guard rows.count <= 6 else { return made }
    for (row, cells) in rows.enumerated() {
      for (place, cell) in cells.enumerated() {
        for simpler in cell.candidates {
          var copy = self
          copy.rows[row][place] = simpler
          made.append(copy)
        }
      }
    }
    return made
  }
}

extension Scalar {
  /// Simpler values of the type.
  fileprivate var candidates: [Scalar] {
    let all: [Scalar] =
      switch self {
      case .null, .bool: []
      case .int: [.int(0), .int(1)]
      case .float: [.float(0), .float(1)]
      case .string: [.string(""), .string("a")]
      case .date: [.date(0)]
      case .time: [.time(0)]
      case .duration: [.duration(0), .duration(1)]
      }
    // Only towards the front of the list, so that shrinking ends.
    return Array(all.prefix { $0.key != key })
  }
}

extension Pipeline {
  /// Without a stage, or with a simpler one.
  fileprivate var candidates: [Pipeline] {
    var made: [Pipeline] = []
    for index in stages.indices {
      var copy = self
      copy.stages.remove(at: index)
      made.append(copy)
    }
    for (index, stage) in stages.enumerated() {
      for simpler in stage.candidates {
        var copy = self
        copy.stages[index] = simpler
        made.append(copy)
      }
    }
    return made
  }
}

/// The list without each of its elements, then with each replaced by its simpler forms.
private func shorter<Element>(
  _ all: [Element], keeping least: Int = 1, _ simpler: (Element) -> [Element]
) -> [[Element]] {
  var made: [[Element]] = []
  for index in all.indices where all.count > least {
    var copy = all
    copy.remove(at: index)
    made.append(copy)
  }
  for (index, element) in all.enumerated() {
    for simpler in simpler(element) {
      var copy = all
      copy[index] = simpler
      made.append(copy)
    }
  }
  return made
}

private func simpler(_ item: NamedTerm) -> [NamedTerm] {
  item.term.candidates.map { NamedTerm(item.name, $0) }
}

private func simpler(_ order: Order) -> [Order] {
  (order.isDescending ? [Order(term: order.term, isDescending: false)] : [])
    + order.term.candidates.map { Order(term: $0, isDescending: order.isDescending) }
}

extension Stage {
  fileprivate var candidates: [Stage] {
    switch self {
    case .filter(let all): shorter(all, \.candidates).map { .filter($0) }
    case .derive(let items, let keys):
      shorter(items, simpler).map { .derive($0, per: keys) }
        + shorter(keys, keeping: 0) { _ in [] }.map { .derive(items, per: $0) }
    case .select(let items): shorter(items, simpler).map { .select($0) }
    case .drop(let names): shorter(names) { _ in [] }.map { .drop($0) }
    case .rename(let pairs): shorter(pairs) { _ in [] }.map { .rename($0) }
    case .sort(let orders): shorter(orders, simpler).map { .sort($0) }
    case .distinct(let items, let keys):
      shorter(items, keeping: 0, simpler).map { .distinct($0, by: keys) }
        + shorter(keys, keeping: 0, simpler).map { .distinct(items, by: $0) }
    case .group(let items, let keys, let outer):
      shorter(items, simpler).map { .group($0, by: keys, per: outer) }
        + shorter(keys, keeping: items.isEmpty ? 1 : 0, simpler).map {
          .group(items, by: $0, per: outer)
        }
        + shorter(outer, keeping: 0, simpler).map {
          .group(items, by: keys, per: $0)
        }
    case .fill(let items, let keys, let outer):
      [.group(items, by: keys, per: outer)]
        + shorter(items, keeping: 0, simpler).map { .fill($0, by: keys, per: outer) }
        + shorter(keys, simpler).map { .fill(items, by: $0, per: outer) }
        + shorter(outer, keeping: 0, simpler).map { .fill(items, by: keys, per: $0) }
    case .top(let count, let orders, let keys):
      shorter(orders, simpler).map { .top(count, by: $0, per: keys) }
        + shorter(keys, keeping: 0, simpler).map {
          .top(count, by: orders, per: $0)
        }
    case .count(let conditions, let keys):
      shorter(conditions, keeping: 0, \.candidates).map { .count($0, by: keys) }
        + shorter(keys, keeping: 0, simpler).map { .count(conditions, by: $0) }
    default: others
    }
  }

  private var others: [Stage] {
    switch self {
    case .join(let kind, let other, let keys):
      other.candidates.map { .join(kind, $0, on: keys) }
        + shorter(keys) { _ in [] }.map { .join(kind, other, on: $0) }
    case .union(let others): shorter(others, \.candidates).map { .union($0) }
    case .ratio(let above, let below, let keys):
      shorter(keys, simpler).map { .ratio(above, below, by: $0) }
    case .share(let condition, let keys):
      condition.candidates.map { .share($0, by: keys) }
        + shorter(keys, keeping: 0, simpler).map { .share(condition, by: $0) }
    case .window(let items, let orders, let keys):
      shorter(items, simpler).map { .window($0, by: orders, per: keys) }
        + shorter(orders, keeping: 0, simpler).map {
          .window(items, by: $0, per: keys)
        }
        + shorter(keys, keeping: 0, simpler).map {
          .window(items, by: orders, per: $0)
        }
    case .pivot(let items, let key, let keys):
      shorter(items, simpler).map { .pivot($0, on: key, by: keys) }
        + shorter(keys, keeping: 0, simpler).map {
          .pivot(items, on: key, by: $0)
        }
    case .sample(let size, let seed, let keys):
      shorter(keys, keeping: 0, simpler).map { .sample(size, seed: seed, per: $0) }
    case .unpivot(let names, let name, let value):
      shorter(names) { _ in [] }.map { .unpivot($0, name: name, value: value) }
    default: []
    }
  }
}

extension Term {
  /// Simpler expressions of the same type.
  var candidates: [Term] {
    var made = children.filter { $0.type == type }
    switch node {
    // Their arguments are over other rows.
    case .aggregate, .window: made = []
    case .literal(let value): made += value.candidates.map { .literal($0, type) }
    case .isInRows(let value, let rows, let isNegated):
      made += rows.candidates.map { Term(type, .isInRows(value, $0, isNegated: isNegated)) }
    case .scalar(let rows): made += rows.candidates.map { Term(type, .scalar($0)) }
    case .isIn(let value, let list, let isNegated) where list.count > 1:
      made += list.indices.map { index in
        var rest = list
        rest.remove(at: index)
        return Term(type, .isIn(value, rest, isNegated: isNegated))
      }
    default: break
    }
    for (index, child) in children.enumerated() {
      for simpler in child.candidates {
        var copy = children
        copy[index] = simpler
        made.append(over(copy))
      }
    }
    return made
  }
}
