import CMapping
package import Columns

/// An Arrow file that Decoy wrote, opened without reading its values.
package struct Snapshot: Sendable {
  package let schema: Schema
  package let columns: [Column]
  package let properties: TableProperties
  /// The number of different texts of each column that has a dictionary.
  package let distinctCounts: [Int?]

  /// nil where another program wrote the file, or rewrote it, or where its values must be converted.
  ///
  /// O(batches · columns), whatever the number of rows.
  package init?(_ file: ArrowFile) throws(ArrowProblem) {
    guard let properties = SnapshotMetadata.properties(file.schema.metadata),
      let mark = file.footer(SnapshotStatistics.markKey)
    else { return nil }
    let names = file.schema.fields.map(\.name)
    let forms = file.schema.fields.compactMap { SnapshotForm($0) }
    guard forms.count == names.count, Set(names).count == names.count,
      file.batches.allSatisfy({ $0.codec == nil })
    else { return nil }
    guard mark == SnapshotStatistics.mark(of: file.schema),
      let statistics = Snapshot.statistics(of: file), let checksums = Snapshot.checksums(of: file)
    else { throw .damaged("its footer is not that of its columns") }
    var columns: [Column] = []
    var fields: [Field] = []
    var distinctCounts: [Int?] = []
    for (position, field) in file.schema.fields.enumerated() {
      let dictionary = try Snapshot.dictionary(of: field, file, checksums)
      let shared = MappedColumn(name: field.name, form: forms[position], dictionary: dictionary)
      var firstRow = 0
      var segments: [Segment] = []
      for (index, (batch, own)) in zip(file.batches, statistics).enumerated() {
        let place = file.dictionaries.count + index * names.count + position
        let segment = try Snapshot.segment(
          file.file, shared, batch.parts[position], firstRow, own[position], checksums[place])
        segments.append(segment)
        firstRow += batch.rowCount
      }
      columns.append(Column(type: shared.form.type, segments: segments))
      let original = field.metadata.first { $0.key == SnapshotMetadata.originalName }?.value
      fields.append(Field(name: field.name, type: shared.form.type, originalName: original))
      distinctCounts.append(dictionary?.count)
    }
    guard file.file.setStandIns(Snapshot.standIns(file, columns, forms)) else { return nil }
    self.columns = columns
    self.properties = properties
    self.distinctCounts = distinctCounts
    schema = Schema(fields)
  }

  private static func statistics(of file: ArrowFile) -> [[SegmentStatistics]]? {
    guard let text = file.schema.metadata.first(where: { $0.key == SnapshotStatistics.key })?.value
    else { return nil }
    return SnapshotStatistics.read(
      text, batches: file.batches.count, columns: file.schema.fields.count)
  }

  private static func checksums(of file: ArrowFile) -> [UInt64]? {
    let count = file.dictionaries.count + file.batches.count * file.schema.fields.count
    guard let text = file.footer(SnapshotChecksum.key), let all = SnapshotChecksum.read(text),
      all.count == count
    else { return nil }
    return all
  }

  private static func dictionary(
    of field: ArrowField, _ file: ArrowFile, _ checksums: [UInt64]
  ) throws(ArrowProblem) -> MappedDictionary? {
    guard let id = field.dictionary?.id else { return nil }
    let own = file.dictionaries.indices.filter { file.dictionaries[$0].id == id }
    guard own.count == 1, file.dictionaries[own[0]].batch.codec == nil,
      let part = file.dictionaries[own[0]].batch.parts.first,
      part.rowCount <= TextDictionary.maximumCount, part.rowCount > 0, part.nullCount == 0
    else { throw .damaged("\(fieldName(field)) has not one dictionary") }
    return MappedDictionary(
      file.file, name: fieldName(field), part: part, checksum: checksums[own[0]])
  }

  private static func segment(
    _ file: MappedFile, _ column: MappedColumn, _ part: ArrowPart, _ firstRow: Int,
    _ statistics: SegmentStatistics, _ checksum: UInt64
  ) throws(ArrowProblem) -> Segment {
    let isEmpty = statistics.nullCount == part.rowCount
    guard part.nullCount == statistics.nullCount,
      (statistics.integerRange != nil) == (column.form.isInteger && !isEmpty),
      !statistics.isAscending || column.form.isInteger && statistics.nullCount == 0
    else { throw .damaged("column '\(column.name)': its statistics are of another column") }
    if let range = statistics.integerRange {
      let limit = column.form.width == 8 ? Int64.max : 1 << Int64(8 * column.form.width - 1) - 1
      let scale = column.form.scale
      guard range.lowerBound % scale == 0, range.upperBound % scale == 0,
        range.lowerBound / scale >= -limit - 1, range.upperBound / scale <= limit
      else { throw .damaged("column '\(column.name)': its statistics are of another column") }
    }
    return Segment(
      rowCount: part.rowCount, scale: column.form.scale, statistics: statistics,
      source: MappedSegment(
        file, column, part, firstRow: firstRow, statistics: statistics, checksum: checksum))
  }

  /// What takes the place of lost values, so that whoever is reading them meanwhile stays unharmed.
  private static func standIns(
    _ file: ArrowFile, _ columns: [Column], _ forms: [SnapshotForm]
  ) -> [decoy_stand_in] {
    var all: [decoy_stand_in] = []
    for (index, batch) in file.batches.enumerated() {
      for (position, part) in batch.parts.enumerated() {
        let form = forms[position]
        let range = columns[position].segments[index].statistics.integerRange
        var value: Int64 = 0
        var width = form.width
        if form.isInteger { value = (range?.lowerBound ?? 0) / form.scale }
        if form.store == .text { (value, width) = (Int64(part.buffers[2].count), 4) }
        if value == 0 { continue }
        let place = part.buffers[1]
        all.append(
          decoy_stand_in(
            start: UInt64(place.lowerBound), end: UInt64(place.upperBound), value: value,
            width: UInt32(width)))
      }
    }
    return all.sorted { $0.start < $1.start }
  }
}
