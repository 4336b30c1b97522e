import Columns
import Plans

extension Evaluator {
  /// The first row of each combination of expressions, or of whole rows.
  func distinct(
    _ plan: Plan, _ input: Plan, _ expressions: [ScalarExpression], needing needed: Set<String>?,
    depth: Int
  ) throws(EvaluationFailure) -> Table {
    let keys =
      expressions.isEmpty
      ? input.schema.fields.map { ScalarExpression.column($0) }
      : try resolved(expressions, depth: depth)
    if case .sort(let rows, let sortKeys) = input.node {
      return try distinctSorted(
        plan, input, of: rows, sortKeys, keys, needing: needed, depth: depth + 1)
    }
    let names = keys.reduce(into: needed) { $0?.formUnion($1.columnNames) }
    let (pipeline, _) = try stored(input, needing: names, depth: depth + 1)
    return try distinct(plan, pipeline, keys, needing: needed)
  }

  /// The first row of each combination of expressions among the rows of a pipeline over a table in memory.
  func distinct(
    _ plan: Plan, _ pipeline: Pipeline, _ keys: [ScalarExpression], needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    let (merged, _) = try grouped(pipeline, keys) { grouping in
      AggregationLayout(grouping: grouping, aggregates: [], rowBound: 0, facts: { _ in .unknown })
    }
    let places = Store<RowPlace>(undefined: max(1, merged.count))
    places.setCount(merged.count)
    for index in 0..<merged.count {
      let place = merged.places.pointer[index]
      let first = merged.parts[Int(place.part)].firsts.pointer[Int(place.group)]
      places.pointer[index] = RowPlace(packed: Int(first))
    }
    return try rows(at: places, of: pipeline, plan, needing: needed)
  }
}
