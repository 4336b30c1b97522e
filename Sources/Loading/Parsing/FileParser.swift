import Columns
import Formats
import Synchronization
import Tasks

/// What each worker keeps from file to file.
final class WorkerMemory: @unchecked Sendable {
  // @unchecked: a worker touches its own alone.
  let buffer: ChunkBuffer
  let arena: Arena
  /// The parser of the file that is read now.
  var parser: (file: Int, parser: ChunkParser)?

  init(expectedBytes: Int, chunkSize: Int) {
    buffer = ChunkBuffer(capacity: min(expectedBytes, chunkSize + 1 << 17) + 256)
    arena = Arena(expected: expectedBytes)
  }
}

/// Reads one file into chunks of columns.
final class FileParser: Sendable {
  let draft: FileDraft
  let layout: FileLayout
  private let settings: ParseSettings
  let feed: any ChunkFeed
  private let file: OpenFile
  private let workers: Workers
  private let memories: [WorkerMemory]
  /// Tells this file from the others of the table.
  private let number: Int

  init(
    _ number: Int, draft: FileDraft, columns: [Int], board: PlanBoard, settings: ParseSettings,
    workers: Workers,
    memories: [WorkerMemory]
  ) throws {
    self.number = number
    self.draft = draft
    self.settings = settings
    self.workers = workers
    self.memories = memories
    layout = FileLayout(
      format: draft.format,
      roster: FieldRoster(names: draft.header.names, columns: columns, board: board))
    file = try draft.source.open()
    if draft.encoding.isPlain, !draft.format.isDocument, let descriptor = file.descriptor,
      let size = file.size
    {
      feed = FileFeed(
        descriptor: descriptor, size: size, dataStart: draft.dataStart, format: draft.format,
        fieldCount: columns.count, tuning: settings.tuning)
    } else {
      feed = try StreamFeed(
        stream: recordStream(file, draft.encoding, draft.format), dataStart: draft.dataStart,
        format: draft.format, fieldCount: columns.count, tuning: settings.tuning)
    }
  }

  /// What was wrong with the bytes, once all are read.
  var warning: String? { (feed as? StreamFeed)?.warning }

  private var threadCount: Int { max(1, min(workers.count, feed.chunkCount ?? workers.count)) }

  /// Reads all columns by the board's plans.
  ///
  /// `keepsCells`: whether the values are wanted, or only what the columns are.
  func parse(board: PlanBoard, keepsCells: Bool = true) throws -> [ParsedChunk] {
    let ledger = ChunkLedger(board: board, roster: layout.roster)
    try workers.forEach(threadCount) { worker, _ in
      let memory = memories[worker]
      let parser = try makeParser(memory)
      while var span = try feed.next(into: memory.buffer) {
        if workers.cancellation.isRequested { throw Interrupted() }
        var chunk = try parser.parse(
          &span, in: memory.buffer, from: feed, plans: plans(of: board))
        if feed.chunkCount == nil { chunk.lineCount = lines(memory.buffer, span) }
        if !keepsCells { chunk.dropCells() }
        ledger.add(chunk)
        workers.progress.advance(by: span.limit - span.start)
        giveUpCodes(chunk, board)
      }
    }
    // Chunks of a stream are cut where records end.
    if feed.chunkCount == nil { return ledger.chunks }
    var chunks = try withoutGaps(ledger.chunks, board: board)
    if !keepsCells { for index in chunks.indices { chunks[index].dropCells() } }
    return chunks
  }

