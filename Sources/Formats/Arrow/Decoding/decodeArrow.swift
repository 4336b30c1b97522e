package import Calendars
package import Columns
package import Tasks

/// The columns of an Arrow file under the names that it has, as Decoy's types.
package struct DecodedArrow: Sendable {
  package internal(set) var names: [String] = []
  package internal(set) var types: [DataType] = []
  package internal(set) var columns: [Column] = []
  /// What is said in another way than in the file, with the column's name in front.
  package internal(set) var notes: [String] = []
  /// What Decoy itself noted of the table, where it wrote these rows: properties, and the names that
  /// columns had before.
  package internal(set) var saved: (properties: TableProperties, originalNames: [String?])?
}

/// Reads all values of an Arrow file, whoever wrote it, into memory.
///
/// Structures become a column for each part (`place.city`), lists and maps JSON text, decimals without
/// fraction integers and others floats, nanoseconds microseconds, binary data text or hexadecimal
/// digits. Rows are cut into segments of `segmentRows`. Times without a zone are of `zone`. O(cells).
/// - Throws: `ArrowProblem` for damage and what is not read, `Interrupted`.
package func decodeArrow(
  _ file: ArrowFile, segmentRows: Int, zone: TimeZoneRules, workers: Workers
) throws -> DecodedArrow {
  let cuts = stride(from: 0, to: file.rowCount, by: segmentRows).map {
    $0..<min($0 + segmentRows, file.rowCount)
  }
  let source = ArrowSource(file)
  var decoded = DecodedArrow()
  for leaf in ArrowLeaf.all(of: file.schema) {
    let rows = try LeafRows(leaf, source, cuts: cuts, workers: workers)
    var decoder = LeafDecoder(rows: rows, zone: zone, workers: workers)
    let column: Column
    do { column = try decoder.column() } catch let problem as ArrowProblem {
      throw problem.at("column '\(leaf.name)'")
    }
    decoded.names.append(leaf.name)
    decoded.types.append(column.type)
    decoded.columns.append(column)
    decoded.notes += decoder.notes.map { "\(leaf.name): \($0)" }
  }
  decoded.saved = savedFacts(of: file, decoded)
  if file.file.isDamaged { throw ArrowProblem.damaged("it became shorter while it was read") }
  return decoded
}

/// nil where another program wrote the file or changed its rows, as far as the numbers of nulls show.
private func savedFacts(
  of file: ArrowFile, _ decoded: DecodedArrow
) -> (properties: TableProperties, originalNames: [String?])? {
  let fields = file.schema.fields
  guard let properties = SnapshotMetadata.properties(file.schema.metadata),
    fields.map(\.name) == decoded.names, Set(decoded.names).count == fields.count,
    let text = file.schema.metadata.first(where: { $0.key == SnapshotStatistics.key })?.value,
    let statistics = SnapshotStatistics.read(
      text, batches: file.batches.count, columns: fields.count)
  else { return nil }
  for (position, column) in decoded.columns.enumerated() {
    guard statistics.reduce(0, { $0 + $1[position].nullCount }) == column.nullCount else {
      return nil
    }
  }
  return (
    properties,
    fields.map { field in
      field.metadata.first { $0.key == SnapshotMetadata.originalName }?.value
    }
  )
}
