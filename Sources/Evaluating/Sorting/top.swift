import Columns
import Plans

extension Evaluator {
  /// The first rows by sort keys, of each partition in order of its first appearance.
  func top(
    _ plan: Plan, _ input: Plan, _ count: Int, _ keys: [SortKey], _ partition: [ScalarExpression],
    needing needed: Set<String>?, notesTies: Bool, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let count = max(0, count)
    let sortKeys = try resolved(keys.map(\.expression), depth: depth)
    let partition = try resolved(partition, depth: depth)
    let names = (sortKeys + partition).reduce(into: needed) { $0?.formUnion($1.columnNames) }
    if count > limits.topRows {
      let table = try table(input, needing: names, depth: depth + 1)
      if partition.isEmpty {
        if count >= table.rowCount {
          return try sorted(plan, table, sortKeys, keys, needing: needed)
        }
        if !notesTies, let all = try counted(plan, table, sortKeys, keys, needing: needed) {
          return try cut(all, 0..<count, plan, needing: needed)
        }
      }
      let groups = try firstSorted(
        table, sortKeys, keys.map(\.isDescending), partition, count)
      if notesTies { noteTies(groups.ties, count) }
      return try gathered(table, groups.places, plan, needing: needed)
    }
    let (pipeline, _) = try stored(input, needing: names, depth: depth + 1)
    let groups = try firstRows(
      pipeline, sortKeys, keys.map(\.isDescending), partition, count)
    if notesTies { noteTies(groups.ties, count) }
    return try rows(at: groups.places, of: pipeline, plan, needing: needed)
  }

  /// The first rows of each partition by sorting all.
  private func firstSorted(
    _ table: Table, _ keys: [ScalarExpression], _ isDescending: [Bool],
    _ partition: [ScalarExpression], _ count: Int
  ) throws(EvaluationFailure) -> (places: Store<RowPlace>, ties: [Int64]) {
    let sorted = try SortedKeys(self, table, keys, isDescending)
    if partition.isEmpty { return try firstOfAll(table, sorted, count) }
    let numbers = try groupNumbers(table, partition)
    let groupOf = numbers.integers
    let groupCount = (groupOf.elements.max() ?? -1) + 1
    var rows: [[Int]] = Array(repeating: [], count: Int(groupCount))
    var ties = [Int64](repeating: 0, count: Int(groupCount))
    let order = try sorted.order()
    for index in 0..<order.count {
      let row = Int(order.pointer[index])
      let group = Int(groupOf.pointer[row])
      if rows[group].count < count {
        rows[group].append(row)
      } else if let last = rows[group].last, sorted.areEqual(last, row) {
        ties[group] += 1
      }
    }
    let starts = table.segmentStarts
    let places = Store<RowPlace>()
    for row in rows.joined() { places.append(RowPlace(row: row, starts)) }
    return (places, ties)
  }

  /// The first rows of a whole table, of which only those are put in order.
  private func firstOfAll(
    _ table: Table, _ sorted: SortedKeys, _ count: Int
  ) throws(EvaluationFailure) -> (places: Store<RowPlace>, ties: [Int64]) {
    let order = try sorted.order(first: count)
    let found = min(count, order.count)
    let places = try places(of: order, 0..<found, in: table)
    guard found > 0 else { return (places, []) }
    // What ties with the last row stands right behind it: runs of equal words are in order to their end.
    let last = Int(order.pointer[found - 1])
    var end = found
    while end < order.count, sorted.areEqual(last, Int(order.pointer[end])) { end += 1 }
    return (places, [Int64(end - found)])
  }

  private func noteTies(_ ties: [Int64], _ count: Int) {
    let total = ties.reduce(0, +)
    if total == 0 || count == 0 { return }
    let rows = total == 1 ? "1 more row ties" : "\(total) more rows tie"
    let groups = ties.count { $0 > 0 }
    notes.add(
      ties.count == 1
        ? "\(rows) with the last" : "\(rows) with the last of \(groups) of \(ties.count) groups")
  }

