import Columns
import Plans

/// What the statistics of a segment say about a condition.
enum SegmentDecision: Equatable {
  /// It is true of all rows: the segment needs no filter.
  case everyRow
  /// It is true of no row, and null for this many.
  case noRow(nulls: Int)
}

/// Decides a condition for a whole segment by the statistics of its columns, or gives nil.
///
/// `statistics` gives those of a column by its name in the input.
func decides(
  _ condition: ScalarExpression, rowCount: Int, statistics: (String) -> SegmentStatistics?
) -> SegmentDecision? {
  nil
}
