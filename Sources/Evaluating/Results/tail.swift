import Columns
import Plans

extension Evaluator {
  /// The last `count` rows; reads no more of the input than it must.
  func tail(
    _ plan: Plan, _ input: Plan, _ count: Int, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let pipeline = try pipeline(input, needing: needed, depth: depth + 1)
    if pipeline.conditions.isEmpty, let source = pipeline.source as? TableSource {
      let rows = source.table.rowCount
      let wanted = max(0, rows - max(0, count))..<rows
      return try self.rows(at: source.table.places(wanted), of: pipeline, plan, needing: needed)
    }
    let end = try endRows(pipeline, input, count, last: true, needing: needed)
    let wanted = max(0, end.rowCount - max(0, count))..<end.rowCount
    return try cut(end, wanted, plan, needing: needed)
  }
}