  /// The places of the first rows, and the ties of each partition.
  func firstRows(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ isDescending: [Bool],
    _ partition: [ScalarExpression], _ count: Int
  ) throws(EvaluationFailure) -> (places: Store<RowPlace>, ties: [Int64]) {
    func facts(_ expression: ScalarExpression) -> ColumnFacts {
      pipeline.facts(pipeline.substituted(expression))
    }
    let sort = SortKeyLayout(
      keys.indices.map { (keys[$0].type, facts(keys[$0]), isDescending[$0]) })
    let (merged, _) = try grouped(
      pipeline, partition, fromEnd: isBetterAtEnd(pipeline, keys, isDescending)
    ) { grouping in
      AggregationLayout(
        grouping: grouping, first: count, by: keys, sort, facts: facts)
    }
    let tops = merged.parts.compactMap { $0.accumulators[0] as? any LeadingRows }
    try workers.run(tops.count) { _, part in tops[part].settleAll() }
    return try firstRows(of: merged, tops)
  }

  /// Whether the last rows of a table have better keys than the first, as the newest of a list that was
  /// written as it grew: read first, they leave little to be looked at of the rest.
  private func isBetterAtEnd(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], _ isDescending: [Bool]
  ) -> Bool {
    guard let key = keys.first, case .column(let name) = pipeline.substituted(key).node,
      let segments = (pipeline.source as? TableSource)?.table.column(name)?.segments,
      let first = segments.first?.statistics.integerRange,
      let last = segments.last?.statistics.integerRange
    else { return false }
    return isDescending[0]
      ? last.upperBound > first.upperBound : last.lowerBound < first.lowerBound
  }

  /// The places of the first rows, group after group, and the ties of each group.
  private func firstRows(
    of merged: MergedGroups, _ tops: [any LeadingRows]
  ) throws(EvaluationFailure) -> (places: Store<RowPlace>, ties: [Int64]) {
    let (groups, step) = (merged.places, 1 << 14)
    let portions = (merged.count + step - 1) / step
    let found = Portions<(places: Store<RowPlace>, ties: [Int64])>(count: portions)
    try workers.run(portions) { _, portion in
      let places = Store<RowPlace>()
      var ties: [Int64] = []
      for index in portion * step..<min(merged.count, (portion + 1) * step) {
        let (top, group) = (
          tops[Int(groups.pointer[index].part)], Int(groups.pointer[index].group)
        )
        top.appendPlaces(group, to: places)
        ties.append(top.tieCount(group))
      }
      found.set(portion, (places, ties))
    }
    let all = Store<RowPlace>(undefined: max(1, found.all.reduce(0) { $0 + $1.places.count }))
    var count = 0
    for (places, _) in found.all {
      (all.pointer + count).update(from: places.pointer, count: places.count)
      count += places.count
    }
    all.setCount(count)
    return (all, found.all.flatMap(\.ties))
  }

  /// A pipeline over a table in memory, so that its rows can be found again by place.
  func stored(
    _ input: Plan, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> (Pipeline, Table) {
    let pipeline = try pipeline(input, needing: needed, depth: depth)
    if let source = pipeline.source as? TableSource { return (pipeline, source.table) }
    let table = try collect(pipeline, input, needing: needed)
    return (Pipeline(TableSource(table, settings)), table)
  }

  /// The rows of a pipeline at places of its source, whose conditions they have passed.
  func rows(
    at places: Store<RowPlace>, of pipeline: Pipeline, _ plan: Plan, needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    guard let source = pipeline.source as? TableSource else {
      preconditionFailure("places of rows that are not in memory")
    }
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let outputs = fields.map { pipeline.substituted(.column($0)) }
    let names = outputs.reduce(into: Set<String>()) { $0.formUnion($1.columnNames) }
    var own = source.table.schema.fields.filter { names.contains($0.name) }
    // Constants only: some column must say how many rows there are.
    if own.isEmpty { own = Array(source.table.schema.fields.prefix(1)) }
    let columns = try gathered(own.compactMap { source.table.column($0.name) }, places)
    let picked = Table(name: "", schema: Schema(own), columns: columns)
    var again = Pipeline(TableSource(picked, settings))
    again.outputs = zip(fields, outputs).map { NamedExpression($0.name, $1) }
    return try collect(again, plan, needing: needed)
  }
}

extension Column {
  /// The values of an integer-stored column without nulls, one after the other.
  var integers: Store<Int64> {
    let all = Store<Int64>(undefined: max(1, rowCount))
    all.setCount(rowCount)
    var start = 0
    for segment in segments {
      Vector.of(segment: segment, type: type, rows: 0..<segment.rowCount)
        .widenToInt64(into: all.pointer + start)
      start += segment.rowCount
    }
    return all
  }
}
