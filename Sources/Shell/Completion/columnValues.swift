import Columns
import Plans

/// The different values of a text column where they are few, in alphabetical order; none where they
/// are many, where the column is computed, or where it is no text.
///
/// Bounded: dictionaries of up to `mostValues` texts, and the first `mostRows` rows of the others.
func columnValues(of name: String, in plan: Plan) -> [String] {
  guard let column = origin(of: name, in: plan, depth: 0), column.type == .string else { return [] }
  var values: Set<String> = []
  var dictionaries: Set<ObjectIdentifier> = []
  var rows = 0
  for segment in column.segments.prefix(mostSegments) {
    switch segment.values {
    case .codes8(_, let dictionary), .codes16(_, let dictionary):
      guard dictionaries.insert(ObjectIdentifier(dictionary)).inserted else { continue }
      if dictionary.count > mostValues { return [] }
      for code in 0..<dictionary.count { add(dictionary.string(code)) }
    case .text(let texts):
      for row in 0..<min(segment.rowCount, mostRows - rows) where !segment.isNull(at: row) {
        if texts.utf8(at: row).count <= longestValue { add(texts.string(at: row)) }
        if values.count > mostValues { return [] }
      }
      rows += min(segment.rowCount, mostRows - rows)
    default: return []
    }
    if values.count > mostValues { return [] }
  }
  return values.sorted()

  func add(_ text: String) {
    if text.utf8.count <= longestValue { values.insert(text) }
  }
}

private let mostValues = 200
private let mostRows = 20_000
private let mostSegments = 256
/// Bytes.
private let longestValue = 100

/// The stored column that a column of a plan is taken from unchanged; nil where it is computed.
private func origin(of name: String, in plan: Plan, depth: Int) -> Column? {
  guard depth < 200 else { return nil }
  switch plan.node {
  case .table(let table): return table.column(name)
  case .binding(let binding):
    return binding.table?.column(name) ?? origin(of: name, in: binding.plan, depth: depth + 1)
  case .filter(let input, _), .sort(let input, _), .slice(let input, _, _),
    .top(let input, _, _, _), .distinct(let input, _), .broadcast(let input, _, _):
    return origin(of: name, in: input, depth: depth + 1)
  case .project(let input, let columns), .aggregate(let input, let columns, _):
    let name = plan.schema.field(name)?.name ?? name
    guard case .column(let source)? = columns.first(where: { $0.name == name })?.expression.node
    else { return nil }
    return origin(of: source, in: input, depth: depth + 1)
  case .join(let join):
    let name = plan.schema.field(name)?.name ?? name
    if let pair = join.rightColumns.first(where: { $0.name == name }) {
      return origin(of: pair.source, in: join.right, depth: depth + 1)
    }
    return origin(of: name, in: join.left, depth: depth + 1)
  default:
    guard case .union(let inputs) = plan.node else { return nil }
    return inputs.lazy.compactMap { origin(of: name, in: $0, depth: depth + 1) }.first
  }
}
