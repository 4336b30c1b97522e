package import Columns

/// Writes a table as an Arrow file, or in the stream form, segment by segment.
///
/// A record batch for each segment, buffers at multiples of 64 bytes. Integers have the widest width
/// of the column's segments, times and durations are seconds or microseconds, repeated texts codes of
/// a dictionary. What Decoy knows beside the columns is in the schema's metadata; see
/// `SnapshotMetadata`. Memory is used for one segment at a time.
/// - Throws: `ArrowProblem` for what Arrow cannot hold, and what `sink` throws.
package func writeArrow(
  _ table: Table, isStream: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void
) throws {
  var outputs: [ArrowOutput] = []
  for (position, field) in table.schema.fields.enumerated() {
    do throws(ArrowProblem) {
      outputs.append(try ArrowOutput(table.columns[position], field, number: position))
    } catch { throw error.at("column '\(field.name)'") }
  }
  let statistics = SnapshotStatistics.text(
    table.columns.map { $0.segments.map(\.statistics) })
  let schema = ArrowSchema(
    fields: outputs.map(\.field),
    metadata: SnapshotMetadata.pairs(of: table) + [(SnapshotStatistics.key, statistics)])
  try withoutActuallyEscaping(sink) { sink in
    var writer = ArrowWriter(sink: sink, isStream: isStream)
    try writer.begin(schema)
    for output in outputs { try writer.writeDictionary(output) }
    for (index, rows) in table.segmentRowCounts.enumerated() {
      let columns = outputs.map { $0.buffers(index) }
      let nulls = table.columns.map { $0.segments[index].statistics.nullCount }
      try writer.writeBatch(rows: rows, nulls: nulls, columns)
    }
    try writer.end(schema)
  }
}
