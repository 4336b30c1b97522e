import Columns
import Plans
import Synchronization

extension Plan {
  /// The plan over fewer rows, where it makes groups, different rows or unions of them by columns of many values:
  /// `matching` leaves those of a plan that have wanted values in some columns.
  ///
  /// The rows of this plan that have wanted values in `keys` stay as they are, in their order. nil where no row
  /// can be told, or where what is not computed then might be an error or is counted for a note.
  func overRows(
    of keys: [String], _ matching: (Plan, [String]) -> Plan
  ) -> Plan? {
    // A float key says not all of a value: -0 and 0 are one.
    if keys.contains(where: { schema.field($0)?.type == .float }) { return nil }
    let plan: Plan
    switch node {
    case .aggregate(let input, let groups, let aggregates):
      guard let own = groups.sources(of: keys), groups.allSatisfy(\.expression.isSilent),
        aggregates.allSatisfy({ $0.call.arguments.allSatisfy(\.isSilent) })
      else { return nil }
      plan = input.over(own, matching).aggregated(by: groups, aggregates, range: range)
    case .distinct(let input, let expressions):
      let names = expressions.isEmpty ? schema.names : expressions.compactMap(\.columnName)
      guard keys.allSatisfy(names.contains) else { return nil }
      plan = input.over(keys, matching).distinct(on: expressions, range: range)
    case .union(let inputs):
      plan = .union(inputs.map { $0.over(keys, matching) }, range: range)
    case .project(let input, let columns):
      guard let own = columns.sources(of: keys), columns.allSatisfy(\.expression.isSilent),
        let fewer = input.overRows(of: own, matching)
      else { return nil }
      plan = fewer.projected(to: columns, range: range)
    default: return nil
    }
    return isOrderFree ? plan.inAnyOrder : plan
  }

  /// Whether rows would be told by such keys.
  fileprivate func hasRows(of keys: [String]) -> Bool {
    var areTold = false
    let plan = overRows(of: keys) { rows, _ in
      areTold = true
      return rows
    }
    return plan != nil && areTold
  }

  private func over(_ keys: [String], _ matching: (Plan, [String]) -> Plan) -> Plan {
    overRows(of: keys, matching) ?? (hasStored(keys) ? matching(self, keys) : self)
  }

  /// Whether these columns are those of a table in memory, so that they are quick to read, and one has so many
  /// values that groups of them take longer than to look each up.
  private func hasStored(_ keys: [String]) -> Bool {
    switch node {
    case .table(let table):
      return keys.allSatisfy { schema.field($0) != nil }
        && keys.contains { table.column($0)?.hasManyValues ?? false }
    case .filter(let input, _): return input.hasStored(keys)
    case .project(let input, let columns):
      guard columns.allSatisfy(\.expression.isSilent) else { return false }
      return columns.sources(of: keys).map(input.hasStored) ?? false
    default: return false
    }
  }

  /// The rows of the tables below, together.
  var tableRows: Int {
    switch node {
    case .table(let table): table.rowCount
    case .aggregate(let input, _, _), .distinct(let input, _), .project(let input, _),
      .filter(let input, _):
      input.tableRows
    case .union(let inputs): inputs.reduce(0) { $0 + $1.tableRows }
    default: 0
    }
  }
}

extension [NamedExpression] {
  /// The columns of the input that columns are; nil where one is computed.
  fileprivate func sources(of names: [String]) -> [String]? {
    let sources = names.compactMap { name in first { $0.name == name }?.expression.columnName }
    return sources.count == names.count ? sources : nil
  }
}

extension ScalarExpression {
  /// Whether nobody notices that it is not computed.
  fileprivate var isSilent: Bool { !canFault && !countsLosses }
}

extension Column {
  /// Whether the values of nearly all of some rows differ, so that there are thousands at least.
  fileprivate var hasManyValues: Bool {
    let wanted = 512
    let step = max(1, rowCount / wanted)
    var (seen, count): (Set<Scalar>, Int) = ([], 0)
    for segment in segments {
      if case .codes8 = segment.values { return false }
      if case .codes16 = segment.values { return false }
      for row in stride(from: 0, to: segment.rowCount, by: step) {
        let value = segment.scalar(at: row, of: type)
        if value == .null { continue }
        seen.insert(value)
        count += 1
      }
    }
    return seen.count * 10 > count * 9
  }
}

extension Evaluator {
  /// The right side of a join over fewer rows, where few left rows are joined to groups or unions of many; nil
  /// where it stays.
  ///
  /// The left's keys are read once more for that, so they must be quick to read: columns of a table in memory.
  func narrowed(
    _ right: Plan, _ rightKeys: [ScalarExpression], by left: Pipeline,
    _ leftKeys: [ScalarExpression]
  ) throws(EvaluationFailure) -> Plan? {
    let names = rightKeys.compactMap(\.columnName)
    let limit = right.tableRows / 8
    guard limit >= 1 << 13, !names.isEmpty, names.count == rightKeys.count,
      left.source is TableSource, !left.conditions.isEmpty || left.source.rowBound <= limit,
      right.hasRows(of: names),
      let wanted = try keyTable(left.uncounted, leftKeys, limit: limit)
    else { return nil }
    return right.overRows(of: names) { rows, own in
      let keys = zip(own, wanted.schema.fields).map { name, field in
        (
          left: ScalarExpression(.column(name), type: field.type),
          right: ScalarExpression.column(field)
        )
      }
      return .join(
        Join(left: rows, right: .table(wanted), kind: .semi, keys: keys, rightColumns: []))
    }
  }

  /// The keys of a pipeline's rows; nil when there are more than `limit`.
  private func keyTable(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], limit: Int
  ) throws(EvaluationFailure) -> Table? {
    let fields = keys.enumerated().map { Field(name: "key \($0)", type: $1.type) }
    let found = Portions<[Segment]>(count: pipeline.source.portionCount)
    let runners = PerWorker<(PipelineRunner, [SegmentBuilder])>(workers)
    let total = Atomic<Int>(0)
    try workers.run(pipeline.source.portionCount) { worker, portion throws(EvaluationFailure) in
      if total.load(ordering: .relaxed) > limit { return }
      let (runner, builders) = try runners.value(worker) { () throws(EvaluationFailure) in
        (
          try self.runner(pipeline, keys, context: contextOfSecondReading),
          fields.map { SegmentBuilder(type: $0.type) }
        )
      }
      var rows = 0
      try runner.run(portion) { block throws(EvaluationFailure) in
        rows += block.passedCount
        for (builder, vector) in zip(builders, block.vectors) {
          builder.append(vector, selection: block.selection)
        }
      }
      if rows == 0 { return }
      found.set(portion, builders.map { $0.finish() })
      total.wrappingAdd(rows, ordering: .relaxed)
    }
    if total.load(ordering: .relaxed) > limit { return nil }
    let segments = found.all
    let columns = fields.indices.map { position in
      Column(type: fields[position].type, segments: segments.map { $0[position] })
    }
    return Table(name: "", schema: Schema(fields), columns: columns)
  }
}
