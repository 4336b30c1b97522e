import Calendars
import Columns
import Diagnostics
import Plans
import Tasks

extension Evaluator {
  /// Grouped rows, and empty ones for the periods that a combination of the other keys lacks.
  ///
  /// Cost: one pass of one worker over the groups, then gathering on all.
  func filled(
    _ plan: Plan, _ input: Plan, _ fill: PeriodFill, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let read = needed.map { $0.union(fill.keys + [fill.period]) }
    let table = try table(input, needing: read, depth: depth + 1)
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    guard let periods = table.column(fill.period) else {
      preconditionFailure("no column \(fill.period) to fill")
    }
    let rows = try FilledRows(
      periods, table.segmentStarts, groups: try groups(table, fill.keys), fill.step, settings,
      at: plan.range)
    var columns: [Column] = []
    let keys = Set(fill.keys)
    let sources = fields.map { table.column($0.name) }
    let own = fields.indices.filter { !keys.contains(fields[$0].name) }
    let owned = try gathered(own.compactMap { sources[$0] }, rows.places)
    let keyColumns = fields.indices.filter { keys.contains(fields[$0].name) }
      .compactMap { sources[$0] }
    try RepeatedTexts(keyColumns, at: plan.range)
      .check(rows.keyPlaces, segmentRows: CellColumns.segmentRows)
    let keyed = try gathered(keyColumns, rows.keyPlaces)
    var (nextOwn, nextKey) = (owned.makeIterator(), keyed.makeIterator())
    for field in fields {
      let column = keys.contains(field.name) ? nextKey.next() : nextOwn.next()
      if field.name == fill.period {
        columns.append(rows.periodColumn(field.type))
      } else if let column {
        columns.append(column)
      }
    }
    return Table(
      name: "", schema: Schema(fields), columns: columns, properties: plan.properties)
  }

  /// The number of each row's combination of keys, in order of first appearance.
  private func groups(
    _ table: Table, _ keys: [String]
  ) throws(EvaluationFailure) -> Store<Int64> {
    if keys.isEmpty { return Store(repeating: 0, count: table.rowCount) }
    let expressions = keys.compactMap { table.schema.field($0).map { ScalarExpression.column($0) } }
    return try groupNumbers(table, expressions).integers
  }
}

extension Column {
  /// Which rows are null.
  fileprivate var nullRows: [Bool] {
    segments.flatMap { segment in
      segment.validity == nil
        ? [Bool](repeating: false, count: segment.rowCount)
        : (0..<segment.rowCount).map { segment.isNull(at: $0) }
    }
  }
}

/// The rows of a filled table: for each, the row of the groups that it is or none, a row that has
/// its keys, and its period.
private struct FilledRows {
  /// The most rows that are added.
  static let limit = 1_000_000

  let places = Store<RowPlace>()
  let keyPlaces = Store<RowPlace>()
  private var periods: [Int64] = []
  private var isNull: [Bool] = []

  init(
    _ column: Column, _ starts: [Int], groups: Store<Int64>, _ step: PeriodFill.Step,
    _ settings: EvaluationSettings, at range: SourceRange?
  ) throws(EvaluationFailure) {
    let groupCount = Int(groups.elements.max() ?? -1) + 1
    let (own, nulls) = (column.integers, column.nullRows)
    let present = nulls.indices.filter { !nulls[$0] }.map { own.pointer[$0] }
    // One period more than may be added tells that it is too much.
    let most = (FilledRows.limit + nulls.count) / max(1, groupCount) + 1
    let all = PeriodSequence(step, column.type, settings.zone).all(holding: present, most: most)
    let (size, overflows) = groupCount.multipliedReportingOverflow(by: all.count)
    guard !overflows, size - present.count <= FilledRows.limit else {
      throw .diagnostic(
        Diagnostic(
          "fill would add more than 1,000,000 rows",
          hint: "take a longer period, or filter the times first", at: range, blame: .data))
    }
    let positions = Dictionary(
      zip(all, all.indices), uniquingKeysWith: { first, _ in first })
    var grid = Grid(groupCount, all.count)
    for row in nulls.indices {
      if row & 0xFFFF == 0, settings.workers.cancellation.isRequested { throw .interrupted }
      let position = nulls[row] ? nil : positions[own.pointer[row]]
      grid.set(row, group: Int(groups.pointer[row]), at: position)
    }
    for group in 0..<groupCount {
      if settings.workers.cancellation.isRequested { throw .interrupted }
      let key = RowPlace(row: Int(grid.firsts[group]), starts)
      for (position, period) in all.enumerated() {
        add(grid.rows[group * all.count + position], key, period, starts)
      }
      if grid.nulls[group] >= 0 { add(grid.nulls[group], key, nil, starts) }
    }
  }

  /// The rows of groups by combination of keys and period; -1 for none.
  private struct Grid {
    private let width: Int
    var rows: [Int32]
    /// The first row of each combination, and that of no period.
    var firsts: [Int32]
    var nulls: [Int32]

    init(_ groups: Int, _ width: Int) {
      self.width = width
      rows = [Int32](repeating: -1, count: groups * width)
      firsts = [Int32](repeating: -1, count: groups)
      nulls = firsts
    }

    mutating func set(_ row: Int, group: Int, at position: Int?) {
      let place = Int32(truncatingIfNeeded: row)
      if firsts[group] < 0 { firsts[group] = place }
      if let position { rows[group * width + position] = place } else { nulls[group] = place }
    }
  }

  private mutating func add(_ row: Int32, _ key: RowPlace, _ period: Int64?, _ starts: [Int]) {
    places.append(row < 0 ? .none : RowPlace(row: Int(row), starts))
    keyPlaces.append(key)
    periods.append(period ?? 0)
    isNull.append(period == nil)
  }

  /// The periods, cut like gathered columns.
  func periodColumn(_ type: DataType) -> Column {
    let starts = stride(from: 0, to: periods.count, by: CellColumns.segmentRows)
    return Column(
      type: type,
      segments: starts.map { start in
        let end = min(start + CellColumns.segmentRows, periods.count)
        let builder = CellBuilder(type, capacity: end - start)
        for row in start..<end { builder.append(isNull[row] ? .null : .integer(periods[row])) }
        return builder.finish()
      })
  }
}
