import Calendars
import Columns
import Formats

/// Reads chunks of one file into columns; one for each worker.
///
/// Each column is read as the type that its plan expects. Where cells refuse it, the kinds of the
/// column's cells in this chunk are found, and it is read again as what they are.
final class ChunkParser {
  private let layout: FileLayout
  private let settings: ParseSettings
  private let arena: Arena
  private let block: any RecordBlock
  private var stores: [ColumnStore]
  private var codes: [TextCodes?]
  private let runRows: Int
  private let rowCapacity: Int
  private let integers: BufferSlice<Int64>

  init(
    layout: FileLayout, settings: ParseSettings, arena: Arena, expectedBytes: Int
  ) throws(ReadFailure) {
    self.layout = layout
    self.settings = settings
    self.arena = arena
    block = try layout.format.block(
      fieldCount: layout.columns.count, scanner: settings.tuning.scanner)
    let rows = min(settings.tuning.segmentRows, max(16, expectedBytes / 2 + 2))
    rowCapacity = rows
    stores = []
    codes = []
    runRows = min(rows, settings.tuning.runRows)
    integers = BufferSlice(capacity: runRows)
  }

  /// Reads all columns of a chunk by these plans, one for each column of the file.
  func parse(
    _ span: inout ChunkSpan, in buffer: ChunkBuffer, from feed: any ChunkFeed, plans: [ColumnPlan]
  ) throws(ReadFailure) -> ParsedChunk {
    var chunk = ParsedChunk(index: span.index)
    chunk.start = span.origin + span.start
    chunk.columns = plans.map { ParsedColumn(type: $0.type) }
    let all = Array(plans.indices)
    makeStores(plans.count)
    block.beginChunk()
    let end = try read(
      all, of: &span, in: buffer, from: feed, plans: plans, chunk: &chunk, notes: true)
    span.limit = end
    chunk.end = span.origin + end
    let late = chunk.lateFields.filter { $0 >= plans.count }
    let plans = withLateFields(late, plans, &chunk)
    let refused = all.filter { chunk.columns[$0].outcome.isRefused } + late
    if !refused.isEmpty {
      try widen(refused, of: &span, in: buffer, from: feed, plans: plans, chunk: &chunk)
    }
    return chunk
  }

  /// Makes room for fields that came up in this chunk, which are then read as what they are.
  private func withLateFields(
    _ late: [Int], _ plans: [ColumnPlan], _ chunk: inout ParsedChunk
  ) -> [ColumnPlan] {
    guard let last = late.max() else { return plans }
    makeStores(last + 1)
    while chunk.columns.count <= last { chunk.columns.append(ParsedColumn()) }
    return layout.roster.plans(plans, count: last + 1)
  }

  private func makeStores(_ count: Int) {
    while stores.count < count {
      stores.append(ColumnStore(capacity: rowCapacity))
      codes.append(nil)
    }
  }

  /// Tells which of the file's fields the keys are that came up in this run.
  private func bindKeys(_ chunk: inout ParsedChunk, notes: Bool) {
    guard let json = block as? JSONBlock else { return }
    for (name, column) in json.newColumns() {
      let field = layout.roster.field(name)
      json.bind(column, to: field)
      if notes, field >= layout.roster.knownCount { chunk.lateFields.append(field) }
    }
  }

  /// Reads some columns of a chunk as given types; for the pass after all types are known.
  func parse(
    _ columns: [Int], of span: inout ChunkSpan, in buffer: ChunkBuffer, from feed: any ChunkFeed,
    plans: [ColumnPlan], chunk: inout ParsedChunk
  ) throws(ReadFailure) {
    for column in columns { chunk.columns[column] = ParsedColumn(type: plans[column].type) }
    makeStores(plans.count)
    _ = try read(
      columns, of: &span, in: buffer, from: feed, plans: plans, chunk: &chunk, notes: false)
  }

