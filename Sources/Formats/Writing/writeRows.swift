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
      write(piece, of: table, style, zone, out)
      try out.flushIfFull()
    }
    return
  }
  try out.flush()
  let wave = 8 * workers.count
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
      write(pieces[start + index - 1], of: table, style, zone, buffer)
    }
    let free = written
    written = Array(buffers.prefix(count))
    buffers = free.isEmpty ? OutputBuffer.several(wave) : free
  }
  for buffer in written { try sink(buffer.written) }
}

/// Rows of one segment, and the number of the first.
struct Piece: Sendable {
  let segment: Int
  let rows: Range<Int>
  let number: Int
}

private func pieces(_ table: Table, from first: Int) -> [Piece] {
  // Their text is some 300 KiB, which stays in cache until it is handed over.
  let pieceRows = min(max(1 << 11, (1 << 15) / max(1, table.columns.count)), 1 << 13)
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
