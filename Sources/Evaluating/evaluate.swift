package import Plans

/// Computes a plan.
package func evaluate(_ plan: Plan, _ settings: EvaluationSettings) throws(EvaluationFailure)
  -> Evaluation
{
  switch plan.node {
  case .table(let table): return Evaluation(table: table, notes: [], steps: [])
  default: preconditionFailure("replaced by the evaluator")
  }
}
