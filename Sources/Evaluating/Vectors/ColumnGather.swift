import Columns

/// Takes rows of a column in any order into new segments (sort, top, join).
///
/// Prepared once a column; `segment` may be called by several workers at once.
final class ColumnGather: Sendable {
  /// Prepares the addresses of the column's segments.
  init(_ column: Column) {
  }

  /// A segment of these rows; `RowPlace.none` gives null.
  func segment(_ rows: UnsafeBufferPointer<RowPlace>) -> Segment {
    preconditionFailure("not written yet")
  }
}

/// The rows of a column in this order, cut into segments of `segmentRows` rows.
func gather(
  _ column: Column, _ rows: UnsafeBufferPointer<RowPlace>, segmentRows: Int = 1 << 16
) -> [Segment] {
  let gather = ColumnGather(column)
  return stride(from: 0, to: rows.count, by: segmentRows).map { start in
    gather.segment(UnsafeBufferPointer(rebasing: rows[start..<min(start + segmentRows, rows.count)]))
  }
}
