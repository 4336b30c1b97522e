import Columns
import Formats
import Tasks

extension TableLoading {
  /// Puts the table, its rejects and the report together.
  func finish(
    _ draft: TableDraft, _ parsed: ParsedFiles
  ) throws -> (table: Table, rejects: Table?, report: LoadReport) {
    let outcomes = parsed.outcomes(columnCount: draft.names.count)
    let emptyIsFalse = parsed.emptyIsFalse
    let readTypes = readTypes(draft, parsed)
    let assembly = Assembly(
      files: parsed.files.map { ($0.chunks, $0.columns) }, types: readTypes,
      emptyIsFalse: Set(emptyIsFalse))
    let read = try workers.map(readTypes.count) { _, position in assembly.column(position) }
    let values = try known(draft.names, readTypes, read)
    let naming = Naming(
      originals: draft.names, types: values.types, columns: values.columns,
      doubted: Set(values.doubts.keys), raw: options.raw)
    var fields = naming.fields(values.types)
    var all = values.columns
    if draft.files.count > 1 {
      fields.append(Field(name: naming.free("file"), type: .string))
      all.append(fileColumn(draft, parsed))
    }
    let plain = Table(name: name, schema: Schema(fields), columns: all)
    let profile = try TableProfile(plain, naming: naming, options: options, workers: workers)
    var properties = profile.properties
    properties.sources = draft.files.map(\.source.path)
    var table = Table(
      name: name, schema: Schema(profile.fields), columns: all, properties: properties)
    let rejects = try rejectsTable(draft, parsed)
    var report = LoadReport(
      table: table, files: draft.files.map(\.source.path),
      byteCount: draft.files.reduce(0) { $0 + ($1.size ?? 0) },
      layout: LoadReport.layout(draft.files[0]), naming: naming, profile: profile)
    report.addFileNotes(draft.files)
    report.addRepairs(values.notes)
    report.addCounts(
      of: table, parsed: parsed, outcomes: outcomes, doubts: values.doubts,
      rejectLimit: tuning.rejectLimit)
    table = table.noting(report.notes)
    return (table, rejects, report)
  }

  /// Columns known by name or by all their cells as what they are: numbers as times, written counts as
  /// numbers, dates in an order of their own.
  func known(
    _ names: [String], _ types: [DataType], _ columns: [Column]
  ) throws -> KnownValues {
    var rules: ValueRules?
    if options.types {
      rules = ValueRules(
        zones: options.zones, nulls: settings.nulls, dates: options.dates, raw: options.raw)
    }
    return try KnownValues(
      names: names, types: types, columns: columns, rules: rules, workers: workers)
  }

  /// The types of the table's columns as they are read.
  func readTypes(_ draft: TableDraft, _ parsed: ParsedFiles) -> [DataType] {
    draft.names.indices.map { position in
      parsed.types[position].dataType ?? parsed.plans[position].traits.fixed
        ?? emptyType(position, draft)
    }
  }

  /// The type of a column without any value.
  private func emptyType(_ position: Int, _ draft: TableDraft) -> DataType {
    if options.raw || !options.types { return .string }
    return KnownColumns.match(draft.names[position])?.column.type ?? .string
  }

  /// The name of the file that each row came from.
  private func fileColumn(_ draft: TableDraft, _ parsed: ParsedFiles) -> Column {
    let paths = draft.files.map(\.source.path)
    guard paths.count <= TextDictionary.maximumCount else {
      let segments = zip(paths, parsed.files).flatMap { path, file in
        file.chunks.flatMap(\.segmentRows).flatMap { rows in
          Column(
            Array(repeating: Scalar.string(path), count: rows), of: .string, segmentRows: rows
          ).segments
        }
      }
      return Column(type: .string, segments: segments)
    }
    let dictionary = TextDictionary(paths)
    var segments: [Segment] = []
    for (code, file) in parsed.files.enumerated() {
      for rows in file.chunks.flatMap(\.segmentRows) {
        let values: Segment.Values
        if paths.count <= 256 {
          let codes = BufferSlice<UInt8>(capacity: rows)
          codes.pointer.update(repeating: UInt8(truncatingIfNeeded: code), count: rows)
          values = .codes8(codes, dictionary)
        } else {
          let codes = BufferSlice<UInt16>(capacity: rows)
          codes.pointer.update(repeating: UInt16(truncatingIfNeeded: code), count: rows)
          values = .codes16(codes, dictionary)
        }
        segments.append(
          Segment(rowCount: rows, values: values, statistics: SegmentStatistics(nullCount: 0)))
      }
    }
    return Column(type: .string, segments: segments)
  }

  /// The rows that could not be kept whole; nil when there are none.
  private func rejectsTable(_ draft: TableDraft, _ parsed: ParsedFiles) throws -> Table? {
    var rows: [[Scalar]] = []
    let isSeveral = draft.files.count > 1
    for (parser, chunks, _) in parsed.files where rows.count < tuning.rejectLimit {
      let around: [[Scalar]] = try parser.documentFaults().map {
        [.int(Int64($0.line)), .string($0.reason), .null]
      }
      let prefix: [Scalar] = isSeveral ? [.string(parser.draft.source.path)] : []
      rows += around.prefix(tuning.rejectLimit).map { prefix + $0 }
      for (lines, chunk) in zip(try parser.rejectLines(chunks), chunks) {
        for (line, reject) in zip(lines, chunk.rejects) where rows.count < tuning.rejectLimit {
          let raw = reject.raw.withUnsafeBufferPointer {
            String(decoding: repaired($0).text, as: UTF8.self)
          }
          let row: [Scalar] = [
            .int(Int64(line)), .string(reject.reason), .string(raw),
          ]
          rows.append(prefix + row)
        }
      }
    }
    if rows.isEmpty { return nil }
    let fields = [
      Field(name: "line", type: .int), Field(name: "reason", type: .string),
      Field(name: "raw", type: .string),
    ]
    return Table(
      name: name + "_rejects",
      fields: (isSeveral ? [Field(name: "file", type: .string)] : []) + fields, rows: rows)
  }
}

extension Table {
  /// The same with what loading it had to say, so that it is kept with the table.
  func noting(_ notes: [String]) -> Table {
    var properties = properties
    properties.loadNotes = notes
    return Table(name: name, schema: schema, columns: columns, properties: properties)
  }
}
