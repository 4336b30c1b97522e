import Columns
import Plans

extension Evaluator {
  /// The last `count` rows; reads no more of the input than it must.
  func tail(
    _ plan: Plan, _ input: Plan, _ count: Int, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    if case .sort(let unsorted, let keys) = input.node {
      // The last rows of a sort need no sort of all.
      let step = steps.begin(input, depth: depth + 1)
      let last = try timed(step) { () throws(EvaluationFailure) in
        try lastSorted(input, unsorted, max(0, count), keys, needing: needed, depth: depth + 1)
      }
      step.setCount(last.rowCount)
      return last
    }
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

  /// The last `count` rows by sort keys, in order.
  private func lastSorted(
    _ plan: Plan, _ input: Plan, _ count: Int, _ keys: [SortKey], needing needed: Set<String>?,
    depth: Int
  ) throws(EvaluationFailure) -> Table {
    let expressions = try resolved(keys.map(\.expression), depth: depth)
    let names = expressions.reduce(into: needed) { $0?.formUnion($1.columnNames) }
    let table = try table(input, needing: names, depth: depth + 1)
    if let all = try counted(plan, table, expressions, keys, needing: needed) {
      return try cut(all, max(0, all.rowCount - count)..<all.rowCount, plan, needing: needed)
    }
    let sorted = try SortedKeys(self, table, expressions, keys.map(\.isDescending))
    let order = try sorted.order(first: count, fromEnd: true)
    let last = try places(of: order, max(0, order.count - count)..<order.count, in: table)
    return try gathered(table, last, plan, needing: needed)
  }
}
