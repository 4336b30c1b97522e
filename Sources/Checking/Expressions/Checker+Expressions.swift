import Calendars
package import Columns
import Diagnostics
import Parsing
package import Plans

extension Checker {
  /// The typed expression, or nil when it holds an error, which is reported once.
  func check(_ expression: Expression, _ context: ExpressionContext) -> ScalarExpression? {
    deeper(at: expression.range) { checkKind(expression, context) }
  }

  // One line a case: the frame of this function is on the stack once a level.
  private func checkKind(
    _ expression: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch expression.kind {
    case .null, .bool, .integer, .float, .string, .duration, .handle:
      literal(expression)
    case .date(let text): dateLiteral(text, at: expression.range)?.constant
    case .regex: misplacedPattern(at: expression.range)
    case .name(let name): checkName(name, at: expression.range, context)
    case .parameter(let name): checkParameter(name, at: expression.range, context)
    case .unary(let symbol, let operand): checkUnary(symbol, operand, expression, context)
    case .binary(let symbol, let left, let right):
      checkBinary(symbol, left, right, expression, context)
    case .between: checkBetween(expression, context)
    case .membership: checkMembership(expression, context)
    case .call(let name, let items): checkCall(name, items, expression, context)
    case .pipeline(let pipeline): checkScalarPipeline(pipeline, at: expression.range)
    case .range: misplacedRange(at: expression.range)
    case .missing: nil
    }
  }

  private func literal(_ expression: Expression) -> ScalarExpression? {
    let value: Scalar =
      switch expression.kind {
      case .bool(let value): .bool(value)
      case .integer(let value): .int(value)
      case .float(let value): .float(value)
      case .string(let value): .string(value)
      case .duration(let value): .duration(value)
      case .handle(let name): .string(name.text)
      default: .null
      }
    return .constant(value, range: place(expression.range))
  }

  private func misplacedPattern(at range: SourceRange) -> ScalarExpression? {
    report(
      "a regular expression cannot stand here",
      hint: "write x matches /pattern/, or extract(x, /pattern/)", at: range)
    return nil
  }

  private func misplacedRange(at range: SourceRange) -> ScalarExpression? {
    report("a range stands after in", hint: "write x in a..b", at: range)
    return nil
  }

  // MARK: Operators

  private func checkUnary(
    _ symbol: UnaryOperator, _ operand: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    if symbol == .not {
      return checkCondition(operand, context, of: "not").map {
        .call(.not, [$0], type: .bool, range: place(whole.range))
      }
    }
    guard let value = check(operand, context) else { return nil }
    if let negative = negatedConstant(value, at: whole.range) { return negative }
    let entry = Catalogue.entry(of: ScalarFunction.negate)
    return resolve(entry, [value], Call(entry: entry, expression: whole))
  }

  private func negatedConstant(
    _ value: ScalarExpression, at range: SourceRange
  ) -> ScalarExpression? {
    guard case .constant(let scalar) = value.node else { return nil }
    switch scalar {
    case .int(let number) where number != .min:
      return .constant(.int(-number), range: place(range))
    case .float(let number): return .constant(.float(-number), range: place(range))
    case .duration(let micros) where micros != .min:
      return .constant(.duration(-micros), range: place(range))
    default: return nil
    }
  }

  private func checkBinary(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch symbol {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      checkComparison(symbol, left, right, whole, context)
    case .contains, .notContains, .matches:
      checkTextSearch(symbol, left, right, whole, context)
    case .and, .or: checkLogic(symbol, left, right, whole, context)
    case .coalesce, .add, .subtract, .multiply, .divide, .floorDivide, .remainder:
      checkArithmetic(symbol, left, right, whole, context)
    }
  }

  private func checkLogic(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    let first = checkCondition(left, context, of: symbol.rawValue)
    let second = checkCondition(right, context, of: symbol.rawValue, beside: left)
    guard let first, let second else { return nil }
    return .call(
      symbol == .and ? .and : .or, [first, second], type: .bool, range: place(whole.range))
  }

  /// A bool; `word` says what wants it.
  func checkCondition(
    _ expression: Expression, _ context: ExpressionContext, of word: String,
    beside other: Expression? = nil
  ) -> ScalarExpression? {
    guard let value = check(expression, context) else { return nil }
    if value.isNull { return .constant(.null, type: .bool, range: value.range) }
    guard value.type != .bool else { return value }
    report(
      "'\(word)' takes a condition, found \(value.type.phrase)",
      hint: listHint(expression, value, beside: other)
        ?? conditionHint(expression, value.type), at: expression.range)
    return nil
  }

  /// `a == 1 or 2` was meant as `a in (1, 2)`.
  private func listHint(
    _ expression: Expression, _ value: ScalarExpression, beside other: Expression?
  ) -> String? {
    guard value.constantValue != nil, case .binary(.equal, let column, let first)? = other?.kind
    else { return nil }
    return "write \(column.formatted) in (\(first.formatted), \(expression.formatted))"
  }

  private func conditionHint(_ expression: Expression, _ type: DataType) -> String? {
    guard case .name(let name) = expression.kind else { return nil }
    switch type {
    case .int, .float: return "write \(quotedName(name.text)) > 0"
    case .string: return "write \(quotedName(name.text)) == \"…\""
    default: return "write \(quotedName(name.text)) != null"
    }
  }
}

extension ScalarExpression {
  /// Whether it is the bare `null`, which fits every type.
  var isNull: Bool {
    if case .constant(.null) = node { return true }
    return false
  }

  /// The value of a constant; nil when it is none.
  package var constantValue: Scalar? {
    if case .constant(let value) = node { return value }
    return nil
  }
}

extension DataType {
  /// As in `found a string`, `found an int`.
  package var phrase: String { self == .int ? "an int" : "a \(rawValue)" }
}
