import Columns

/// A segment of a table as it stands in an Arrow file.
struct OutputBatch {
  let rows: Int
  /// The number of nulls of each column.
  let nulls: [Int]
  /// The buffers of each column in the order of the format.
  let columns: [[BufferSlice<UInt8>]]
  /// That of each column.
  let checksums: [UInt64]

  /// Makes the buffers that are not there as they are wanted, and reads all.
  init(_ table: Table, _ outputs: [ArrowOutput], segment: Int) {
    rows = table.segmentRowCounts[segment]
    nulls = table.columns.map { $0.segments[segment].statistics.nullCount }
    columns = outputs.map { $0.buffers(segment) }
    checksums = columns.map { SnapshotChecksum.of($0) }
  }
}
