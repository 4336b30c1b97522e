package import Columns
import Formats
import Glibc
package import Tasks

/// A table that is read twice instead of being held: once for its types, once for its rows, part by part.
///
/// Memory is bounded by the chunks that are read at a time, whatever the size of the file.
package struct TableParts {
  package let schema: Schema
  package internal(set) var report: LoadReport
  private let loading: TableLoading
  private let draft: TableDraft
  private let parsed: ParsedFiles

  /// Passes the rows on in order, as tables of this schema.
  ///
  /// - Throws: `LoadFailure` where the file cannot be read again, and what `body` throws.
  package func forEach(_ body: (Table) throws -> Void) throws {
    let workers = loading.workers
    let types = loading.readTypes(draft, parsed)
    let emptyIsFalse = Set(parsed.emptyIsFalse)
    workers.progress.begin(total: report.byteCount)
    for (parser, chunks, columns) in parsed.files {
      let step = 2 * workers.count
      for start in stride(from: 0, to: chunks.count, by: step) {
        if workers.cancellation.isRequested { throw LoadFailure("interrupted") }
        let some = Array(chunks[start..<min(chunks.count, start + step)])
        let read = try read(parser, some)
        let assembly = Assembly(
          files: [(read, columns)], types: types, emptyIsFalse: emptyIsFalse)
        let made = try workers.map(types.count) { _, position in assembly.column(position) }
        try body(Table(name: loading.name, schema: schema, columns: made))
        workers.progress.advance(by: some.reduce(0) { $0 + $1.end - $1.start })
      }
    }
  }

  private func read(
    _ parser: FileParser, _ chunks: [ParsedChunk]
  ) throws(LoadFailure) -> [ParsedChunk] {
    do { return try loading.again(parser, chunks, parsed.finalPlans) } catch {
      throw LoadFailure("'\(shown(parser.draft.source.path))' cannot be read again")
    }
  }

  fileprivate init(_ loading: TableLoading, _ draft: TableDraft, _ parsed: ParsedFiles) {
    self.loading = loading
    self.draft = draft
    self.parsed = parsed
    let types = loading.readTypes(draft, parsed)
    schema = Schema(zip(draft.names, types).map { Field(name: $0, type: $1) })
    report = LoadReport(
      parts: schema, name: loading.name, draft: draft, parsed: parsed,
      rejectLimit: loading.tuning.rejectLimit)
  }
}

extension TableLoading {
  /// A file's rows part by part, without recognition; nil where the file is small, several files, or of a
  /// kind that cannot be read in pieces.
  func parts(_ pattern: String) throws -> TableParts? {
    let start = monotonicSeconds()
    // Asked of the system: what is opened to look at it, a pipe for one, cannot be read from its start again.
    var status = stat()
    guard pattern != "-", stat(pattern, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) >= tuning.partsFrom
    else { return nil }
    let source = SourceFile(path: pattern, table: options.table)
    guard try source.arrowFile() == nil else { return nil }
    let file = try draft(source, options: options, tuning: tuning)
    guard file.encoding.isPlain, !file.format.isDocument, file.databaseTable == nil,
      file.size != nil
    else { return nil }
    var table = TableDraft([file], raw: true)
    let parsed = try parse(&table, keepsCells: false)
    var parts = TableParts(self, table, parsed)
    parts.report.seconds = monotonicSeconds() - start
    return parts
  }
}

/// The rows of a large file part by part, as they are there; nil for others, which `load` reads.
///
/// Options are those of a load with `raw`. Files from 256 MiB on, of lines, not packed.
package func tableParts(
  _ pattern: String, as name: String, options: LoadOptions, workers: Workers,
  tuning: LoadTuning = LoadTuning()
) throws(LoadFailure) -> TableParts? {
  let loading = TableLoading(name: name, options: options, workers: workers, tuning: tuning)
  return try failures(of: shown(pattern)) { try loading.parts(pattern) }
}
