import Columns
import Plans

extension Evaluator {
  /// The rows of the input in the order of keys; rows of equal keys keep their order.
  func sorted(
    _ plan: Plan, _ input: Plan, _ keys: [SortKey], needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let expressions = try resolved(keys.map(\.expression), depth: depth)
    let names = expressions.reduce(into: needed) { $0?.formUnion($1.columnNames) }
    let table = try table(input, needing: names, depth: depth + 1)
    return try sorted(plan, table, expressions, keys, needing: needed)
  }

  /// The rows of a table in the order of keys, of which these are the resolved expressions.
  func sorted(
    _ plan: Plan, _ table: Table, _ expressions: [ScalarExpression], _ keys: [SortKey],
    needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    if let counted = try counted(plan, table, expressions, keys, needing: needed) { return counted }
    let places = try sortedPlaces(table, expressions, keys.map(\.isDescending))
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    var leading: (column: Int, isDescending: Bool)?
    if case .column(let name)? = expressions.first?.node,
      let place = fields.firstIndex(where: { $0.name == name }),
      fields[place].type.isStoredAsInteger
    {
      leading = (place, keys[0].isDescending)
    }
    return Table(
      name: "", schema: Schema(fields),
      columns: try placed(sources(table, fields), places, leading: leading),
      properties: plan.properties)
  }

  /// The only key as a table, where that is all that is needed, and its values are easily counted.
  func counted(
    _ plan: Plan, _ table: Table, _ expressions: [ScalarExpression], _ keys: [SortKey],
    needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table? {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    guard expressions.count == 1, case .column(let name) = expressions[0].node,
      fields.map(\.name) == [name], let column = table.column(name),
      let counts = try CountedIntegers(column, workers)
    else { return nil }
    let sorted = try counts.column(
      isDescending: keys[0].isDescending, segmentRows: CellColumns.segmentRows, workers)
    return Table(
      name: "", schema: Schema(fields), columns: [sorted], properties: plan.properties)
  }

  /// The columns of a table that some fields are of.
  private func sources(_ table: Table, _ fields: [Field]) -> [Column] {
    fields.map { field in
      guard let column = table.column(field.name) else {
        preconditionFailure("no column \(field.name) to gather")
      }
      return column
    }
  }

  /// The places of a table's rows in the order of keys.
  func sortedPlaces(
    _ table: Table, _ expressions: [ScalarExpression], _ isDescending: [Bool]
  ) throws(EvaluationFailure) -> Store<RowPlace> {
    let encoded = try SortedKeys(self, table, expressions, isDescending)
    let order = try encoded.order()
    return try places(of: order, 0..<order.count, in: table)
  }

  /// The places of a stretch of some rows, which are numbers in a table.
  func places(
    of rows: Store<UInt32>, _ stretch: Range<Int>, in table: Table
  ) throws(EvaluationFailure) -> Store<RowPlace> {
    let finder = SegmentFinder(table.segmentStarts)
    let count = stretch.count
    let places = Store<RowPlace>(undefined: max(1, count))
    places.setCount(count)
    let step = 1 << 16
    try workers.run((count + step - 1) / step) { _, portion throws(EvaluationFailure) in
      for index in portion * step..<min(count, (portion + 1) * step) {
        places.pointer[index] = finder.place(Int(rows.pointer[stretch.lowerBound + index]))
      }
    }
    return places
  }

  /// The rows at these places, with the needed columns.
  func gathered(
    _ table: Table, _ places: Store<RowPlace>, _ plan: Plan, needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    return Table(
      name: "", schema: Schema(fields), columns: try gathered(sources(table, fields), places),
      properties: plan.properties)
  }

  /// The rows of columns at these places, on all workers.
  func gathered(
    _ columns: [Column], _ places: Store<RowPlace>
  ) throws(EvaluationFailure) -> [Column] {
    let step = CellColumns.segmentRows
    let portions = (places.count + step - 1) / step
    let gathers = columns.map { ColumnGather($0) }
    let segments = Portions<Segment>(count: portions * columns.count)
    try workers.run(portions * columns.count) { _, index throws(EvaluationFailure) in
      let start = (index / columns.count) * step
      let rows = UnsafeBufferPointer(
        start: UnsafePointer(places.pointer + start), count: min(step, places.count - start))
      segments.set(index, gathers[index % columns.count].segment(rows))
    }
    let all = segments.all
    return columns.indices.map { position in
      Column(
        type: columns[position].type,
        segments: stride(from: position, to: all.count, by: columns.count).map { all[$0] })
    }
  }
}

extension RowPlace {
  /// The place of a row by its number, from where each segment starts.
  init(row: Int, _ starts: [Int]) {
    var low = 0
    var high = starts.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    self.init(segment: low, row: row - starts[low])
  }
}

/// Finds the segments of many rows by their numbers.
struct SegmentFinder: Sendable {
  private let starts: [Int]
  /// The segment of the first of each 1,024 rows.
  private let segments: Store<Int32>

  private static let stepBits = 10

  init(_ starts: [Int]) {
    self.starts = starts
    let rows = starts.last ?? 0
    let steps = rows >> SegmentFinder.stepBits + 1
    segments = Store(undefined: steps)
    var segment = 0
    for step in 0..<steps {
      while segment + 2 < starts.count && starts[segment + 1] <= step << SegmentFinder.stepBits {
        segment += 1
      }
      segments.pointer[step] = Int32(truncatingIfNeeded: segment)
    }
  }

  func place(_ row: Int) -> RowPlace {
    var segment = Int(segments.pointer[row >> SegmentFinder.stepBits])
    while segment + 2 < starts.count && starts[segment + 1] <= row { segment += 1 }
    return RowPlace(segment: segment, row: row - starts[segment])
  }
}
