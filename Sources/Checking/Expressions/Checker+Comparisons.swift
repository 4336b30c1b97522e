import Calendars
import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `== != < <= > >=`.
  func checkComparison(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard let (first, second) = operands(left, right, context) else { return nil }
    return compare(symbol, first, second, whole)
  }

  /// Both operands, texts beside dates read as dates; a word beside a text may lack its quotes.
  private func operands(
    _ left: Expression, _ right: Expression, _ context: ExpressionContext
  ) -> (Operand, Operand)? {
    let first = operand(left, context)
    if let first, first.expression.type == .string, let word = unquotedText(right, context) {
      report(
        "no column '\(word)' \(context.rows?.label ?? "")",
        hint: "text stands in quotes: \"\(word)\"", at: right.range)
      return nil
    }
    let second = operand(right, context)
    guard let first, let second,
      let readFirst = readAsDate(first, comparedWith: second.expression),
      let readSecond = readAsDate(second, comparedWith: first.expression)
    else { return nil }
    return (readFirst, readSecond)
  }

  /// A bare word that names nothing and resembles nothing: a text without its quotes.
  private func unquotedText(_ expression: Expression, _ context: ExpressionContext) -> String? {
    guard case .name(let name) = expression.kind, !name.isQuoted, let rows = context.rows,
      rows.schema.field(name.text) == nil, !rows.unknownColumns.contains(name.text),
      environment.locals[name.text] == nil, scope.scalars[name.text] == nil,
      scope.parameters[name.text] == nil, !isTable(name.text),
      Suggestion.nearest(to: name.text, among: rows.schema.names).isEmpty
    else { return nil }
    return name.text
  }

  /// Compares two operands that were read.
  func compare(
    _ symbol: BinaryOperator, _ first: Operand, _ second: Operand, _ whole: Expression
  ) -> ScalarExpression? {
    if first.expression.isNull || second.expression.isNull {
      return compareWithNull(symbol, first, second, whole)
    }
    if first.expression.type.isTemporal, second.expression.type.isTemporal {
      return compareTimes(symbol, first, second, whole)
    }
    guard let type = commonType([first.expression, second.expression]) else {
      reportIncomparable(first, second, whole)
      return nil
    }
    return .call(
      symbol.comparison,
      [convert(first.expression, to: type), convert(second.expression, to: type)],
      type: .bool, range: place(whole.range))
  }

  private func compareWithNull(
    _ symbol: BinaryOperator, _ first: Operand, _ second: Operand, _ whole: Expression
  ) -> ScalarExpression? {
    guard symbol == .equal || symbol == .notEqual else {
      report(
        "nothing is less or greater than null", hint: "write x == null or x != null",
        at: whole.range)
      return nil
    }
    let value = first.expression.isNull ? second.expression : first.expression
    return .call(
      symbol == .equal ? .isNull : .isNotNull, [value], type: .bool, range: place(whole.range))
  }

  /// Times and dates: a constant is a period, compared by its ends; else a date is its whole day.
  private func compareTimes(
    _ symbol: BinaryOperator, _ first: Operand, _ second: Operand, _ whole: Expression
  ) -> ScalarExpression {
    if let period = second.period {
      return compare(symbol, first.expression, with: period, at: whole.range)
    }
    if let period = first.period {
      return compare(symbol.mirrored, second.expression, with: period, at: whole.range)
    }
    var sides = [first.expression, second.expression]
    if sides[0].type != sides[1].type {
      sides = sides.map { side in
        side.type == .date ? side : .call(.date, [side], type: .date, range: side.range)
      }
    }
    return .call(symbol.comparison, sides, type: .bool, range: place(whole.range))
  }

  private func reportIncomparable(
    _ first: Operand, _ second: Operand, _ whole: Expression
  ) {
    let (left, right) = (first.expression, second.expression)
    report(
      "cannot compare \(left.type.phrase) with \(right.type.phrase)",
      hint: comparisonHint(left, right) ?? comparisonHint(right, left),
      at: whole.focus)
  }

  /// What may have been meant by comparing `value` with a constant of another type.
  private func comparisonHint(
    _ value: ScalarExpression, _ constant: ScalarExpression
  ) -> String? {
    let name = value.text
    switch (value.type, constant.constantValue) {
    case (.int, .string(let text)?), (.float, .string(let text)?):
      return Double(text) == nil ? nil : "write \(text) without quotes"
    case (.string, .int(let number)?): return "write \"\(number)\""
    case (.bool, .int(let number)?) where number == 0 || number == 1:
      return number == 1 ? "write \(name)" : "write not \(name)"
    case (.bool, .string(let text)?) where ["true", "false"].contains(text.lowercased()):
      return "write \(text.lowercased()) without quotes"
    case (.duration, .int(let number)?): return "durations have a unit: \(number)d"
    default: return nil
    }
  }

  /// `x between a and b`.
  func checkBetween(
    _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard case .between(let value, let low, let high, let isNegated) = whole.kind else {
      return nil
    }
    let inside = checkRange(value, low, high, whole, context)
    return isNegated ? inside.map(negated) : inside
  }

  /// From the start of `low` through the end of `high`.
  func checkRange(
    _ value: Expression, _ low: Expression, _ high: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    if endsBeforeItBegins(low, high) {
      report("the range ends before it begins", at: low.range.union(high.range))
      return nil
    }
    let above = checkComparison(.greaterOrEqual, value, low, whole, context)
    let below = checkComparison(.lessOrEqual, value, high, whole, context)
    guard let above, let below else { return nil }
    return .call(.and, [above, below], type: .bool, range: place(whole.range))
  }

  /// Whether two literals are the wrong way round.
  private func endsBeforeItBegins(_ low: Expression, _ high: Expression) -> Bool {
    switch (low.kind, high.kind) {
    case (.integer(let first), .integer(let last)): return first > last
    case (.date(let first), .date(let last)):
      guard let from = periodLiteral(first, zone: scope.zone),
        let to = periodLiteral(last, zone: scope.zone)
      else { return false }
      return from.start >= to.end
    default: return false
    }
  }

  /// `not x`.
  func negated(_ condition: ScalarExpression) -> ScalarExpression {
    .call(.not, [condition], type: .bool, range: condition.range)
  }
}

extension BinaryOperator {
  /// The comparison of plans.
  var comparison: ScalarFunction {
    switch self {
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: .equal
    }
  }

  /// The same comparison with its sides changed.
  var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}
