import Columns
import Plans

/// What a plan gives, row by row with dictionaries: the plain twin of the evaluator.
func reference(_ plan: Plan) -> PlainRows {
  switch plan.node {
  case .table(let table): return PlainRows(table)
  case .binding(let binding): return reference(binding.plan)
  case .filter(let input, let condition):
    var rows = reference(input)
    rows.rows = rows.rows.filter { value(condition, $0, rows.fields) == .bool(true) }
    return rows
  case .project(let input, let columns):
    let rows = reference(input)
    return PlainRows(
      fields: plan.schema.fields,
      rows: rows.rows.map { row in columns.map { value($0.expression, row, rows.fields) } })
  case .aggregate(let input, let keys, let aggregates):
    let rows = reference(input)
    let groups = grouped(rows, keys.map(\.expression))
    let all = keys.isEmpty && groups.isEmpty ? [[]] : groups
    return PlainRows(
      fields: plan.schema.fields,
      rows: all.map { group in
        keys.map { value($0.expression, group[0], rows.fields) }
          + aggregates.map { aggregate($0.call, group, rows.fields) }
      })
  case .broadcast(let input, let partition, let aggregates):
    let rows = reference(input)
    var values: [[Scalar]: [Scalar]] = [:]
    for group in grouped(rows, partition) {
      values[keys(group[0], partition, rows.fields)] = aggregates.map {
        aggregate($0.call, group, rows.fields)
      }
    }
    return PlainRows(
      fields: plan.schema.fields,
      rows: rows.rows.map { $0 + (values[keys($0, partition, rows.fields)] ?? []) })
  case .window(let input, let order, let partition, let functions):
    return windowed(plan, reference(input), order, partition, functions)
  case .analysis: preconditionFailure("random plans hold no analyses")
  case .tail(let input, let count):
    var rows = reference(input)
    rows.rows = rows.rows.suffix(count)
    return rows
  case .sample(let input, let sampling, let partition):
    var rows = reference(input)
    let numbered = PlainRows(
      fields: rows.fields,
      rows: rows.rows.enumerated().map { $0.element + [.int(Int64($0.offset))] })
    let kept = grouped(numbered, partition).flatMap { group in
      drawn(sampling, group.compactMap { $0.last?.integer.map(Int.init) })
    }
    rows.rows = kept.sorted().map { rows.rows[$0] }
    return rows
  case .sort(let input, let keys):
    var rows = reference(input)
    rows.rows = sorted(rows, keys)
    return rows
  case .slice(let input, let offset, let count):
    var rows = reference(input)
    rows.rows = Array(rows.rows.dropFirst(offset).prefix(count))
    return rows
  case .top(let input, let count, let keys, let partition):
    let rows = reference(input)
    return PlainRows(
      fields: rows.fields,
      rows: grouped(rows, partition).flatMap { group in
        sorted(PlainRows(fields: rows.fields, rows: group), keys).prefix(count)
      })
  case .distinct(let input, let expressions):
    var rows = reference(input)
    let all = expressions.isEmpty ? rows.fields.map { ScalarExpression.column($0) } : expressions
    rows.rows = grouped(rows, all).map { $0[0] }
    return rows
  case .join(let join): return joined(plan, join)
  // The oracle has the plain twins of these; random plans do not draw them.
  case .fill(let input, _), .expand(let input, _): return reference(input)
  case .union(let plans):
    let parts = plans.map(reference)
    return PlainRows(
      fields: plan.schema.fields,
      rows: parts.flatMap { part in
        part.rows.map { row in
          plan.schema.fields.map { field in
            part.fields.firstIndex { $0.name == field.name }.map { row[$0] } ?? .null
          }
        }
      })
  }
}

private func keys(
  _ row: [Scalar], _ expressions: [ScalarExpression], _ fields: [Field]
) -> [Scalar] {
  expressions.map { key(value($0, row, fields)) }
}

/// The rows of each key, in order of first appearance.
private func grouped(_ rows: PlainRows, _ expressions: [ScalarExpression]) -> [[[Scalar]]] {
  var places: [[Scalar]: Int] = [:]
  var groups: [[[Scalar]]] = []
  for row in rows.rows {
    let key = keys(row, expressions, rows.fields)
    if let place = places[key] {
      groups[place].append(row)
    } else {
      places[key] = groups.count
      groups.append([row])
    }
  }
  return groups
}

private func sorted(_ rows: PlainRows, _ keys: [SortKey]) -> [[Scalar]] {
  let keyed = rows.rows.enumerated().map { index, row in
    (index, keys.map { value($0.expression, row, rows.fields) }, row)
  }
  return keyed.sorted { left, right in
    goesBefore(left.1, right.1, keys.map(\.isDescending)) ?? (left.0 < right.0)
  }.map(\.2)
}

private func windowed(
  _ plan: Plan, _ rows: PlainRows, _ order: [SortKey], _ partition: [ScalarExpression],
  _ functions: [NamedWindow]
) -> PlainRows {
  // Each row with its number behind it, so that it is found again.
  let numbered = PlainRows(
    fields: rows.fields,
    rows: rows.rows.enumerated().map { $0.element + [.int(Int64($0.offset))] })
  var added = [[Scalar]](repeating: [], count: rows.rows.count)
  for group in grouped(numbered, partition) {
    let ordered = sorted(PlainRows(fields: rows.fields, rows: group), order)
    let keys = ordered.map { row in order.map { value($0.expression, row, rows.fields) } }
    for function in functions {
      let values = ordered.map { row in
        function.call.argument.map { value($0, row, rows.fields) } ?? .null
      }
      for (place, row) in ordered.enumerated() {
        let number = Int(row.last?.integer ?? 0)
        added[number].append(windowValue(function.call, values, keys, place))
      }
    }
  }
  return PlainRows(fields: plan.schema.fields, rows: zip(rows.rows, added).map { $0 + $1 })
}

private func joined(_ plan: Plan, _ join: Join) -> PlainRows {
  let left = reference(join.left)
  let right = reference(join.right)
  let added = join.rightColumns.map { right.position($0.source) }
  var result: [[Scalar]] = []
  for row in left.rows {
    let own = keys(row, join.keys.map(\.left), left.fields)
    let matches = right.rows.filter { other in
      !own.contains(.null) && keys(other, join.keys.map(\.right), right.fields) == own
    }
    let pairs = matches.map { match in row + added.map { match[$0] } }
    let none = row + added.map { _ in Scalar.null }
    switch join.kind {
    case .inner: result += pairs
    case .left: result += pairs.isEmpty ? [none] : pairs
    case .lookup: result.append(pairs.first ?? none)
    case .semi: if !matches.isEmpty { result.append(row) }
    case .anti: if matches.isEmpty { result.append(row) }
    }
  }
  return PlainRows(fields: plan.schema.fields, rows: result)
}
