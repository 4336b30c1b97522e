import Columns
import Plans

extension Evaluator {
  /// Several rows for each row, made blockwise on all workers.
  func expanded(
    _ plan: Plan, _ input: Plan, _ expansion: RowExpansion, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let read = Set(fields.map(\.name)).subtracting(expansion.madeNames)
      .union(expansion.columnNames)
    let table = try table(input, needing: read, depth: depth + 1)
    let kept = fields.map { expansion.madeNames.contains($0.name) ? nil : table.column($0.name) }
    let gathers = kept.compactMap { $0.map { ColumnGather($0) } }
    let repeated = RepeatedTexts(kept.compactMap { $0 }, at: plan.range)
    let sources = RepeatedTexts(
      expansion.columnNames.compactMap { table.column($0) }, at: plan.range)
    let chunks = table.chunks(of: expansion.chunkRows)
    let made = Portions<ExpandedChunk>(count: chunks.count)
    let maker = expansion.maker(table, withPlaces: !gathers.isEmpty)
    try workers.run(chunks.count) { _, index throws(EvaluationFailure) in
      try sources.check(chunks[index])
      var chunk = maker(chunks[index])
      try repeated.check(chunk.places, segmentRows: chunk.places.count)
      chunk.kept = gathers.map { $0.segment(UnsafeBufferPointer(chunk.places.elements)) }
      made.set(index, chunk)
    }
    let parts = made.all
    let columns = fields.indices.map { position in
      let field = fields[position]
      // The columns that stay come in their own order.
      let own = kept[..<position].count { $0 != nil }
      return Column(
        type: field.type,
        segments: parts.compactMap { part in
          kept[position] == nil ? part.made[field.name] : part.kept[own]
        })
    }
    noteKept(parts.reduce(0) { $0 + $1.otherCount }, expansion)
    return Table(
      name: "", schema: Schema(fields), columns: columns, properties: plan.properties)
  }

  private func noteKept(_ count: Int, _ expansion: RowExpansion) {
    guard count > 0, case .elements(let column) = expansion else { return }
    notes.add(
      count == 1
        ? "1 cell of '\(column)' is no JSON array and stays as it is"
        : "\(count) cells of '\(column)' are no JSON array and stay as they are")
  }
}

/// The rows that come from a chunk of the input.
struct ExpandedChunk: Sendable {
  /// The row of the input that each row comes from, where columns are kept.
  let places: Store<RowPlace>
  /// The columns that the expansion makes, by name.
  let made: [String: Segment]
  /// Cells that were nothing to expand.
  var otherCount = 0
  var kept: [Segment] = []
}

/// Rows of one segment that are expanded together; the first is a multiple of 64.
struct RowChunk: Sendable {
  let segment: Int
  let rows: Range<Int>
}

extension Table {
  /// All rows in chunks of at most so many.
  fileprivate func chunks(of count: Int) -> [RowChunk] {
    segmentRowCounts.enumerated().flatMap { segment, rows in
      stride(from: 0, to: rows, by: count).map { start in
        RowChunk(segment: segment, rows: start..<min(rows, start + count))
      }
    }
  }
}

extension RowExpansion {
  /// The rows of the input that are worked on together: about a segment of the output.
  fileprivate var chunkRows: Int {
    switch self {
    case .columns(let columns, _, _):
      max(64, CellColumns.segmentRows / max(1, columns.count) & ~63)
    case .elements, .parts: 1 << 14
    }
  }

  /// What makes the rows of a chunk; the rows that they come from need not be told without `withPlaces`.
  fileprivate func maker(
    _ table: Table, withPlaces: Bool
  ) -> @Sendable (RowChunk) -> ExpandedChunk {
    switch self {
    case .columns(let names, let name, let value):
      let columns = names.compactMap { table.column($0) }
      let unpivoted = UnpivotedColumns(names, columns, name: name, value: value)
      return { unpivoted.chunk($0) }
    case .elements(let name):
      let segments = table.column(name)?.segments ?? []
      return { ExplodedArrays(name, segments[$0.segment]).chunk($0) }
    case .parts(let name, let separator):
      let segments = table.column(name)?.segments ?? []
      return { chunk in
        ExplodedParts(name, segments[chunk.segment], separator).chunk(
          chunk, withPlaces: withPlaces)
      }
    }
  }
}
