import Columns
import Tasks

/// The rows of a table in memory; an ordinal is the packed place of the row.
struct TableSource: BlockSource {
  /// Some rows of one segment.
  private struct Piece {
    let segment: Int
    let rows: Range<Int>
  }

  let table: Table
  private let settings: EvaluationSettings
  private let pieces: [Piece]
  private let portions: [Range<Int>]
  let blockRows: Int

  private static let portionRows = 1 << 16

  /// Portions of about 65,536 rows, or exactly the segments; of the first `limit` rows alone.
  init(
    _ table: Table, _ settings: EvaluationSettings, bySegment: Bool = false, limit: Int = Int.max
  ) {
    self.table = table
    self.settings = settings
    var pieces: [Piece] = []
    var portions: [Range<Int>] = []
    var start = 0
    var rows = 0
    var left = limit
    for (segment, rowCount) in table.segmentRowCounts.enumerated() {
      let count = min(rowCount, left)
      left -= count
      let step = bySegment || count < 4 * TableSource.portionRows ? count : TableSource.portionRows
      for first in stride(from: 0, to: count, by: max(1, step)) {
        pieces.append(Piece(segment: segment, rows: first..<min(first + step, count)))
        rows += min(step, count - first)
        if bySegment || rows >= TableSource.portionRows {
          portions.append(start..<pieces.count)
          start = pieces.count
          rows = 0
        }
      }
      if bySegment && count == 0 { portions.append(pieces.count..<pieces.count) }
    }
    if start < pieces.count { portions.append(start..<pieces.count) }
    self.pieces = pieces
    // Small tables need little scratch memory.
    let longest = pieces.reduce(1) { max($0, $1.rows.count) }
    blockRows = min(settings.blockRows, (longest + 63) & ~63)
    self.portions = portions
  }

  /// The first rows alone.
  func leading(_ count: Int) -> TableSource { TableSource(table, settings, limit: count) }

  /// The same rows in blocks four times as long.
  var inLongBlocks: TableSource {
    var settings = settings
    settings.blockRows *= 4
    return TableSource(table, settings)
  }

  var schema: Schema { table.schema }
  var portionCount: Int { portions.count }
  var rowBound: Int { table.rowCount }

  func facts(_ column: String) -> ColumnFacts {
    table.column(column).map { ColumnFacts($0) } ?? .unknown
  }

  func statistics(_ column: String, segment: Int) -> SegmentStatistics? {
    table.column(column)?.segments[segment].statistics
  }

  func segmentRows(_ segment: Int) -> Int? { table.columns.first?.segments[segment].rowCount }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    TableReader(self, columns)
  }

  /// Reads the blocks of a portion for one worker.
  private final class TableReader: BlockReader, LateColumns {
    private let source: TableSource
    private let columns: [Int]
    private var fewRows: [Int: FewRows] = [:]
    /// Those of the last block; written again in place once nobody else has them.
    private var vectors: [Vector?]

    init(_ source: TableSource, _ columns: [Int]) {
      self.source = source
      self.columns = columns
      vectors = Array(repeating: nil, count: source.table.columns.count)
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      let step = source.blockRows
      for piece in source.pieces[source.portions[portion]] {
        for first in stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: step) {
          if source.settings.workers.cancellation.isRequested { throw .interrupted }
          let rows = first..<min(first + step, piece.rows.upperBound)
          let ordinal = RowPlace(segment: piece.segment, row: first).packed
          try body(block(piece.segment, rows), Int64(ordinal))
          source.settings.workers.progress.advance(by: rows.count)
        }
      }
    }

    private func block(_ segment: Int, _ rows: Range<Int>) -> Block {
      let table = source.table
      var isWhole = true
      for position in columns {
        let column = table.columns[position]
        let own = column.segments[segment]
        if unread(own) == nil {
          vectors[position] = Vector.of(segment: own, type: column.type, rows: rows)
        } else {
          vectors[position] = nil
          isWhole = false
        }
      }
      return Block(
        rowCount: rows.count, columns: vectors, selection: nil, segment: segment,
        firstRow: rows.lowerBound, lateColumns: isWhole ? nil : self)
    }

    /// What the rows of a segment have still to be taken from.
    private func unread(_ segment: Segment) -> PlacedSegment? {
      guard let source = segment.source as? PlacedSegment, !source.isMade else { return nil }
      return source
    }

    func read(_ positions: [Int], into block: inout Block, passed: Int) {
      let rows = block.firstRow..<block.firstRow + block.rowCount
      for position in positions where block.columns[position] == nil {
        let column = source.table.columns[position]
        let segment = column.segments[block.segment]
        // Most rows of a segment are taken at once: others may want them, too.
        guard let selection = block.selection, passed * 8 <= block.rowCount,
          let placed = unread(segment)
        else {
          block.columns[position] = Vector.of(segment: segment, type: column.type, rows: rows)
          continue
        }
        let few = fewRows[position] ?? FewRows()
        fewRows[position] = few
        block.columns[position] = few.vector(
          placed, segment, column.type, rows: rows, selection: selection)
      }
    }
  }
}
