import Columns
import Plans
import Tasks

extension Evaluator {
  /// The rows of a plan, with at least the needed columns (all when nil).
  func table(
    _ plan: Plan, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    if workers.cancellation.isRequested { throw .interrupted }
    // A table needs a column to have rows.
    let needed = needed.map { names in
      plan.schema.names.contains { names.contains($0) }
        ? names : Set(plan.schema.names.prefix(1))
    }
    switch plan.node {
    case .table(let table):
      steps.begin(plan, depth: depth).setCount(table.rowCount)
      return table
    case .binding(let binding):
      let step = steps.begin(plan, depth: depth)
      let table = try timed(step) { () throws(EvaluationFailure) in
        try self.table(binding, needing: needed, depth: depth + 1)
      }
      step.setCount(table.rowCount)
      return table
    case .filter, .project, .join:
      let pipeline = try pipeline(plan, needing: needed, depth: depth)
      return try collect(pipeline, plan, needing: needed)
    default: break
    }
    let step = steps.begin(plan, depth: depth)
    let table = try timed(step) { () throws(EvaluationFailure) in
      try broken(plan, needing: needed, step, depth: depth)
    }
    step.setCount(table.rowCount)
    return table
  }

  /// The steps that need all rows of their input before they give one.
  private func broken(
    _ plan: Plan, needing needed: Set<String>?, _ step: RunningStep, depth: Int
  ) throws(EvaluationFailure) -> Table {
    switch plan.node {
    case .aggregate(let input, let keys, let aggregates):
      return try aggregated(plan, input, keys, aggregates, needing: needed, step, depth: depth)
    case .broadcast(let input, let partition, let aggregates):
      return try broadcast(plan, input, partition, aggregates, needing: needed, depth: depth)
    case .window(let input, let order, let partition, let functions):
      return try windowed(
        plan, input, order, partition, functions, needing: needed, depth: depth)
    case .tail(let input, let count):
      return try tail(plan, input, count, needing: needed, depth: depth)
    case .sample(let input, let sampling, let partition):
      return try sampled(plan, input, sampling, partition, needing: needed, depth: depth)
    case .sort(let input, let keys):
      return try sorted(plan, input, keys, needing: needed, depth: depth)
    case .slice(let input, let offset, let count):
      return try sliced(plan, input, offset, count, needing: needed, depth: depth)
    case .top(let input, let count, let keys, let partition):
      return try top(
        plan, input, count, keys, partition, needing: needed, notesTies: true, depth: depth)
    case .distinct(let input, let expressions):
      return try distinct(plan, input, expressions, needing: needed, depth: depth)
    case .union(let plans):
      return try united(plan, plans, needing: needed, depth: depth)
    case .fill(let input, let fill):
      return try filled(plan, input, fill, needing: needed, depth: depth)
    case .expand(let input, let expansion):
      return try expanded(plan, input, expansion, needing: needed, depth: depth)
    case .analysis(let analysis, let inputs):
      return try analysed(plan, analysis, inputs, needing: needed, depth: depth)
    case .table, .binding, .filter, .project, .join:
      preconditionFailure("a step of a pipeline")
    }
  }
}
