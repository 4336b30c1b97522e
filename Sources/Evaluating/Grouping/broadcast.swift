import Columns
import Plans
import Tasks

extension Evaluator {
  /// All rows and columns, and for each row the aggregates of its partition.
  func broadcast(
    _ plan: Plan, _ input: Plan, _ partition: [ScalarExpression], _ aggregates: [NamedAggregate],
    needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let wanted = aggregates.filter { needed?.contains($0.name) ?? true }
    let keys = try resolved(partition, depth: depth)
    var names = needed.map { $0.intersection(input.schema.names) }
    for expression in keys + wanted.flatMap(\.call.arguments) {
      names?.formUnion(expression.columnNames)
    }
    let table = try table(input, needing: names, depth: depth + 1)
    var columns = table.schema.fields.indices.filter { position in
      needed?.contains(table.schema.fields[position].name) ?? true
    }.map { (table.schema.fields[$0], table.columns[$0]) }
    if !wanted.isEmpty {
      columns += try values(table, keys, wanted, depth: depth)
    }
    return Table(
      name: "", schema: Schema(columns.map(\.0)), columns: columns.map(\.1),
      properties: plan.properties)
  }

  /// The rows of a table with the aggregates of all, which are constants.
  func broadcastToAll(
    _ plan: Plan, _ input: Plan, _ aggregates: [NamedAggregate], needing needed: Set<String>?,
    depth: Int
  ) throws(EvaluationFailure) -> Pipeline {
    let step = steps.begin(plan, depth: depth)
    let wanted = try resolved(
      aggregates.filter { needed?.contains($0.name) ?? true }, depth: depth)
    var names = needed.map { $0.intersection(input.schema.names) }
    for argument in wanted.flatMap(\.call.arguments) { names?.formUnion(argument.columnNames) }
    let table = try table(input, needing: names, depth: depth + 1)
    var pipeline = Pipeline(TableSource(table, settings))
    pipeline.passing.append(step)
    if wanted.isEmpty { return pipeline }
    let results = try aggregate(Pipeline(TableSource(table, settings)), [], wanted)
    for (position, aggregate) in wanted.enumerated() {
      let value = try results.aggregate(position).segments[0].scalar(at: 0, of: aggregate.call.type)
      pipeline.outputs.append(
        NamedExpression(aggregate.name, .constant(value, type: aggregate.call.type)))
    }
    return pipeline
  }

  /// The aggregates of each row's partition, as columns cut like the table.
  private func values(
    _ table: Table, _ keys: [ScalarExpression], _ aggregates: [NamedAggregate], depth: Int
  ) throws(EvaluationFailure) -> [(Field, Column)] {
    let numbers = try groupNumbers(table, keys)
    // The groups' numbers become a column, by which the aggregates then go.
    var name = "group"
    while table.schema.field(name) != nil { name += "_" }
    let field = Field(name: name, type: .int)
    let numbered = Table(
      name: "", schema: Schema(table.schema.fields + [field]),
      columns: table.columns + [numbers])
    let results = try aggregate(
      Pipeline(TableSource(numbered, settings)), [.column(field)],
      try resolved(aggregates, depth: depth))
    var sources: [Column] = []
    for position in aggregates.indices { sources.append(try results.aggregate(position)) }
    return try zip(aggregates, sources).map { aggregate, column throws(EvaluationFailure) in
      let gather = ColumnGather(column)
      let segments = Portions<Segment>(count: numbers.segments.count)
      let scratch = PerWorker<Store<RowPlace>>(workers)
      try workers.run(numbers.segments.count) { worker, index throws(EvaluationFailure) in
        let places = try scratch.value(worker) { Store<RowPlace>() }
        write(numbers.segments[index], asPlacesIn: column, into: places)
        segments.set(
          index,
          gather.segment(
            UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: places.count)))
      }
      return (
        Field(name: aggregate.name, type: aggregate.call.type),
        Column(type: aggregate.call.type, segments: segments.all)
      )
    }
  }

  /// The places of groups among the cells of an aggregate.
  private func write(_ numbers: Segment, asPlacesIn cells: Column, into places: Store<RowPlace>) {
    places.reserve(max(1, numbers.rowCount))
    places.setCount(numbers.rowCount)
    let groups = UnsafeMutableRawPointer(places.pointer).assumingMemoryBound(to: Int64.self)
    Vector.of(segment: numbers, type: .int, rows: 0..<numbers.rowCount).widenToInt64(into: groups)
    // The places of a first segment are the numbers of its rows.
    if cells.segments.count <= 1 { return }
    for row in 0..<numbers.rowCount {
      let group = Int(groups[row])
      places.pointer[row] = RowPlace(
        segment: group / CellColumns.segmentRows, row: group % CellColumns.segmentRows)
    }
  }

  /// The number of each row's group, from 0 in order of first appearance, cut like the table.
  func groupNumbers(
    _ table: Table, _ keys: [ScalarExpression]
  ) throws(EvaluationFailure) -> Column {
    let source = TableSource(table, settings, bySegment: true)
    let pipeline = Pipeline(source)
    let grouping = GroupingLayout(
      keys: keys.map { KeyLayout($0, pipeline.facts($0)) }, rows: 0, trustsDomains: false)
    if let numbers = try scatteredNumbers(table, keys, grouping) { return numbers }
    let layout = AggregationLayout(
      grouping: grouping, aggregates: [], rowBound: 0, facts: { _ in .unknown })
    let crew = PerWorker<AggregationWorker>(workers)
    let numbers = Portions<(Int, Store<UInt32>)>(count: source.portionCount)
    try workers.run(source.portionCount) { worker, portion throws(EvaluationFailure) in
      let member = try crew.value(worker) { () throws(EvaluationFailure) in
        AggregationWorker(
          layout, try runner(pipeline, keys), blockRows: pipeline.source.blockRows)
      }
      let own = Store<UInt32>(capacity: 1 << 10)
      try member.run(portion) { rows in
        own.reserve(own.count + rows.count)
        (own.pointer + own.count).update(from: rows.groups, count: rows.count)
        own.setCount(own.count + rows.count)
      }
      numbers.set(portion, (worker, own))
    }
    return try translated(numbers.all, crew, layout)
  }

  /// The workers' own numbers as those of all groups together.
  private func translated(
    _ numbers: [(Int, Store<UInt32>)], _ crew: PerWorker<AggregationWorker>,
    _ layout: AggregationLayout
  ) throws(EvaluationFailure) -> Column {
    let members = crew.numbered
    let merged = try GroupMerging(
      layout, members.map(\.value), workers, smallGroups: limits.smallGroups
    )
    .merged(withLogs: true)
    var indexes = [Store<Int32>?](repeating: nil, count: workers.count)
    for (member, states) in zip(members, merged.logged) {
      indexes[member.worker] = merged.indexes(of: states)
    }
    let range = merged.count == 0 ? nil : 0...Int64(merged.count - 1)
    let segments = Portions<Segment>(count: numbers.count)
    try workers.run(numbers.count) { [indexes] _, index throws(EvaluationFailure) in
      let (worker, own) = numbers[index]
      let result = BufferSlice<Int32>(capacity: own.count)
      if let known = indexes[worker]?.pointer {
        for row in 0..<own.count { result.pointer[row] = known[Int(own.pointer[row])] }
      } else {
        result.pointer.update(repeating: 0, count: own.count)
      }
      let statistics = SegmentStatistics(nullCount: 0, integerRange: own.count == 0 ? nil : range)
      segments.set(
        index, Segment(rowCount: own.count, values: .int32(result), statistics: statistics))
    }
    return Column(type: .int, segments: segments.all)
  }
}
