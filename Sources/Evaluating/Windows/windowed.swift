import Columns
import Diagnostics
import Plans

extension Evaluator {
  /// All rows and columns, and the window functions of each row.
  func windowed(
    _ plan: Plan, _ input: Plan, _ order: [SortKey], _ partition: [ScalarExpression],
    _ functions: [NamedWindow], needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let wanted = functions.filter { needed?.contains($0.name) ?? true }
    let keys = try resolved(partition, depth: depth)
    let sortKeys = try resolved(order.map(\.expression), depth: depth)
    let calls = try resolved(wanted, depth: depth)
    var names = needed.map { $0.intersection(input.schema.names) }
    for expression in keys + sortKeys + calls.compactMap(\.call.argument) {
      names?.formUnion(expression.columnNames)
    }
    let table = try table(input, needing: names, depth: depth + 1)
    var columns = table.schema.fields.indices.filter { position in
      needed?.contains(table.schema.fields[position].name) ?? true
    }.map { (table.schema.fields[$0], table.columns[$0]) }
    if !wanted.isEmpty {
      let directions = order.map(\.isDescending)
      let frame = try WindowFrame(self, table, keys, zip(sortKeys, directions).map { ($0, $1) })
      let values = try windows(calls, frame)
      columns += zip(wanted, values).map { (Field(name: $0.name, type: $0.call.type), $1) }
    }
    return Table(
      name: "", schema: Schema(columns.map(\.0)), columns: columns.map(\.1),
      properties: plan.properties)
  }

  private func resolved(
    _ functions: [NamedWindow], depth: Int
  ) throws(EvaluationFailure) -> [NamedWindow] {
    var resolved: [NamedWindow] = []
    for function in functions {
      let call = function.call
      var argument: ScalarExpression?
      if let written = call.argument { argument = try self.resolved(written, depth: depth) }
      resolved.append(
        NamedWindow(
          function.name,
          WindowCall(
            call.function, argument, parameter: call.parameter, type: call.type, range: call.range)
        ))
    }
    return resolved
  }

  /// The columns of window functions, cut like the table.
  private func windows(
    _ functions: [NamedWindow], _ frame: WindowFrame
  ) throws(EvaluationFailure) -> [Column] {
    let arguments = try values(functions.compactMap(\.call.argument), frame.table)
    var unread = arguments[...]
    let inputs = functions.map { $0.call.argument == nil ? nil : unread.popFirst() }
    var columns = [Column?](repeating: nil, count: functions.count)
    for (position, function) in functions.enumerated() where columns[position] == nil {
      let call = function.call
      guard call.function.isRollingQuantile, let input = inputs[position] else {
        columns[position] = try window(call, inputs[position], frame)
        continue
      }
      // Those of one argument and k share their window.
      let mates = functions.indices.filter { other in
        let mate = functions[other].call
        return mate.function.isRollingQuantile && mate.parameter == call.parameter
          && sameBytes(mate.argument?.text, call.argument?.text)
      }
      let wanted = Set(mates.map { functions[$0].call.function })
      let found = try rollingQuantiles(input, call.parameter ?? 1, wanted, frame)
      for mate in mates { columns[mate] = found[functions[mate].call.function] }
    }
    return columns.compactMap { $0 }
  }

  /// The values of resolved expressions over a table, cut like it; stored columns as they are.
  private func values(
    _ expressions: [ScalarExpression], _ table: Table
  ) throws(EvaluationFailure) -> [Column] {
    if expressions.isEmpty { return [] }
    let columns = expressions.enumerated().map { NamedExpression("#\($0)", $1) }
    var pipeline = Pipeline(TableSource(table, settings))
    pipeline.outputs = columns
    let plan = Plan.table(table).projected(to: columns)
    return try collect(pipeline, plan, needing: nil).columns
  }

  private func window(
    _ call: WindowCall, _ input: Column?, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    guard let input else {
      return call.function == .rank ? try rank(frame) : try rowNumbers(frame)
    }
    let parameter = call.parameter ?? 1
    switch call.function {
    case .lag: return try shifted(input, by: parameter, forward: false, frame)
    case .lead: return try shifted(input, by: parameter, forward: true, frame)
    case .cumsum:
      return input.type == .float
        ? try floatSums(input, frame) : try integerSums(input, call, frame)
    case .runningMin: return try runningExtreme(input, isGreatest: false, frame)
    case .runningMax: return try runningExtreme(input, isGreatest: true, frame)
    case .rollingCount: return try rollingCount(input, parameter, frame)
    case .rollingMean: return try rollingMean(input, parameter, frame)
    case .rollingMedian, .rollingMAD, .rowNumber, .rank:
      preconditionFailure("\(call.function) is computed elsewhere")
    }
  }
}

extension WindowFunction {
  var isRollingQuantile: Bool { self == .rollingMedian || self == .rollingMAD }
}

/// Whether two texts have the same bytes, which Swift's equal strings need not have.
private func sameBytes(_ a: String?, _ b: String?) -> Bool {
  a.map { Array($0.utf8) } == b.map { Array($0.utf8) }
}
