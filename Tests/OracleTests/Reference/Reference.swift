import Columns

/// What a case gives by the design: row at a time over arrays of scalars, nothing clever.
struct Reference {
  /// A mistake made on purpose, to see that it is found.
  enum Flaw: CaseIterable {
    case lessOrEqualAsLess, nullsMatchInJoins, sumSkipsNegatives, sortIsUnstable, nullIsNoGroupKey
    case notNullIsTrue, topTakesSmallest
  }

  let tables: [String: Relation]
  let flaw: Flaw?
  private let memory = Memory()

  init(tables: [String: Relation], flaw: Flaw? = nil) {
    self.tables = tables
    self.flaw = flaw
  }

  /// The pipelines of expressions by their text: they are the same for every row.
  private final class Memory {
    var rows: [String: Relation] = [:]
  }

  var schemas: Schemas { Schemas(tables: tables.mapValues(\.fields)) }

  /// The rows of a pipeline.
  func rows(of pipeline: Pipeline) throws(ReferenceEnd) -> Relation {
    guard var relation = tables[pipeline.source] else { throw .unsure }
    for stage in pipeline.stages { relation = try rows(after: stage, relation) }
    return relation
  }

  /// The rows of a pipeline in an expression.
  func rows(inside pipeline: Pipeline) throws(ReferenceEnd) -> Relation {
    let text = pipeline.program
    if let known = memory.rows[text] { return known }
    let rows = try rows(of: pipeline)
    memory.rows[text] = rows
    return rows
  }

  private func rows(after stage: Stage, _ input: Relation) throws(ReferenceEnd) -> Relation {
    guard let fields = schemas.fields(after: stage, input.fields) else { throw .unsure }
    // They run once before the rows, so that their faults count where there is no row.
    for inner in stage.terms.flatMap(\.pipelines) { _ = try rows(inside: inner) }
    let made = try stageRows(stage, input, fields)
    if case .pivot = stage { return made }
    return Relation(fields: fields, rows: made.rows)
  }

  private func stageRows(
    _ stage: Stage, _ input: Relation, _ fields: [Field]
  ) throws(ReferenceEnd) -> Relation {
    switch stage {
    case .filter(let conditions): try filtered(input, conditions)
    case .derive(let items, let keys): try derived(input, items, keys)
    case .select(let items): try selected(input, items)
    case .drop: try selected(input, fields.map { NamedTerm($0) })
    case .rename: input
    case .sort(let orders): try sorted(input, orders)
    case .take(let count): Relation(fields: fields, rows: Array(input.rows.prefix(count)))
    case .tail(let count): Relation(fields: fields, rows: Array(input.rows.suffix(count)))
    case .distinct(let items, let keys): try distinct(input, items, keys)
    case .group(let items, let keys, let outer):
      items.isEmpty
        ? try counts(input, outer + keys, per: outer.count, withShare: true)
        : try grouped(input, items, outer + keys)
    case .fill(let items, let keys, let outer): try filled(input, items, keys, outer)
    case .sample(let size, let seed, let keys): try sampled(input, size, seed, keys)
    case .top(let count, let orders, let keys): try top(input, count, orders, keys)
    case .count(let conditions, let keys): try counted(input, conditions, keys)
    case .join(let kind, let other, let keys):
      try joined(input, try rows(of: other), kind, keys)
    case .union(let others): try united(input, others, fields)
    case .ratio(let above, let below, let keys): try ratio(input, above, below, keys)
    case .share(let condition, let keys): try shares(input, condition, keys)
    case .window(let items, let orders, let keys): try windowed(input, items, orders, keys)
    case .pivot(let items, let key, let keys): try pivoted(input, items, key, keys)
    case .unpivot(let names, _, _): unpivoted(input, names, fields)
    case .explode(let name): exploded(input, name)
    }
  }

  /// The value of an expression for one row, in the expression's type.
  func value(
    _ term: Term, _ input: Relation, _ row: [Scalar], group: [[Scalar]] = []
  ) throws(ReferenceEnd) -> Scalar {
    try Evaluation(reference: self, fields: input.fields, row: row, group: group).value(term)
  }

  /// The values of some expressions for one row.
  func values(
    _ terms: [Term], _ input: Relation, _ row: [Scalar]
  ) throws(ReferenceEnd) -> [Scalar] {
    var values: [Scalar] = []
    for term in terms { values.append(try value(term, input, row)) }
    return values
  }

  /// The rows of each combination of keys, in order of first appearance.
  func groups(
    _ input: Relation, by keys: [Term]
  ) throws(ReferenceEnd) -> [(key: [Scalar], rows: [[Scalar]], places: [Int])] {
    var found: [[ValueKey]: Int] = [:]
    var groups: [(key: [Scalar], rows: [[Scalar]], places: [Int])] = []
    for (place, row) in input.rows.enumerated() {
      let key = try values(keys, input, row)
      if flaw == .nullIsNoGroupKey, key.contains(.null) { continue }
      let index = found[key.map(\.key)] ?? groups.count
      if index == groups.count {
        found[key.map(\.key)] = index
        groups.append((key, [], []))
      }
      groups[index].rows.append(row)
      groups[index].places.append(place)
    }
    return groups
  }
}
