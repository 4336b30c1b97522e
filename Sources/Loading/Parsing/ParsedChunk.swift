import Formats

/// A record that could not be kept whole.
struct RejectedRecord: Sendable {
  /// The line in the chunk, from 0.
  let line: Int
  /// Where it begins in the text.
  let offset: Int
  let reason: String
  let raw: [UInt8]
}

/// What one chunk of a file gave.
struct ParsedChunk: Sendable {
  let index: Int
  /// Where its first record begins and its last ends, in the text.
  var start = 0
  var end = 0
  /// The rows of each segment.
  var segmentRows: [Int] = []
  /// By column of the file.
  var columns: [ParsedColumn] = []
  var rejects: [RejectedRecord] = []
  var rejectCount = 0
  var findings = BlockFindings()
  /// Fields that were not known before reading, in the order in which they come up here.
  var lateFields: [Int] = []
  /// Line ends in the chunk; only counted where it cannot be read again anywhere.
  var lineCount = 0

  var rowCount: Int { segmentRows.reduce(0, +) }

  /// Keeps what is known of the columns, and not their cells.
  mutating func dropCells() {
    for index in columns.indices { columns[index].dropCells() }
  }

  /// The fields whose cells are read again to be of some types, by field.
  ///
  /// Nothing but nulls is nothing in every type, unless their text counts.
  func fields(unlike types: [CellType]) -> [Int] {
    columns.indices.filter { field in
      let column = columns[field]
      if column.type == types[field], !column.segments.isEmpty { return false }
      let isNothing = column.type == .nothing && types[field] != .string
      let seen = column.outcome.seen
      return !isNothing
        && !(column.type == .nothing && seen.isDisjoint(with: [.softNull, .quotedEmpty]))
    }
  }
}
