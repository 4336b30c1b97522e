import Columns
import Plans

/// A table as rows of scalars, for the plain evaluator.
struct Rows {
  var fields: [Field]
  var rows: [[Scalar]]

  init(fields: [Field], rows: [[Scalar]]) {
    self.fields = fields
    self.rows = rows
  }

  init(_ table: Table) {
    fields = table.schema.fields
    rows = (0..<table.rowCount).map { table.row($0) }
  }

  func position(_ name: String) -> Int { fields.firstIndex { $0.name == name } ?? 0 }
}

/// A value as a key: equal floats are one key, NaN too; texts are equal when their bytes are, where
/// Swift's strings would be by canonical equivalence.
func key(_ value: Scalar) -> Scalar {
  if case .string(let text) = value {
    return .string(text.utf8.map { String($0, radix: 16) }.joined(separator: " "))
  }
  guard case .float(let number) = value else { return value }
  if number.isNaN { return .string("\u{0}not a number") }
  return .float(number + 0.0)
}

/// Orders two values that are not null; NaN above all other floats, texts by bytes.
func precedes(_ left: Scalar, _ right: Scalar) -> Bool {
  switch (left, right) {
  case (.bool(let a), .bool(let b)): return !a && b
  case (.float(let a), .float(let b)):
    if a.isNaN { return false }
    return b.isNaN || a < b
  case (.string(let a), .string(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
  default: return (left.integer ?? 0) < (right.integer ?? 0)
  }
}

/// Whether a row goes before another by sort keys: nulls last, NaN last, in both directions.
func goesBefore(_ left: [Scalar], _ right: [Scalar], _ isDescending: [Bool]) -> Bool? {
  func rank(_ value: Scalar) -> Int {
    if value == .null { return 2 }
    if case .float(let number) = value, number.isNaN { return 1 }
    return 0
  }
  for (index, descends) in isDescending.enumerated() {
    let (a, b) = (left[index], right[index])
    if rank(a) != rank(b) { return rank(a) < rank(b) }
    if rank(a) > 0 { continue }
    if precedes(a, b) { return !descends }
    if precedes(b, a) { return descends }
  }
  return nil
}
