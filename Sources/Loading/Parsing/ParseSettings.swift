import Calendars
import Columns
import Formats

/// What holds for all cells of a table.
struct ParseSettings: Sendable {
  let nulls: NullRule
  let zones: LocalZones
  let tuning: LoadTuning
  /// The most texts of a dictionary.
  var codeLimit = 4096
}

/// How one file is laid out.
struct FileLayout: Sendable {
  let format: RecordFormat
  let roster: FieldRoster

  /// The table's column of each field, so far.
  var columns: [Int] { roster.columns }
}

/// A segment without a value.
func nullSegment(of type: DataType, rows: Int) -> Segment {
  let values: Segment.Values
  switch type {
  case .bool: values = .bits(Bitmap(repeating: false, count: rows))
  case .float: values = .float64(zeros(rows))
  case .string:
    values = .text(TextSlice(offsets: zeros(rows + 1), bytes: BufferSlice(capacity: 0)))
  case .int, .date, .time, .duration: values = .int8(zeros(rows))
  }
  return Segment(
    rowCount: rows, values: values, validity: Bitmap(repeating: false, count: rows),
    statistics: SegmentStatistics(nullCount: rows))
}

private func zeros<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
  _ count: Int
) -> BufferSlice<Element> {
  let slice = BufferSlice<Element>(capacity: count)
  slice.pointer.update(repeating: 0, count: count)
  return slice
}

private func zeros(_ count: Int) -> BufferSlice<Double> {
  let slice = BufferSlice<Double>(capacity: count)
  slice.pointer.update(repeating: 0, count: count)
  return slice
}
