import Diagnostics

extension Parser {
  /// expression, of operators that bind at least as tightly as `minimum`.
  ///
  /// By precedence climbing: a function for each of the nine levels would take nine frames of the
  /// stack for every bracket, and 200 brackets must fit a small one.
  mutating func parseExpression(_ minimum: Precedence = .or) -> Expression {
    guard enter() else { return missing() }
    defer { leave() }
    let first = parseUnary()
    return parseOperations(after: first, minimum)
  }

  /// { operator operand } behind an operand.
  mutating func parseOperations(after first: Expression, _ minimum: Precedence) -> Expression {
    var left = first
    var comparison: Expression?
    var isChained = false
    while !isPanicking, let operation = operation(), operation.precedence >= minimum {
      let symbol = takeOperator()
      let right = left
      left = parseOperation(operation, left, symbol)
      if operation.precedence == .comparison {
        if let comparison, !isChained {
          remark(chain(comparison, right, left, symbol))
          isChained = true
        }
        comparison = left
      }
    }
    return left
  }

  /// The operation that begins at the current token, or nil.
  private mutating func operation() -> Operation? {
    switch kind {
    case .symbol(let symbol): return BinaryOperator(symbol).map { .binary($0) }
    case .word(.or): return .binary(.or)
    case .word(.and): return .binary(.and)
    case .word(.matches): return .binary(.matches)
    case .word(.in): return .membership(isNegated: false)
    case .word(.between): return .between(isNegated: false)
    case .word(.not):
      switch peekKind() {
      case .word(.in): return .membership(isNegated: true)
      case .word(.between): return .between(isNegated: true)
      case .word(.matches): return .notMatches
      case .end:
        noteEnd()
        return nil
      default: return nil
      }
    default: return nil
    }
  }

  /// Goes over an operator of one or two words.
  private mutating func takeOperator() -> SourceRange {
    let start = token
    if kind == .word(.not) { advance() }
    advance()
    return range(from: start)
  }

  private mutating func parseOperation(
    _ operation: Operation, _ left: Expression, _ symbol: SourceRange
  ) -> Expression {
    let before = height
    switch operation {
    case .membership(let isNegated): return parseMembership(left, isNegated, symbol)
    case .between(let isNegated): return parseBetween(left, isNegated, symbol)
    case .binary(let binary):
      let right = parseExpression(binary.precedence.tighter)
      raiseHeight(before)
      return Expression(
        kind: .binary(binary, left, right), range: left.range.union(right.range), focus: symbol)
    case .notMatches:
      let right = parseExpression(.coalesce)
      raiseHeight(before)
      let range = left.range.union(right.range)
      let match = Expression(
        kind: .binary(.matches, left, right), range: range, focus: symbol)
      raiseHeight()
      return Expression(kind: .unary(.not, match), range: range, focus: symbol)
    }
  }

  /// Parses `operand [ "not" ] "between" expression "and" expression`.
  private mutating func parseBetween(
    _ left: Expression, _ isNegated: Bool, _ symbol: SourceRange
  ) -> Expression {
    var tallest = height
    let low = parseExpression(.coalesce)
    tallest = max(tallest, height)
    var high = missing()
    if kind == .word(.and) || kind == .symbol(.ampersands) {
      advance()
      high = parseExpression(.coalesce)
    } else {
      report(.expectedAnd(at: missingPlace))
    }
    raiseHeight(tallest)
    return Expression(
      kind: .between(left, low: low, high: high, isNegated: isNegated),
      range: left.range.union(low.range).union(high.range), focus: symbol)
  }

  /// Parses `"not" expression | "!" unary | "-" unary | operand`.
  mutating func parseUnary() -> Expression {
    let start = token
    switch kind {
    case .word(.not):
      advance()
      return unary(.not, parseExpression(.comparison), start)
    case .symbol(.bang):
      advance()
      return unary(.not, parseNestedUnary(), start)
    case .symbol(.minus):
      advance()
      if kind == .number { return parseNumber(negatedBy: start) }
      return unary(.minus, parseNestedUnary(), start)
    default:
      return parseOperand()
    }
  }

  private mutating func parseNestedUnary() -> Expression {
    guard enter() else { return missing() }
    defer { leave() }
    return parseUnary()
  }

  private mutating func unary(
    _ symbol: UnaryOperator, _ operand: Expression, _ start: Token
  ) -> Expression {
    raiseHeight()
    return Expression(
      kind: .unary(symbol, operand), range: start.range.union(operand.range), focus: start.range)
  }

  private func chain(
    _ first: Expression, _ shared: Expression, _ second: Expression, _ symbol: SourceRange
  ) -> Diagnostic {
    guard case .binary(_, _, let middle) = shared.kind, first.range == shared.range else {
      return .chained(nil, at: symbol)
    }
    let rest = text(SourceRange(middle.range.start, second.range.end))
    let whole = "\(text(first.range)) and \(rest)"
    return .chained(whole.utf8.count <= 60 && !whole.contains("\n") ? whole : nil, at: symbol)
  }
}

extension Diagnostic {
  fileprivate static func chained(_ meant: String?, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "comparisons do not chain",
      hint: meant.map { "write \($0)" } ?? "join them with and: a < b and b < c", at: range)
  }

  fileprivate static func expectedAnd(at range: SourceRange) -> Diagnostic {
    Diagnostic("expected 'and' after 'between'", hint: "write x between a and b", at: range)
  }
}
