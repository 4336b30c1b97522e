import Calendars
import Columns
import Tasks

/// Writes the rows of a table, of which the first has a number, in a style.
///
/// Many rows are written piece by piece by all workers, a few pieces ahead of the sink.
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
  let wave = 2 * workers.count
  // Each is one worker's at a time, and read when all have ended.
  nonisolated(unsafe) let buffers = (0..<wave).map { _ in OutputBuffer { _ in } }
  for start in stride(from: 0, to: pieces.count, by: wave) {
    let count = min(wave, pieces.count - start)
    try workers.forEach(count) { _, index in
      buffers[index].clear()
      try write(pieces[start + index], of: table, style, zone, buffers[index]) {}
    }
    try out.flush()
    for buffer in buffers.prefix(count) { try out.sink(buffer.written) }
  }
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
