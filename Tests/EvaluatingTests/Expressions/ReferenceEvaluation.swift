import Columns
import Plans

/// The plain twin of expression programs: one row at a time, by the meaning of each function.
///
/// Knows the functions of `RandomExpressions`. A fault is thrown at once where it is used: in
/// arguments that decide the result.
struct ReferenceEvaluation {
  struct Fault: Error {}
  /// One operand is null, another a fault: programs may see either.
  struct FaultOrNull: Error {}

  let row: [String: Scalar]

  func value(_ expression: ScalarExpression) throws -> Scalar {
    switch expression.node {
    case .column(let name): return row[name] ?? .null
    case .constant(let value): return value
    case .call(let function, let arguments): return try call(function, arguments)
    case .isIn(let inner, let set):
      let value = try value(inner)
      return value == .null ? .null : .bool(set.contains(value))
    case .isInPlan, .scalarPlan: return .null
    }
  }

  private func call(
    _ function: ScalarFunction, _ arguments: [ScalarExpression]
  ) throws -> Scalar {
    switch function {
    case .and, .or: return try logic(arguments, decider: function == .or)
    case .ifElse:
      return try value(arguments[try value(arguments[0]) == .bool(true) ? 1 : 2])
    case .coalesce:
      let first = try value(arguments[0])
      return first == .null ? try value(arguments[1]) : first
    case .isNull: return .bool(try value(arguments[0]) == .null)
    case .least, .greatest:
      let values = try arguments.map(value).filter { $0 != .null }
      let sorted = values.sorted { order($0, $1) < 0 }
      return (function == .least ? sorted.first : sorted.last) ?? .null
    default:
      let results = arguments.map { argument in Result { try value(argument) } }
      if results.contains(where: { (try? $0.get()) == .null }) {
        if results.contains(where: { (try? $0.get()) == nil }) { throw FaultOrNull() }
      }
      let values = try results.map { try $0.get() }
      return values.contains(.null) ? .null : try strict(function, values)
    }
  }

  /// A fault vanishes where the other side decides.
  private func logic(_ arguments: [ScalarExpression], decider: Bool) throws -> Scalar {
    let sides = arguments.map { argument in Result { try value(argument) } }
    if sides.contains(where: { (try? $0.get()) == .bool(decider) }) { return .bool(decider) }
    let values = try sides.map { try $0.get() }
    return values.contains(.null) ? .null : .bool(!decider)
  }

  private func strict(_ function: ScalarFunction, _ values: [Scalar]) throws -> Scalar {
    if case .int(let left) = values[0], values.count == 2, case .int(let right) = values[1] {
      return try integers(function, left, right)
    }
    if case .float(let left) = values[0] {
      return floats(function, left, values.count == 2 ? values[1].number ?? 0 : 0)
    }
    switch (function, values[0]) {
    case (.not, .bool(let value)): return .bool(!value)
    case (.toFloat, .int(let value)): return .float(Double(value))
    default: return comparison(function, order(values[0], values.last ?? .null))
    }
  }

  private func integers(_ function: ScalarFunction, _ a: Int64, _ b: Int64) throws -> Scalar {
    let result: (partialValue: Int64, overflow: Bool)
    switch function {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .floorDivide, .remainder:
      if b == 0 { return .null }
      if b == -1 && a == Int64.min && function == .floorDivide { throw Fault() }
      let rest = b == -1 ? 0 : a % b
      let isBelow = rest != 0 && (rest < 0) != (b < 0)
      if function == .remainder { return .int(isBelow ? rest + b : rest) }
      return .int(a / b - (isBelow ? 1 : 0))
    default: return comparison(function, a < b ? -1 : a > b ? 1 : 0)
    }
    if result.overflow { throw Fault() }
    return .int(result.partialValue)
  }

  private func floats(_ function: ScalarFunction, _ a: Double, _ b: Double) -> Scalar {
    switch function {
    case .add: .float(a + b)
    case .subtract: .float(a - b)
    case .multiply: .float(a * b)
    case .divide: b == 0 ? .null : .float(a / b)
    case .negate: .float(-a)
    case .abs: .float(a.magnitude)
    case .sqrt: a < 0 ? .null : .float(a.squareRoot())
    case .floor: .float(a.rounded(.down))
    default: comparison(function, order(.float(a), .float(b)))
    }
  }

  private func comparison(_ function: ScalarFunction, _ order: Int) -> Scalar {
    switch function {
    case .less: .bool(order < 0)
    case .lessOrEqual: .bool(order <= 0)
    case .equal: .bool(order == 0)
    case .notEqual: .bool(order != 0)
    case .greater: .bool(order > 0)
    default: .bool(order >= 0)
    }
  }

  private func order(_ left: Scalar, _ right: Scalar) -> Int {
    switch (left, right) {
    case (.int(let a), .int(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.float(let a), .float(let b)):
      if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
      return a < b ? -1 : a > b ? 1 : 0
    case (.string(let a), .string(let b)):
      return a == b ? 0 : Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8)) ? -1 : 1
    default: return 0
    }
  }
}