  private func lines(_ buffer: ChunkBuffer, _ span: ChunkSpan) -> Int {
    let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer.base), count: span.count)
    return lineCount(bytes, newline: layout.format.lineEnd)
  }

  /// The worker's parser for this file; its codes go on from chunk to chunk.
  private func makeParser(_ memory: WorkerMemory) throws(ReadFailure) -> ChunkParser {
    if let (file, parser) = memory.parser, file == number { return parser }
    let isPlain = draft.encoding.isPlain
    let parser = try ChunkParser(
      layout: layout, settings: settings, arena: memory.arena,
      expectedBytes: isPlain ? draft.size ?? .max : .max)
    memory.parser = (number, parser)
    return parser
  }

  private func plans(of board: PlanBoard) -> [ColumnPlan] {
    let plans = board.current
    return layout.columns.map { plans[$0] }
  }

  /// A column whose texts were too many for a dictionary gets none in the chunks to come.
  private func giveUpCodes(_ chunk: ParsedChunk, _ board: PlanBoard) {
    for (column, parsed) in zip(layout.columns, chunk.columns) where parsed.gaveUpCodes {
      board.giveUpCodes(column)
    }
  }

  /// Reads the chunks again that do not begin where the one before ends.
  private func withoutGaps(_ chunks: [ParsedChunk], board: PlanBoard) throws -> [ParsedChunk] {
    var sure: [ParsedChunk] = []
    for chunk in chunks {
      guard let end = sure.last?.end, end != chunk.start else {
        sure.append(chunk)
        continue
      }
      var replacement = ParsedChunk(index: chunk.index)
      (replacement.start, replacement.end) = (end, end)
      replacement.columns = layout.columns.map { _ in ParsedColumn() }
      if let limit = feed.limit(ofChunk: chunk.index), limit > end,
        var span = try feed.chunk(chunk.index, from: end, to: limit, into: memories[0].buffer)
      {
        if workers.cancellation.isRequested { throw Interrupted() }
        replacement = try makeParser(memories[0]).parse(
          &span, in: memories[0].buffer, from: feed, plans: plans(of: board))
      }
      board.note(
        zip(layout.columns, replacement.columns).map { (column: $0, kinds: $1.outcome.seen) })
      sure.append(replacement)
    }
    return sure
  }

  /// Reads some fields of some chunks again, by final plans: `wanted[i]` are the fields of chunk i.
  func parseAgain(
    _ chunks: [ParsedChunk], wanted: [[Int]], plans: [ColumnPlan]
  ) throws -> [ParsedChunk] {
    let results = Mutex(chunks)
    let plans = layout.columns.map { plans[$0] }
    if feed.chunkCount != nil {
      let places = wanted.indices.filter { !wanted[$0].isEmpty }
      try workers.forEach(places.count) { worker, index in
        let memory = memories[worker]
        var chunk = chunks[places[index]]
        guard
          var span = try feed.chunk(
            chunk.index, from: chunk.start, to: chunk.end, into: memory.buffer)
        else { return }
        try makeParser(memory).parse(
          wanted[places[index]], of: &span, in: memory.buffer, from: feed, plans: plans,
          chunk: &chunk)
        results.withLock { $0[places[index]] = chunk }
      }
    } else {
      try feed.restart()
      try workers.forEach(threadCount) { worker, _ in
        let memory = memories[worker]
        let parser = try makeParser(memory)
        while var span = try feed.next(into: memory.buffer) {
          if workers.cancellation.isRequested { throw Interrupted() }
          guard span.index < chunks.count, !wanted[span.index].isEmpty else { continue }
          var chunk = chunks[span.index]
          try parser.parse(
            wanted[span.index], of: &span, in: memory.buffer, from: feed, plans: plans,
            chunk: &chunk)
          let index = span.index
          results.withLock { $0[index] = chunk }
        }
      }
    }
    return results.withLock { $0 }
  }

  /// The line, from 1, of each rejected row, by chunk.
  func rejectLines(_ chunks: [ParsedChunk]) throws -> [[Int]] {
    if draft.format.isDocument {
      let lines = try lines(ofOffsets: chunks.flatMap { $0.rejects.map(\.offset) })
      var rest = lines[...]
      return chunks.map { chunk in
        defer { rest = rest.dropFirst(chunk.rejects.count) }
        return Array(rest.prefix(chunk.rejects.count))
      }
    }
    return zip(try firstLines(chunks), chunks).map { first, chunk in
      chunk.rejects.map { first + $0.line + 1 }
    }
  }

  /// The line, from 0, on which each chunk up to the last with rejects begins.
  private func firstLines(_ chunks: [ParsedChunk]) throws -> [Int] {
    guard let last = chunks.lastIndex(where: { $0.rejectCount > 0 }) else { return [] }
    var counts = chunks.prefix(last).map(\.lineCount)
    if feed.chunkCount != nil {
      counts = try workers.map(last) { worker, index in
        let (chunk, buffer) = (chunks[index], memories[worker].buffer)
        guard
          var span = try feed.chunk(index, from: chunk.start, to: chunk.end, into: buffer)
        else { return 0 }
        try feed.fill(&span, to: span.fullCount, in: buffer)
        let bytes = UnsafeBufferPointer(
          start: UnsafePointer(buffer.base), count: min(span.count, span.limit))
        return lineCount(bytes, newline: layout.format.lineEnd)
      }
    }
    return counts.reduce(into: [draft.headerLines]) { $0.append(($0.last ?? 0) + $1) }
  }
}
