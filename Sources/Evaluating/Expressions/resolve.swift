import Columns
import Diagnostics
import Plans

/// The expression with its plans computed: what `ExpressionProgram` takes.
///
/// A `scalarPlan` becomes a constant (no row gives null, more than one row is an error at its
/// place); the plan of an `isInPlan` becomes a binding that holds its table, from which the
/// program makes a set. Everything else stays; an expression without plans costs a walk.
func resolve(
  _ expression: ScalarExpression,
  _ evaluate: (Plan) throws(EvaluationFailure) -> Table
) throws(EvaluationFailure) -> ScalarExpression {
  func over(_ node: ScalarExpression.Node) -> ScalarExpression {
    ScalarExpression(node, type: expression.type, range: expression.range)
  }
  switch expression.node {
  case .column, .constant: return expression
  case .call(let function, let arguments):
    var resolved: [ScalarExpression] = []
    for argument in arguments { resolved.append(try resolve(argument, evaluate)) }
    return over(.call(function, resolved))
  case .isIn(let value, let set): return over(.isIn(try resolve(value, evaluate), set))
  case .isInPlan(let value, let plan):
    let binding = Binding(name: plan.sourceName, plan: plan)
    binding.keep(try evaluate(plan))
    return over(.isInPlan(try resolve(value, evaluate), .binding(binding)))
  case .scalarPlan(let plan):
    return over(.constant(try scalar(of: evaluate(plan), at: expression.range)))
  }
}

private func scalar(of table: Table, at range: SourceRange?) throws(EvaluationFailure) -> Scalar {
  if table.rowCount > 1 {
    throw .diagnostic(
      Diagnostic(
        "one value is wanted here, and this gives \(table.rowCount) rows",
        hint: "add an aggregate or 'take 1'", at: range, blame: .data))
  }
  return table.rowCount == 0 ? .null : table.row(0).first ?? .null
}
