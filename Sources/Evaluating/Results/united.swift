import Columns
import Plans

extension Evaluator {
  /// The rows of all plans one after the other; values are copied only where many short segments
  /// become long ones, so that tables put together again and again stay quick to read.
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
      columns: try zip(fields, lengthened(segments, fields)).map {
        Column(type: $0.type, segments: $1)
      },
      properties: plan.properties)
  }

  /// The segments of each column; joined to longer ones where there are many short ones.
  private func lengthened(
    _ columns: [[Segment]], _ fields: [Field]
  ) throws(EvaluationFailure) -> [[Segment]] {
    let count = columns.first?.count ?? 0
    let rows = columns.first?.reduce(0) { $0 + $1.rowCount } ?? 0
    // Columns of one table are cut at the same rows; anything else stays as it is.
    let isShort = count > Self.manySegments && rows / count < Self.shortSegment
    guard isShort, columns.allSatisfy({ $0.count == count }) else { return columns }
    let joined = try coalesced((0..<count).map { row in columns.map { $0[row] } }, fields)
    return fields.indices.map { column in joined.map { $0[column] } }
  }

  private static var manySegments: Int { 64 }
  private static var shortSegment: Int { 1 << 12 }

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
