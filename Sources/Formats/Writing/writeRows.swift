import Calendars
import Columns
import Tasks

/// Writes the rows of a table, of which the first has a number, in a style.
///
/// Many rows are written piece by piece by all workers; the sink takes them in waves.
func writeRows<Style: TableStyle>(
  _ table: Table, from first: Int, _ style: Style, _ zone: TimeZoneRules, _ workers: Workers?,
  _ out: OutputBuffer
) throws {
  let pieces = pieces(table, from: first)
  guard let workers, workers.count > 1, pieces.count > 1 else {
    for piece in pieces {
      try write(piece, of: table, style, zone, out) { try out.flushIfFull() }
    }
    return
  }
  try out.flush()
  let wave = 4 * workers.count
  // Each is one worker's at a time, and read when all have ended; the sink is called by one of them.
  nonisolated(unsafe) var buffers = OutputBuffer.several(wave)
  nonisolated(unsafe) var (written, sink) = ([OutputBuffer](), out.sink)
  for start in stride(from: 0, to: pieces.count, by: wave) {
    let count = min(wave, pieces.count - start)
    try workers.forEach(count + 1) { _, index in
      // The wave before goes to the sink meanwhile.
      if index == 0 { return try written.forEach { try sink($0.written) } }
      let buffer = buffers[index - 1]
      buffer.clear()
      try write(pieces[start + index - 1], of: table, style, zone, buffer) {}
    }
    let free = written
    written = Array(buffers.prefix(count))
    buffers = free.isEmpty ? OutputBuffer.several(wave) : free
  }
  for buffer in written { try sink(buffer.written) }
}

/// Rows of one segment, and the number of the first.
private struct Piece: Sendable {
  let segment: Int
  let rows: Range<Int>
  let number: Int
}

private func pieces(_ table: Table, from first: Int) -> [Piece] {
  let pieceRows = 1 << 13
  var number = first
  var pieces: [Piece] = []
  for (segment, count) in table.segmentRowCounts.enumerated() {
    for start in stride(from: 0, to: count, by: pieceRows) {
      let rows = start..<min(start + pieceRows, count)
      pieces.append(Piece(segment: segment, rows: rows, number: number))
      number += rows.count
    }
  }
  return pieces
}

private func write<Style: TableStyle>(
  _ piece: Piece, of table: Table, _ style: Style, _ zone: TimeZoneRules, _ out: OutputBuffer,
  _ afterRow: () throws -> Void
) throws {
  let segments = table.columns.map { $0.segments[piece.segment] }
  let sources = zip(table.columns, segments).map { CellSource($1, type: $0.type) }
  // The sources point into the segments.
  try withExtendedLifetime(segments) {
    for place in piece.rows {
      style.beginRow(piece.number + place - piece.rows.lowerBound, out)
      for column in sources.indices {
        style.beginCell(column, out)
        writeCell(sources[column], place, style, zone, out)
      }
      style.endRow(out)
      try afterRow()
    }
  }
}

/// Writes one cell.
private func writeCell<Style: TableStyle>(
  _ source: CellSource, _ row: Int, _ style: Style, _ zone: TimeZoneRules, _ out: OutputBuffer
) {
  if source.isNull(row) { return style.null(out) }
  switch source.type {
  case .int: out.integer(source.integer(row))
  case .bool: out.word(source.integer(row) != 0 ? "true" : "false")
  case .string: style.text(source.text(row), out)
  case .float:
    let value = source.float(row)
    if !value.isFinite && !style.hasNotFinite { return style.null(out) }
    out.word(value.isNaN ? "nan" : value.description)
  case .date:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.reserve(32)
    out.advance(writeDate(days: Int(source.integer(row)), to: out.next))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  case .time:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.reserve(timeTextCapacity)
    out.advance(writeTime(micros: source.integer(row), zone: zone, to: out.next))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  case .duration:
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
    out.word(formatDuration(micros: source.integer(row)))
    if style.quotesTimes { out.byte(UInt8(ascii: "\"")) }
  }
}
