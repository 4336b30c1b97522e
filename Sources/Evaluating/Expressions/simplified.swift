import Columns
import Plans

/// The same expression with less to compute for each row.
///
/// A function of a choice among constants becomes a choice among its values: `2.5 * if(c, 1, 0)` is
/// `if(c, 2.5 * 1, 2.5 * 0)`, whose products are then computed once. `(x ?? "a") == "b"` is
/// `x == "b" ?? "a" == "b"`, for which no texts are made. `lower(x) == null` is `x == null`.
func simplified(_ expression: ScalarExpression) -> ScalarExpression {
  guard case .call(let function, let originals) = expression.node else {
    if case .isIn(let value, let set) = expression.node {
      return expression.over(.isIn(simplified(value), set))
    }
    if case .isInPlan(let value, let plan) = expression.node {
      return expression.over(.isInPlan(simplified(value), plan))
    }
    return expression
  }
  let arguments = originals.map(simplified)
  if function == .or { return gathered(arguments, of: expression) }
  if function == .isNull || function == .isNotNull {
    return expression.over(.call(function, [arguments[0].sourceOfNulls]))
  }
  if function.isComparison, let place = onlyTexts(arguments) {
    return distributed(function, arguments, place, expression)
  }
  if function.isStrictArithmetic, let place = onlyChoice(arguments) {
    return distributed(function, arguments, place, expression)
  }
  return expression.over(.call(function, arguments))
}

/// The place of the only argument that is no constant, if it is a choice among constants.
private func onlyChoice(_ arguments: [ScalarExpression]) -> Int? {
  let places = arguments.indices.filter { !arguments[$0].isConstant }
  guard places.count == 1, let place = places.first, arguments[place].isChoiceOfConstants else {
    return nil
  }
  return place
}

/// The place of the first text that is present, compared with a constant: a comparison is null where the text
/// is, and there alone.
private func onlyTexts(_ arguments: [ScalarExpression]) -> Int? {
  guard arguments.count == 2 else { return nil }
  return arguments.indices.first { place in
    guard case .call(.coalesce, _) = arguments[place].node,
      case .constant(let other) = arguments[1 - place].node
    else { return false }
    return arguments[place].type == .string && other != .null
  }
}

private func distributed(
  _ function: ScalarFunction, _ arguments: [ScalarExpression], _ place: Int,
  _ expression: ScalarExpression
) -> ScalarExpression {
  guard case .call(let choice, let parts) = arguments[place].node else { return expression }
  let distributed = parts.enumerated().map { index, part in
    let isCondition = choice != .coalesce && index % 2 == 0 && index < parts.count - 1
    if isCondition { return part }
    var inner = arguments
    inner[place] = part
    return ScalarExpression(.call(function, inner), type: expression.type, range: expression.range)
  }
  return expression.over(.call(choice, distributed))
}

extension ScalarExpression {
  /// The same type and place with another node.
  fileprivate func over(_ node: Node) -> ScalarExpression {
    ScalarExpression(node, type: type, range: range)
  }

  /// Whether it is a constant, or arithmetic of constants that becomes one.
  fileprivate var isConstant: Bool {
    switch node {
    case .constant: true
    case .call(let function, let arguments):
      function.isStrictArithmetic && arguments.allSatisfy(\.isConstant)
    case .column, .isIn, .isInPlan, .scalarPlan: false
    }
  }

  fileprivate var isChoiceOfConstants: Bool {
    guard case .call(let function, let parts) = node, function == .ifElse || function == .caseOf
    else { return false }
    return parts.enumerated().allSatisfy { index, part in
      index % 2 == 0 && index < parts.count - 1 || part.isConstant
    }
  }
}

extension ScalarExpression {
  /// An expression that is null for the same rows and quicker to compute.
  fileprivate var sourceOfNulls: ScalarExpression {
    guard case .call(let function, let arguments) = node, function.isNullWithText else {
      return self
    }
    return arguments[0].sourceOfNulls
  }
}

extension ScalarFunction {
  /// Functions of a text alone that are null where it is, and have no faults.
  fileprivate var isNullWithText: Bool {
    switch self {
    case .lower, .upper, .trim, .length, .digits: true
    default: false
    }
  }

  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  /// Functions of numbers whose result depends on their arguments alone and is null with them.
  fileprivate var isStrictArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .negate, .toFloat: true
    default: false
    }
  }
}
