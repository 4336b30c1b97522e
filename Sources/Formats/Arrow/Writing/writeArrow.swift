package import Columns
package import Tasks

/// Writes a table as an Arrow file, or in the stream form, segment by segment.
///
/// A record batch for each segment, buffers at multiples of 64 bytes. Integers have the widest width
/// of the column's segments, times and durations are seconds or microseconds, repeated texts codes of
/// a dictionary. What Decoy knows beside the columns is in the schema's metadata; see
/// `SnapshotMetadata`. Memory is used for two segments at a time: while one is written, the next one is
/// made by another of the `workers`, where given.
/// - Throws: `ArrowProblem` for what Arrow cannot hold, what `sink` throws, and `Interrupted`.
package func writeArrow(
  _ table: Table, isStream: Bool, on workers: Workers? = nil,
  to sink: (UnsafeRawBufferPointer) throws -> Void
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
    try write(table, outputs, workers ?? Workers(count: 1), &writer)
    try writer.end(schema)
  }
}

private func write(
  _ table: Table, _ outputs: [ArrowOutput], _ workers: Workers, _ writer: inout ArrowWriter
) throws {
  // Each is one worker's in a round of two, and read when both have ended.
  nonisolated(unsafe) var (sink, made) = (writer, OutputBatch?.none)
  defer { writer = sink }
  let count = table.segmentRowCounts.count
  for index in 0...count {
    let ready = made
    try workers.forEach(2) { _, task in
      if task == 0 {
        if let ready { try sink.write(ready) }
      } else {
        made = index < count ? OutputBatch(table, outputs, segment: index) : nil
      }
    }
  }
}
