import Columns
import Plans

extension Evaluator {
  /// The first row of each combination of expressions in the order of a sort, which is made of these rows alone.
  ///
  /// For few combinations: of many, sorting all rows is quicker.
  func distinctSorted(
    _ plan: Plan, _ sort: Plan, of input: Plan, _ keys: [SortKey],
    _ expressions: [ScalarExpression], needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let step = steps.begin(sort, depth: depth)
    let sortKeys = try resolved(keys.map(\.expression), depth: depth)
    let isDescending = keys.map(\.isDescending)
    var names = needed
    for key in sortKeys + expressions { names?.formUnion(key.columnNames) }
    let (pipeline, _) = try stored(input, needing: names, depth: depth + 1)
    return try timed(step) { () throws(EvaluationFailure) in
      guard try hasFewKeys(pipeline, expressions) else {
        let table = try collect(pipeline, input, needing: names)
        let all = try sorted(sort, table, sortKeys, keys, needing: names)
        step.setCount(all.rowCount)
        return try distinct(
          plan, Pipeline(TableSource(all, settings)), expressions, needing: needed)
      }
      let places = try firstRows(pipeline, sortKeys, isDescending, expressions, 1).places
      // Rows of equal keys keep their order.
      var elements = places.elements
      elements.sort()
      step.choose("the first of each combination")
      let first = try rows(at: places, of: pipeline, input, needing: names)
      step.setCount(first.rowCount)
      if plan.isOrderFree { return try cut(first, 0..<first.rowCount, plan, needing: needed) }
      return try sorted(plan, first, sortKeys, keys, needing: needed)
    }
  }

  /// Whether rows have few combinations of keys, as a block of them tells.
  private func hasFewKeys(
    _ pipeline: Pipeline, _ keys: [ScalarExpression]
  ) throws(EvaluationFailure) -> Bool {
    let grouping = GroupingLayout(
      keys: keys.map { KeyLayout($0, facts(pipeline, $0)) }, rows: pipeline.source.rowBound)
    if grouping.isDense { return true }
    let layout = AggregationLayout(
      grouping: grouping, aggregates: [], rowBound: 0, facts: { _ in .unknown })
    guard
      let scatter = ScatterLayout(
        layout, keys, rows: pipeline.source.rowBound, partRows: limits.partRows,
        { facts(pipeline, $0) })
    else { return false }
    return try !hasManyKeys(pipeline, keys, scatter)
  }
}
