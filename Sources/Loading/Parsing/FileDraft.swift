import Calendars
import Columns
import Formats

/// What is known of a file before its rows are read.
struct FileDraft: Sendable {
  let source: SourceFile
  let encoding: TextEncoding
  let format: RecordFormat
  let header: FoundHeader
  /// Where the first row begins in the text.
  let dataStart: Int
  /// The line ends before the first row.
  let headerLines: Int
  /// The first rows, without the header.
  let sample: [[CSVSampleCell]]
  /// Whether line feeds come with carriage returns, as far as the sample shows.
  let hasCarriage: Bool
  let size: Int?
  /// The table that is read, where the file is a database.
  var databaseTable: String?

  var fieldCount: Int { max(1, header.names.count) }
}

/// Looks at the first part of a file.
func draft(
  _ source: SourceFile, options: LoadOptions, tuning: LoadTuning
) throws(LoadFailure) -> FileDraft {
  let file = try source.open()
  // A database gives UTF-8, whatever it keeps.
  let charset = file.databaseTable == nil ? options.charset : nil
  var limit = tuning.sampleSize
  while true {
    let head: TextHead
    do throws(ReadFailure) { head = try readHead(file, charset: charset, limit: limit) } catch {
      throw LoadFailure("'\(shown(source.path))' cannot be read: \(error.reason)")
    }
    if head.bytes.isEmpty { throw emptyFailure(source, head) }
    if let foreign = foreignFormat(head.bytes, path: source.path) { throw foreign }
    if file.databaseTable == nil, isJSON(head.bytes, path: source.path) {
      if let draft = try jsonDraft(source, head, size: file.size) {
        return draft
      }
      limit *= 8
      continue
    }
    var text = head.bytes
    if head.isAll, let last = text.last, last != 0x0A, last != 0x0D {
      text.append(text.contains(0x0A) || !text.contains(0x0D) ? 0x0A : 0x0D)
    }
    let note = file.databaseTable == nil ? DelimiterNote(text) : nil
    if let note { text.removeFirst(note.length) }
    if text.isEmpty, head.isAll { throw emptyFailure(source, head) }
    let dialect = guessDialect(
      text, isFinal: head.isAll,
      given: file.databaseTable != nil ? UInt8(ascii: ",") : options.delimiter ?? note?.delimiter,
      prefersTab: source.path.lowercased().contains(".tsv"))
    let sample = text.withUnsafeBufferPointer {
      CSVSample($0, isFinal: head.isAll, dialect: dialect, limit: tuning.sampleRows + 1)
    }
    // The first record is longer than what was read.
    if sample.records.isEmpty, !head.isAll, limit < 1 << 28 {
      limit *= 8
      continue
    }
    guard !sample.records.isEmpty else { throw emptyFailure(source, head) }
    let header = findHeader(
      sample.records, given: file.databaseTable != nil ? true : options.header)
    let skipped = header.isPresent ? 1 : 0
    let dataStart = header.isPresent ? sample.ends[0] : 0
    return FileDraft(
      source: source, encoding: head.encoding, format: .delimited(dialect), header: header,
      dataStart: head.markLength + (note?.length ?? 0) + dataStart,
      headerLines: (note == nil ? 0 : 1) + text.prefix(dataStart).count { $0 == dialect.newline },
      sample: Array(sample.records.dropFirst(skipped)),
      hasCarriage: text.prefix(1 << 16).contains(0x0D), size: file.size,
      databaseTable: file.databaseTable)
  }
}

func emptyFailure(_ source: SourceFile, _ head: TextHead) -> LoadFailure {
  if let warning = head.warning { return LoadFailure("'\(shown(source.path))': \(warning)") }
  return LoadFailure("'\(shown(source.path))' is empty", isEmptyFile: true)
}

/// What the cells of a field are, as far as a sample shows.
struct SampledField: Sendable {
  var kinds: CellKinds = []
  var format: ParsedTime.Format?
}

extension FileDraft {
  /// What the sample's cells of each field are; nil for those of columns that are text anyhow.
  func seen(columns: [ColumnTraits], nulls: NullRule, zone: TimeZoneRules) -> [SampledField?] {
    columns.enumerated().map { field, traits in
      if traits.fixed == .string { return nil }
      var seen = SampledField()
      for record in sample where field < record.count {
        let (bytes, isQuoted) = (record[field].bytes, record[field].isQuoted)
        bytes.withUnsafeBufferPointer { cell in
          seen.kinds.formUnion(sampleKind(cell, isQuoted: isQuoted, nulls, zone, &seen.format))
        }
      }
      return seen
    }
  }

  private func sampleKind(
    _ cell: UnsafeBufferPointer<UInt8>, isQuoted: Bool, _ nulls: NullRule, _ zone: TimeZoneRules,
    _ format: inout ParsedTime.Format?
  ) -> CellKinds {
    let plain = trimmed(cell)
    if plain.isEmpty { return isQuoted ? .quotedEmpty : [] }
    if nulls.isHard(plain) { return isQuoted ? .quotedEmpty : [] }
    if nulls.isSoft(plain) { return .softNull }
    return cellKind(plain, zone: zone, format: &format)
  }

  /// Whether a field's texts repeat so much that codes into a dictionary pay.
  func repeats(_ field: Int) -> Bool {
    let texts = sample.lazy.filter { field < $0.count && !$0[field].bytes.isEmpty }
    let count = texts.count
    return count >= 32 && Set(texts.map { $0[field].bytes }).count * 8 <= count
  }
}
