import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `x ~ "part"`, `x !~ "part"`, `x matches /pattern/`.
  func checkTextSearch(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    let value = checkText(left, context, of: symbol.rawValue)
    let isPattern = symbol == .matches || right.isPattern
    let part =
      isPattern
      ? checkPattern(right, context, ignoringCase: symbol != .matches)
      : checkText(right, context, of: symbol.rawValue)
    guard let value, let part else { return nil }
    let found = ScalarExpression.call(
      isPattern ? .matches : .containsIgnoringCase, [value, part], type: .bool,
      range: place(whole.range))
    return symbol == .notContains ? negated(found) : found
  }

  private func checkText(
    _ expression: Expression, _ context: ExpressionContext, of word: String
  ) -> ScalarExpression? {
    guard let value = check(expression, context) else { return nil }
    if value.isNull { return .constant(.null, type: .string, range: value.range) }
    guard value.type != .string else { return value }
    report(
      "'\(word)' takes a string, found \(value.type.phrase)",
      hint: "string(\(expression.formatted)) makes a text of it", at: expression.range)
    return nil
  }

  /// A regular expression as a constant text, its flags written into it: `(?i)…`.
  func checkPattern(
    _ expression: Expression, _ context: ExpressionContext, ignoringCase: Bool = false
  ) -> ScalarExpression? {
    guard let pattern = pattern(expression, context) else { return nil }
    let text = ignoringCase ? "(?i)" + pattern : pattern
    if let problem = scope.checkRegex(text) {
      report("in this regular expression: \(problem)", at: expression.range)
      return nil
    }
    return .constant(.string(text), range: place(expression.range))
  }

  private func pattern(_ expression: Expression, _ context: ExpressionContext) -> String? {
    if case .regex(let text, let flags) = expression.kind {
      let unknown = flags.filter { !"ims".contains($0) }
      guard unknown.isEmpty else {
        report(
          "no flag '\(unknown)' of a regular expression",
          hint: "there are i (ignore case), m (lines), s (a dot matches line ends)",
          at: expression.range)
        return nil
      }
      return flags.isEmpty ? text : "(?\(flags))\(text)"
    }
    guard let value = check(expression, context) else { return nil }
    guard case .string(let text)? = value.constantValue else {
      report(
        "a regular expression is a constant", hint: "write /pattern/, or contains(a, b)",
        at: expression.range)
      return nil
    }
    return text
  }
}

extension Expression {
  /// Whether it is a `/regular expression/`.
  var isPattern: Bool {
    if case .regex = kind { return true }
    return false
  }
}
