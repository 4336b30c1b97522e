import Columns
import Plans
import Statistics

extension Evaluator {
  /// Rows drawn by seed and number of row, in their order.
  func sampled(
    _ plan: Plan, _ input: Plan, _ sampling: Sampling, _ partition: [ScalarExpression],
    needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let keys = try resolved(partition, depth: depth)
    let names = keys.reduce(into: needed) { $0?.formUnion($1.columnNames) }
    let table = try table(input, needing: names, depth: depth + 1)
    let drawing = RowDrawing(seed: sampling.seed, rowCount: table.rowCount)
    let rows: [Int]
    switch sampling.size {
    case .chance(let chance): rows = try drawing.rows(chance: chance, workers)
    case .rows(let count):
      if keys.isEmpty {
        rows = try drawing.rows(count, workers)
      } else {
        let numbers = try partitionNumbers(table, keys)
        let grouped = try numbers.grouped(nil, rowCount: table.rowCount, workers)
        rows = try drawing.rows(count, of: grouped, workers)
      }
    }
    let finder = SegmentFinder(table.segmentStarts)
    let places = Store<RowPlace>(capacity: max(1, rows.count))
    for row in rows { places.append(finder.place(row)) }
    return try gathered(table, places, plan, needing: needed)
  }
}
