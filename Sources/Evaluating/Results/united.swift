import Columns
import Plans

extension Evaluator {
  /// The rows of all plans one after the other, without copying a value.
  func united(
    _ plan: Plan, _ plans: [Plan], needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    var segments: [[Segment]] = fields.map { _ in [] }
    for input in plans {
      let own = needed.map { $0.intersection(input.schema.names) }
      let table = try table(input, needing: own, depth: depth + 1)
      for (position, field) in fields.enumerated() {
        if let column = table.column(named: field.name) {
          segments[position] += column.segments
        } else {
          segments[position] += table.segmentRowCounts.map { Segment(nulls: $0, of: field.type) }
        }
      }
    }
    return Table(
      name: "", schema: Schema(fields),
      columns: zip(fields, segments).map { Column(type: $0.type, segments: $1) },
      properties: plan.properties)
  }

  /// The rows of all plans as the source of a pipeline.
  func unitedPipeline(
    _ plan: Plan, _ plans: [Plan], needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Pipeline {
    let step = steps.begin(plan, depth: depth)
    var pipelines: [Pipeline] = []
    for input in plans {
      let own = needed.map { $0.intersection(input.schema.names) }
      pipelines.append(try pipeline(input, needing: own, depth: depth + 1))
    }
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    var pipeline = Pipeline(UnionSource(pipelines, schema: Schema(fields), self))
    pipeline.passing.append(step)
    return pipeline
  }
}

extension Table {
  /// The column of exactly this name.
  func column(named name: String) -> Column? {
    schema.fields.firstIndex { $0.name == name }.map { columns[$0] }
  }
}

extension Segment {
  /// Rows without a value.
  init(nulls rowCount: Int, of type: DataType) {
    self.init(
      copying: Vector(count: rowCount, type: type, storage: .constant(.null)))
  }
}
