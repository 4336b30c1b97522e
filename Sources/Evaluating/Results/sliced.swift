import Columns
import Plans
import Tasks

extension Evaluator {
  /// `count` rows from `offset`; reads no more of the input than it must.
  func sliced(
    _ plan: Plan, _ input: Plan, _ offset: Int, _ count: Int, needing needed: Set<String>?,
    depth: Int
  ) throws(EvaluationFailure) -> Table {
    let offset = max(0, offset)
    let (end, overflows) = offset.addingReportingOverflow(max(0, count))
    let wanted = offset..<(overflows ? Int.max : end)
    if case .sort(let unsorted, let keys) = input.node {
      // The first rows of a sort need no sort of all.
      let step = steps.begin(input, depth: depth + 1)
      let first = try timed(step) { () throws(EvaluationFailure) in
        try top(
          input, unsorted, wanted.upperBound, keys, [], needing: needed, notesTies: false,
          depth: depth + 1)
      }
      step.setCount(first.rowCount)
      return try cut(first, wanted, plan, needing: needed)
    }
    if let first = try startRows(input, wanted.upperBound, needing: needed, depth: depth + 1) {
      return try cut(first, wanted, plan, needing: needed)
    }
    let pipeline = try pipeline(input, needing: needed, depth: depth + 1)
    if pipeline.conditions.isEmpty, let source = pipeline.source as? TableSource {
      return try rows(
        at: source.table.places(wanted), of: pipeline, plan, needing: needed)
    }
    let count = wanted.upperBound
    if let first = try startRows(pipeline, input, count, needing: needed) {
      return try cut(first, wanted, plan, needing: needed)
    }
    let start = try endRows(pipeline, input, count, last: false, needing: needed)
    return try cut(start, wanted, plan, needing: needed)
  }

  /// At least the first or last rows of a pipeline; portions are read in waves until there are
  /// enough.
  func endRows(
    _ pipeline: Pipeline, _ plan: Plan, _ count: Int, last: Bool, needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    var next = 0
    var wave = workers.count
    var tables: [Table] = []
    var rows = 0
    let portionCount = pipeline.source.portionCount
    while next < portionCount && rows < count {
      let end = min(portionCount, next + wave)
      let portions = last ? portionCount - end..<portionCount - next : next..<end
      var part = Pipeline(PortionSource(pipeline.source, portions))
      part.conditions = pipeline.conditions
      part.outputs = pipeline.outputs
      part.passing = pipeline.passing
      tables.append(try collect(part, plan, needing: needed, isWhole: false))
      rows += tables.last?.rowCount ?? 0
      next = end
      wave *= 2
    }
    if tables.isEmpty { return plan.emptyTable(needing: needed) }
    if last { tables.reverse() }
    return tables.count == 1 ? tables[0] : tables[0].appending(tables.dropFirst())
  }

  /// The rows of a table in a range.
  func cut(
    _ table: Table, _ wanted: Range<Int>, _ plan: Plan, needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table {
    if wanted.lowerBound == 0 && wanted.upperBound >= table.rowCount { return table }
    return try gathered(table, table.places(wanted), plan, needing: needed)
  }
}

extension Plan {
  /// No rows.
  func emptyTable(needing needed: Set<String>?) -> Table {
    let fields = schema.fields.filter { needed?.contains($0.name) ?? true }
    return Table(
      name: "", schema: Schema(fields), columns: fields.map { Column(type: $0.type, segments: []) },
      properties: properties)
  }
}

extension Table {
  /// The places of a range of rows, as far as there are such rows.
  func places(_ rows: Range<Int>) -> Store<RowPlace> {
    let places = Store<RowPlace>()
    var first = 0
    for (segment, count) in segmentRowCounts.enumerated() {
      let own = rows.clamped(to: first..<first + count)
      for row in own { places.append(RowPlace(segment: segment, row: row - first)) }
      first += count
      if first >= rows.upperBound { break }
    }
    return places
  }

  /// These rows and those of tables of the same columns behind them; no value is copied.
  func appending(_ others: some Sequence<Table>) -> Table {
    let all = [self] + others
    let columns = schema.fields.indices.map { position in
      Column(
        type: schema.fields[position].type,
        segments: all.flatMap { $0.columns[position].segments })
    }
    return Table(name: "", schema: schema, columns: columns, properties: properties)
  }
}

/// Some portions of a source.
private struct PortionSource: BlockSource {
  private let source: any BlockSource
  private let portions: Range<Int>

  init(_ source: any BlockSource, _ portions: Range<Int>) {
    self.source = source
    self.portions = portions
  }

  var schema: Schema { source.schema }
  var inputs: [Pipeline] { source.inputs }
  var note: String? { source.note }
  var portionCount: Int { portions.count }
  var blockRows: Int { source.blockRows }
  var rowBound: Int { source.rowBound }
  func facts(_ column: String) -> ColumnFacts { source.facts(column) }
  func segmentRows(_ segment: Int) -> Int? { source.segmentRows(segment) }
  func statistics(_ column: String, segment: Int) -> SegmentStatistics? {
    source.statistics(column, segment: segment)
  }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    PortionReader(try source.makeReader(columns: columns, context), portions.lowerBound)
  }

  private final class PortionReader: BlockReader {
    private let reader: any BlockReader
    private let first: Int

    init(_ reader: any BlockReader, _ first: Int) {
      self.reader = reader
      self.first = first
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      try reader.read(portion + first, body)
    }
  }
}
