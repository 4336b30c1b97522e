import Columns
import Plans

/// The value of an expression for one row, by the functions that the random plans use.
func value(_ expression: ScalarExpression, _ row: [Scalar], _ fields: [Field]) -> Scalar {
  switch expression.node {
  case .column(let name): return row[fields.firstIndex { $0.name == name } ?? 0]
  case .constant(let constant): return constant
  case .isIn(let inner, let set):
    let inner = value(inner, row, fields)
    return inner == .null ? .null : .bool(set.contains { key($0) == key(inner) })
  case .isInPlan(let inner, let plan):
    let inner = value(inner, row, fields)
    if inner == .null { return .null }
    let keys = reference(plan).rows.map { $0[0] }.filter { $0 != .null }
    return .bool(keys.contains { key($0) == key(inner) })
  case .scalarPlan(let plan): return reference(plan).rows.first?[0] ?? .null
  case .call(let function, let arguments):
    return call(function, arguments.map { value($0, row, fields) })
  }
}

private func call(_ function: ScalarFunction, _ arguments: [Scalar]) -> Scalar {
  let left = arguments.first ?? .null
  let right = arguments.count > 1 ? arguments[1] : .null
  switch function {
  case .isNull: return .bool(left == .null)
  case .isNotNull: return .bool(left != .null)
  case .and:
    if left == .bool(false) || right == .bool(false) { return .bool(false) }
    return left == .null || right == .null ? .null : .bool(true)
  case .or:
    if left == .bool(true) || right == .bool(true) { return .bool(true) }
    return left == .null || right == .null ? .null : .bool(false)
  case .coalesce: return left == .null ? right : left
  case .ifElse: return left == .bool(true) ? right : arguments[2]
  default: break
  }
  if arguments.contains(.null) { return .null }
  switch function {
  case .not: return .bool(left == .bool(false))
  case .equal: return .bool(key(left) == key(right))
  case .notEqual: return .bool(key(left) != key(right))
  case .less: return .bool(precedes(left, right))
  case .greaterOrEqual: return .bool(!precedes(left, right))
  case .add:
    if case .float(let a) = left { return .float(a + (right.number ?? 0)) }
    return .int((left.integer ?? 0) + (right.integer ?? 0))
  case .toFloat: return .float(left.number ?? 0)
  default: preconditionFailure("no reference for \(function)")
  }
}
