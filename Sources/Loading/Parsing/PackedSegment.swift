import Columns
import Formats

/// A finished segment, or codes that still wait for the dictionary of the whole column.
enum PackedSegment: @unchecked Sendable {
  // @unchecked: `TextCodes` is changed by its worker alone, and read when the workers are done.
  case finished(Segment)
  case codes(PackedCodes)

  var nullCount: Int {
    switch self {
    case .finished(let segment): segment.statistics.nullCount
    case .codes(let codes): codes.nullCount
    }
  }
}

/// Codes of one worker's texts.
struct PackedCodes {
  let codes: BufferSlice<UInt16>
  let texts: TextCodes
  let rowCount: Int
  let nullCount: Int
  let validity: Bitmap?
}

/// One column of a chunk.
struct ParsedColumn: Sendable {
  var type = CellType.nothing
  var outcome = CellOutcome()
  var segments: [PackedSegment] = []
  /// Whether its texts were too many for a dictionary.
  var gaveUpCodes = false
  /// Nulls in segments that were not kept.
  private(set) var droppedNulls = 0

  /// Rows without a value.
  var nullCount: Int { segments.reduce(droppedNulls) { $0 + $1.nullCount } }

  /// Keeps what is known of the cells, and not the cells.
  mutating func dropCells() {
    droppedNulls = nullCount
    segments = []
  }
}
