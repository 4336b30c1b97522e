package import Plans

/// Computes a plan.
///
/// The result is the same for any number of workers and any cut of the tables into segments. Throws
/// the first error of the data in order of rows, or `interrupted` when asked to stop.
package func evaluate(_ plan: Plan, _ settings: EvaluationSettings) throws(EvaluationFailure)
  -> Evaluation
{
  let evaluator = Evaluator(settings)
  if case .columnsRead(let later) = settings.keeping {
    for plan in [plan] + later { evaluator.readings.add(plan, settings.planning) }
  }
  let table = try evaluator.settled(evaluator.table(plan, needing: nil, depth: 0))
  return Evaluation(
    table: table, notes: evaluator.notes.notes + evaluator.context.conversions.notes,
    steps: evaluator.steps.steps)
}