  /// Finds what refused columns hold in this chunk, and reads them as that.
  private func widen(
    _ columns: [Int], of span: inout ChunkSpan, in buffer: ChunkBuffer, from feed: any ChunkFeed,
    plans: [ColumnPlan], chunk: inout ParsedChunk
  ) throws(ReadFailure) {
    var kinds = columns.map { _ in CellKinds() }
    var formats = columns.map { _ in ParsedTime.Format?.none }
    _ = try walk(&span, in: buffer, from: feed) { count in
      bindKeys(&chunk, notes: false)
      for (index, column) in columns.enumerated()
      where !CellType.isSettled(kinds[index], traits: plans[column].traits) {
        block.cells(column: column, trim: block.beginsQuoted(column: column))
          .addKinds(
            to: &kinds[index], nulls: settings.nulls, zone: settings.zones.times,
            format: &formats[index])
      }
    }
    var wider = plans
    for (index, column) in columns.enumerated() {
      wider[column].type = plans[column].type(with: kinds[index])
      wider[column].usesCodes = false
      if let format = formats[index] { wider[column].format = format }
    }
    try parse(columns, of: &span, in: buffer, from: feed, plans: wider, chunk: &chunk)
    // What no reader of the type takes after all is text.
    let rest = columns.filter { chunk.columns[$0].outcome.isRefused }
    for column in rest { wider[column].type = .string }
    if !rest.isEmpty {
      try parse(rest, of: &span, in: buffer, from: feed, plans: wider, chunk: &chunk)
    }
    for (index, column) in columns.enumerated() {
      if !rest.contains(column) { chunk.columns[column].outcome.seen = kinds[index] }
      chunk.columns[column].gaveUpCodes = plans[column].usesCodes
    }
  }

  /// Reads columns record by record until the chunk's limit; gives where its last record ends.
  private func read(
    _ columns: [Int], of span: inout ChunkSpan, in buffer: ChunkBuffer, from feed: any ChunkFeed,
    plans: [ColumnPlan], chunk: inout ParsedChunk, notes: Bool
  ) throws(ReadFailure) -> Int {
    var active = columns
    var rows = 0
    var counter = LineCounter(from: span.start, newline: layout.format.lineEnd)
    for column in columns { stores[column].removeAll() }
    let origin = span.origin
    let end = try walk(&span, in: buffer, from: feed) { count in
      bindKeys(&chunk, notes: notes)
      if rows + count > settings.tuning.segmentRows || rows + count > rowCapacity {
        pack(active, plans: plans, rows: rows, into: &chunk, notes: notes)
        rows = 0
      }
      for column in active { take(column, plan: plans[column], count: count, &chunk) }
      active.removeAll { chunk.columns[$0].outcome.isRefused }
      rows += count
    } noting: { place, base in
      if notes { note(place, origin: origin, base: base, &counter, &chunk) }
    }
    if rows > 0 { pack(active, plans: plans, rows: rows, into: &chunk, notes: notes) }
    return end
  }

  /// Calls `body` for runs of records that the block has prepared, up to the limit of the chunk.
  private func walk(
    _ span: inout ChunkSpan, in buffer: ChunkBuffer, from feed: any ChunkFeed,
    _ body: (_ count: Int) -> Void,
    noting: (_ place: Int, _ base: UnsafePointer<UInt8>) -> Void = { _, _ in }
  ) throws(ReadFailure) -> Int {
    var place = span.start
    var size = settings.tuning.blockSize
    while place < span.limit {
      try feed.fill(&span, to: place + size, in: buffer)
      let count = min(size, span.count - place)
      let isFinal = span.isFinal && place + count == span.count
      block.scan(buffer.base + place, count: count, isFinal: isFinal)
      if block.consumed == 0 {
        if place + count < (span.isFinal ? span.count : span.fullCount) {
          size *= 2
        } else {
          guard !isFinal, count < 1 << 31, try feed.extend(&span, in: buffer) else {
            throw ReadFailure(reason: "a record at byte \(span.origin + place) is too long")
          }
          size *= 2
        }
        continue
      }
      size = settings.tuning.blockSize
      if place + block.consumed > span.limit { block.clip(startingBefore: span.limit - place) }
      if block.consumed == 0 { break }
      while true {
        let count = try block.nextRun(limit: runRows)
        if count == 0 { break }
        body(count)
      }
      noting(place, UnsafePointer(buffer.base))
      place += block.consumed
    }
    return place
  }

