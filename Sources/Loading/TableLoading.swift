import Columns
import Formats
import Tasks

/// One run of `load`: from files to a table.
struct TableLoading {
  let name: String
  let options: LoadOptions
  let workers: Workers
  let tuning: LoadTuning

  /// The bytes that the system takes for a path.
  private static let longestPath = 4096

  var settings: ParseSettings {
    var nulls = NullRule.standard
    if !options.types { nulls = .emptyOnly }
    if let given = options.nulls { nulls = .only(given) }
    return ParseSettings(nulls: nulls, zones: options.zones, tuning: tuning)
  }

  func run(_ patterns: [String]) throws -> LoadedTable {
    let start = monotonicSeconds()
    // A text that is no path is not walked through letter by letter.
    if patterns.contains(where: { $0.utf8.count > TableLoading.longestPath }) {
      throw LoadFailure("the file name is too long")
    }
    let sources = try patterns.flatMap { try sourceFiles($0, table: options.table) }
    if let arrow = try arrowTable(sources) { return arrow }
    var drafts: [FileDraft] = []
    var skipped: [String] = []
    let found = try workers.map(sources.count) { _, index in
      let tuning = tuning.sampling(file: index, of: sources.count)
      let file = try draftUnlessEmpty(sources[index], of: sources.count, tuning)
      return FoundDraft(file: file)
    }
    for (source, draft) in zip(sources, found) {
      if let file = draft.file {
        drafts.append(file)
      } else {
        skipped.append("'\(shown(source.path))' is empty: it was left out")
      }
    }
    if drafts.isEmpty { throw LoadFailure("all \(sources.count) files are empty") }
    var table = TableDraft(drafts, raw: options.raw)
    let parsed = try parse(&table)
    var result = try finish(table, parsed)
    result.report.seconds = monotonicSeconds() - start
    result.report.addWarnings(skipped)
    return LoadedTable(table: result.table, rejects: result.rejects, report: result.report)
  }

  /// What is known of a file before its rows are read; nil when it is an empty one of several.
  private func draftUnlessEmpty(
    _ source: SourceFile, of count: Int, _ tuning: LoadTuning
  ) throws -> FileDraft? {
    do {
      return try draft(source, options: options, tuning: tuning)
    } catch {
      if count > 1, error.isEmptyFile { return nil }
      throw error
    }
  }

  /// Reads all files, and again what the end showed to be of another type.
  ///
  /// Without `keepsCells` nothing is read again, and only what the columns are is known.
  func parse(_ table: inout TableDraft, keepsCells: Bool = true) throws -> ParsedFiles {
    let isKnown = table.files.allSatisfy { $0.encoding.isPlain && $0.size != nil }
    let total = table.files.reduce(0) { $0 + ($1.size ?? 0) }
    workers.progress.begin(total: isKnown ? total : 0)
    let expected = isKnown ? total : 1 << 26
    let threads = isKnown && total <= tuning.chunkSize ? 1 : workers.count
    let memories = (0..<threads).map { _ in
      WorkerMemory(expectedBytes: expected, chunkSize: tuning.chunkSize)
    }
    var workers = workers
    if threads < workers.count {
      workers = Workers(
        count: threads, cancellation: workers.cancellation, progress: workers.progress)
    }
    let options = options
    let board = PlanBoard(
      try table.plans(options: options, settings: settings, workers: self.workers),
      names: table.names,
      traits: { options.traits($0) })
    var files: [(parser: FileParser, chunks: [ParsedChunk])] = []
    for (number, file) in table.files.enumerated() {
      let parser = try FileParser(
        number, draft: file, columns: table.layouts[number], board: board, settings: settings,
        workers: workers,
        memories: memories)
      files.append((parser, try parser.parse(board: board, keepsCells: keepsCells)))
    }
    let types = finalTypes(board.current)
    let final = plans(board, types)
    for index in files.indices where keepsCells {
      files[index].chunks = try again(files[index].parser, files[index].chunks, final)
    }
    return arranged(files, board, types, &table)
  }

  /// Puts the columns in the order of the table, now that all are known.
  private func arranged(
    _ files: [(parser: FileParser, chunks: [ParsedChunk])], _ board: PlanBoard,
    _ types: [CellType], _ table: inout TableDraft
  ) -> ParsedFiles {
    let (names, plans) = (board.names, board.current)
    let layouts = files.map { $0.parser.layout.columns }
    let late = LateColumns(
      names: names, known: table.names.count,
      files: zip(files, layouts).map { ($0.chunks, $1) })
    table.rename(late.order.map { names[$0] })
    return ParsedFiles(
      files: zip(files, layouts).map { file, columns in
        (file.parser, file.chunks, columns.map { late.places[$0] })
      },
      plans: late.order.map { plans[$0] }, types: late.order.map { types[$0] },
      finalPlans: self.plans(board, types))
  }

  /// The types of all columns now that all cells are known.
  private func finalTypes(_ plans: [ColumnPlan]) -> [CellType] {
    plans.map { CellType(of: $0.kinds, traits: $0.traits) }
  }

  /// The plans by which cells are read again: the final types, no dictionaries.
  private func plans(_ board: PlanBoard, _ types: [CellType]) -> [ColumnPlan] {
    var plans = board.current
    for position in plans.indices {
      plans[position].type = types[position]
      plans[position].usesCodes = false
    }
    return plans
  }

  /// Reads the columns of chunks again that were read as another type than the column's, or not kept.
  func again(
    _ parser: FileParser, _ chunks: [ParsedChunk], _ plans: [ColumnPlan]
  ) throws -> [ParsedChunk] {
    let types = parser.layout.columns.map { plans[$0].type }
    let wanted = chunks.map { $0.fields(unlike: types) }
    if wanted.allSatisfy(\.isEmpty) { return chunks }
    let result = try parser.parseAgain(chunks, wanted: wanted, plans: plans)
    for (chunk, fields) in zip(result, wanted) {
      for field in fields {
        let column = chunk.columns[field]
        if column.outcome.isRefused || column.segments.count != chunk.segmentRows.count {
          throw ReadFailure(reason: "the file changed while it was read")
        }
      }
    }
    return result
  }
}

/// A file that was looked at; nil when it is an empty one.
private struct FoundDraft: Sendable {
  let file: FileDraft?
}

/// All files of a table, read.
struct ParsedFiles {
  /// Each with the table's column of each field; -1 for fields that are left out.
  let files: [(parser: FileParser, chunks: [ParsedChunk], columns: [Int])]
  let plans: [ColumnPlan]
  let types: [CellType]
  /// The plans by which cells are read again, of all columns met.
  let finalPlans: [ColumnPlan]

  /// The columns in which only `1` occurs, so that empty means false.
  var emptyIsFalse: [Int] {
    types.indices.filter { position in
      types[position] == .bool && plans[position].traits.isFlag
        && plans[position].kinds.subtracting([.softNull, .quotedEmpty]) == .one
    }
  }

  /// What all cells of each column are together.
  func outcomes(columnCount: Int) -> [CellOutcome] {
    var totals = [CellOutcome](repeating: CellOutcome(), count: columnCount)
    for (_, chunks, columns) in files {
      for chunk in chunks {
        for (position, column) in zip(columns, chunk.columns) where position >= 0 {
          totals[position].add(column.outcome)
        }
      }
    }
    return totals
  }
}
