import Calendars
import Columns

/// Writes the rows of a piece.
func write<Style: TableStyle>(
  _ piece: Piece, of table: Table, _ style: Style, _ zone: TimeZoneRules, _ out: OutputBuffer
) {
  let segments = table.columns.map { $0.segments[piece.segment] }
  let starts = FixedTexts(segments.indices.map { style.cellStart($0) })
  let sources = zip(table.columns, segments).map { CellSource($1, type: $0.type) }
  let integers = sources.map { $0.type == .int ? IntegerCells($0) : nil }
  let cells = sources.indices.map { column in
    CellWriter(sources[column], integers: integers[column]?.texts, start: starts[column])
  }
  // The cells point into the segments, the integers and the starts.
  withExtendedLifetime((segments, integers, starts)) {
    cells.withUnsafeBufferPointer { cells in
      RowWriter(cells: cells, style: style, zone: zone, out: out)
        .write(piece, integers.compactMap { $0 })
    }
  }
}

/// What stands before the cells of a column, and the cells.
private struct CellWriter {
  let source: CellSource
  /// The digits of integers.
  let integers: IntegerCells.Texts?
  /// Up to 16 bytes behind it are readable.
  let start: UnsafeBufferPointer<UInt8>

  init(
    _ source: CellSource, integers: IntegerCells.Texts?, start: UnsafeBufferPointer<UInt8>
  ) {
    self.source = source
    self.integers = integers
    self.start = start
  }

  /// The bytes that a cell of a row may touch, without a text's, which are known later.
  var capacity: Int {
    start.count + 16 + timeTextCapacity + integerTextCapacity + floatTextCapacity
  }
}

/// Writes row by row; the place of the next byte stays in a register.
private struct RowWriter<Style: TableStyle> {
  typealias Place = UnsafeMutablePointer<UInt8>

  let cells: UnsafeBufferPointer<CellWriter>
  let style: Style
  let zone: TimeZoneRules
  let out: OutputBuffer

  func write(_ piece: Piece, _ integers: [IntegerCells]) {
    let batch = IntegerCells.rowCount
    for start in stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: batch) {
      let rows = start..<min(start + batch, piece.rows.upperBound)
      for column in integers { column.make(rows) }
      write(rows, number: piece.number + start - piece.rows.lowerBound)
    }
  }

  /// Writes rows whose integers are made; the first one has a number.
  private func write(_ rows: Range<Int>, number: Int) {
    let rowCapacity = cells.reduce(64) { $0 + $1.capacity }
    let rowEnd = style.rowEnd
    for row in rows {
      out.reserve(rowCapacity)
      let index = row &- rows.lowerBound
      var next = put(style.rowStart(isFirst: number + index == 0), out.next)
      for cell in cells {
        next = put(cell.start, next)
        next = write(cell, row, index, next, rowCapacity)
      }
      out.advance(to: put(rowEnd, next))
    }
  }

  /// Copies a few bytes, 16 at a time.
  @inline(__always)
  private func put(_ bytes: UnsafeBufferPointer<UInt8>, _ next: Place) -> Place {
    guard let start = bytes.baseAddress else { return next }
    let source = UnsafeRawPointer(start)
    let target = UnsafeMutableRawPointer(next)
    var offset = 0
    repeat {
      let few = source.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
      target.storeBytes(of: few, toByteOffset: offset, as: SIMD2<UInt64>.self)
      offset &+= 16
    } while offset < bytes.count
    return next + bytes.count
  }

  /// Copies a short word.
  @inline(__always)
  private func put(_ word: StaticString, _ next: Place) -> Place {
    let count = word.utf8CodeUnitCount
    for offset in 0..<count { next[offset] = word.utf8Start[offset] }
    return next + count
  }

  @inline(__always)
  private func write(
    _ cell: CellWriter, _ row: Int, _ index: Int, _ next: Place, _ capacity: Int
  ) -> Place {
    let source = cell.source
    if source.isNull(row) { return put(style.null, next) }
    switch source.type {
    case .int: return cell.integers.map { next + $0.write(index, to: next) } ?? next
    case .bool: return put(source.integer(row) != 0 ? "true" : "false", next)
    case .string:
      let text = source.text(row)
      let next = reserve(cellCapacity(text.count) + capacity, next)
      return next + style.text(text, to: next)
    case .float: return write(source.float(row), next)
    case .date:
      return quoted(next) { writeDate(days: Int(source.integer(row)), to: $0) }
    case .time:
      return quoted(next) { writeTime(micros: source.integer(row), zone: zone, to: $0) }
    case .duration:
      return quoted(next) { write(formatDuration(micros: source.integer(row)), $0) }
    }
  }

  /// Makes room; gives where the next byte then goes.
  @inline(__always)
  private func reserve(_ wanted: Int, _ next: Place) -> Place {
    if out.end - next >= wanted { return next }
    out.advance(to: next)
    out.reserve(wanted)
    return out.next
  }

  /// Writes a time between quotes where the style has them.
  @inline(__always)
  private func quoted(_ next: Place, _ write: (Place) -> Int) -> Place {
    if !style.quotesTimes { return next + write(next) }
    next[0] = UInt8(ascii: "\"")
    let end = next + 1 + write(next + 1)
    end[0] = UInt8(ascii: "\"")
    return end + 1
  }

  private func write(_ value: Double, _ next: Place) -> Place {
    if !value.isFinite && !style.hasNotFinite { return put(style.null, next) }
    if value.isFinite { return next + writeFloat(value, to: next) }
    return put(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf", next)
  }

  /// Writes a short text of another function; gives its bytes.
  private func write(_ word: String, _ next: Place) -> Int {
    var word = word
    return word.withUTF8 { bytes in
      for offset in 0..<bytes.count { next[offset] = bytes[offset] }
      return bytes.count
    }
  }
}

/// Short texts in one memory, with 16 readable bytes behind each.
private final class FixedTexts {
  private let memory: UnsafeMutablePointer<UInt8>
  private var parts: [Range<Int>] = []

  init(_ texts: [[UInt8]]) {
    memory = .allocate(capacity: texts.reduce(16) { $0 + $1.count })
    var place = 0
    for text in texts {
      for (offset, byte) in text.enumerated() { memory[place + offset] = byte }
      parts.append(place..<place + text.count)
      place += text.count
    }
    (memory + place).initialize(repeating: 0, count: 16)
  }

  deinit { memory.deallocate() }

  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: memory + parts[index].lowerBound, count: parts[index].count)
  }
}