  /// Reads one column's cells in a run of records.
  private func take(
    _ column: Int, plan: ColumnPlan, count: Int, _ chunk: inout ParsedChunk
  ) {
    let trim = plan.type != .string && block.beginsQuoted(column: column)
    let cells = block.cells(column: column, trim: trim)
    let store = stores[column]
    let outcome: CellOutcome
    switch plan.type {
    case .nothing:
      outcome = cells.readNothing(nulls: settings.nulls, present: store.nextPresent)
      store.advance(by: count, nulls: count)
    case .bool:
      outcome = cells.readFlags(
        isFlag: plan.traits.isFlag, nulls: settings.nulls, into: store.nextFlags,
        present: store.nextPresent)
      store.advance(by: count, nulls: outcome.nulls)
    case .float:
      outcome = cells.readFloats(
        nulls: settings.nulls, into: store.nextFloats, present: store.nextPresent)
      store.advance(by: count, nulls: outcome.nulls)
    case .string:
      outcome = takeText(column, plan: plan, cells, store)
    case .int, .date, .time:
      outcome = takeIntegers(plan, cells, store)
    }
    chunk.columns[column].outcome.add(outcome)
  }

  private func takeIntegers(
    _ plan: ColumnPlan, _ cells: Cells, _ store: ColumnStore
  ) -> CellOutcome {
    let values = integers.pointer
    var isWholeSeconds = plan.type == .time
    let outcome: CellOutcome
    switch plan.type {
    case .time:
      outcome = cells.readTimes(
        format: plan.format, zones: settings.zones, nulls: settings.nulls, into: values,
        present: store.nextPresent, isWholeSeconds: &isWholeSeconds)
    case .date:
      outcome = cells.readDates(nulls: settings.nulls, into: values, present: store.nextPresent)
    default:
      outcome = cells.readIntegers(nulls: settings.nulls, into: values, present: store.nextPresent)
    }
    if outcome.isRefused { return outcome }
    store.appendIntegers(
      values, count: cells.count, nulls: outcome.nulls, wholeSeconds: isWholeSeconds)
    return outcome
  }

  private func takeText(
    _ column: Int, plan: ColumnPlan, _ cells: Cells, _ store: ColumnStore
  ) -> CellOutcome {
    if !plan.usesCodes {
      let outcome = store.texts.append(cells, nulls: settings.nulls, present: store.nextPresent)
      store.advance(by: cells.count, nulls: outcome.nulls)
      return outcome
    }
    let texts = codes[column] ?? TextCodes(limit: settings.codeLimit)
    codes[column] = texts
    let outcome = texts.encode(
      cells, nulls: settings.nulls, into: store.nextCodes, present: store.nextPresent)
    store.advance(by: cells.count, nulls: outcome.nulls)
    return outcome
  }

  /// Ends the segment of the rows so far.
  private func pack(
    _ columns: [Int], plans: [ColumnPlan], rows: Int, into chunk: inout ParsedChunk, notes: Bool
  ) {
    if notes { chunk.segmentRows.append(rows) }
    for column in columns {
      let store = stores[column]
      let packed: PackedSegment
      switch plans[column].type {
      case .bool: packed = .finished(store.packFlags(into: arena))
      case .nothing: packed = .finished(nullSegment(of: .string, rows: rows))
      case .float: packed = .finished(store.packFloats(into: arena))
      case .int, .date, .time: packed = .finished(store.packIntegers(into: arena))
      case .string:
        if plans[column].usesCodes, let texts = codes[column] {
          packed = .codes(store.packCodes(of: texts, into: arena))
        } else {
          packed = .finished(store.packTexts(into: arena))
        }
      }
      chunk.columns[column].segments.append(packed)
      store.removeAll()
    }
  }

  /// Takes note of what was odd in the block at `place`.
  private func note(
    _ place: Int, origin: Int, base: UnsafePointer<UInt8>, _ counter: inout LineCounter,
    _ chunk: inout ParsedChunk
  ) {
    chunk.findings.add(block.findings)
    let faults = block.faults
    chunk.rejectCount += faults.count
    for fault in faults where chunk.rejects.count < settings.tuning.rejectLimit {
      let start = place + fault.start
      let length = min(fault.end - fault.start, 1 << 16)
      let offset = fault.place.map { " at byte \(origin + place + $0)" } ?? ""
      chunk.rejects.append(
        RejectedRecord(
          line: counter.line(at: start, base: base), offset: origin + start,
          reason: fault.reason + offset,
          raw: Array(UnsafeBufferPointer(start: base + start, count: length))))
    }
  }
}
