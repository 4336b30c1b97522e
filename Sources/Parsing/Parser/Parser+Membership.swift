import Diagnostics

extension Parser {
  /// operand [ "not" ] "in" container, behind the operator.
  mutating func parseMembership(
    _ left: Expression, _ isNegated: Bool, _ symbol: SourceRange
  ) -> Expression {
    let before = height
    let start = token
    let container = parseContainer()
    raiseHeight(before)
    return Expression(
      kind: .membership(left, container, isNegated: isNegated),
      range: left.range.union(range(from: start)), focus: symbol)
  }

  /// Parses `"(" expression { "," expression } ")" | "(" pipeline ")" | value [ ".." value ]`.
  private mutating func parseContainer() -> Expression.Container {
    if kind == .symbol(.leftBracket) { remark(.squareList(at: token.range)) }
    guard kind == .symbol(.leftParen) || kind == .symbol(.leftBracket) else {
      return parseRangeOrValue(after: parseExpression(.coalesce))
    }
    let start = token
    let elements = parseListOrPipeline()
    guard elements.count == 1, !isPanicking, let element = elements.first else {
      return .list(elements)
    }
    // `(a)` is a list of one; but `(a) * 2..b` and `(t | select c)` are values.
    let bracketed = Expression(
      kind: element.kind, range: range(from: start), focus: element.focus)
    let value = parseOperations(after: bracketed, .coalesce)
    if kind == .symbol(.dots) || value.range != bracketed.range {
      return parseRangeOrValue(after: value)
    }
    if case .pipeline = element.kind { return .value(value) }
    return .list(elements)
  }

  private mutating func parseRangeOrValue(after low: Expression) -> Expression.Container {
    guard !isPanicking, kind == .symbol(.dots) else { return .value(low) }
    let before = height
    advance()
    let high = parseExpression(.coalesce)
    height = max(height, before)
    return .range(low, high)
  }

  private mutating func parseListOrPipeline() -> [Expression] {
    let opener = openBracket()
    if kind == .symbol(.rightParen) {
      report(.emptyList(at: opener.range.union(token.range)))
      isPanicking = false
      closeBracket()
      return []
    }
    var elements: [Expression] = []
    parseList(after: opener) { parser in
      let start = parser.token
      let head = parser.parseHead()
      elements.append(parser.parseBracketed(head, from: start))
    }
    return elements
  }
}

extension Diagnostic {
  fileprivate static func squareList(at range: SourceRange) -> Diagnostic {
    Diagnostic("lists stand in round brackets", hint: "write in (a, b)", at: range)
  }

  fileprivate static func emptyList(at range: SourceRange) -> Diagnostic {
    Diagnostic("the list after 'in' is empty", at: range)
  }
}
