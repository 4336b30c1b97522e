import Columns
package import Parsing
package import Plans

extension VerbCall {
  /// An expression of `window`: window functions under hidden names, and what is made of them and
  /// the columns of `plan`.
  package func windowed(
    _ expression: Expression, over plan: Plan
  ) -> (functions: [NamedWindow], value: ScalarExpression)? {
    let collector = WindowCollector(
      hasOrder: clause(.by) != nil, taken: Set(plan.schema.names))
    let context = ExpressionContext(rows: rows(over: plan), position: .windows(collector))
    guard let value = checker.check(expression, context) else { return nil }
    return (collector.functions, value)
  }
}
