import Columns
import Tasks

/// All rows of a leaf, batch after batch.
struct LeafRows: Sendable {
  /// One batch: the values, and the structures around them.
  struct Piece: Sendable {
    let array: ArrowArray
    let around: [ArrowArray]

    /// Whether values are in the array itself, so that many rows can be read at once.
    var isPlain: Bool { around.isEmpty && array.codes == nil }

    func isNull(_ row: Int) -> Bool { array.isNull(row) || around.contains { $0.isNull(row) } }

    /// The array and row of a value; nil for null.
    func place(_ row: Int) throws(ArrowProblem) -> (array: ArrowArray, row: Int)? {
      if around.contains(where: { $0.isNull(row) }) { return nil }
      return try array.place(row)
    }
  }

  let leaf: ArrowLeaf
  let pieces: [Piece]
  private let starts: [Int]
  let cuts: [Range<Int>]

  init(_ leaf: ArrowLeaf, _ source: ArrowSource, cuts: [Range<Int>], workers: Workers) throws {
    self.leaf = leaf
    self.cuts = cuts
    let file = source.file
    pieces = try workers.map(file.batches.count) { _, index in
      let batch = file.batches[index]
      do throws(ArrowProblem) {
        return try LeafRows.piece(leaf, file.schema.fields[leaf.path[0]], batch, source)
      } catch { throw error.at("column '\(leaf.name)', batch \(index + 1)") }
    }
    var starts: [Int] = []
    var start = 0
    for batch in file.batches {
      starts.append(start)
      start += batch.rowCount
    }
    self.starts = starts
  }

  /// Reads only the wanted part of a structure.
  private static func piece(
    _ leaf: ArrowLeaf, _ field: ArrowField, _ batch: ArrowBatch, _ source: ArrowSource
  ) throws(ArrowProblem) -> Piece {
    var field = field
    var part = batch.parts[leaf.path[0]]
    var around: [ArrowArray] = []
    for position in leaf.path.dropFirst() {
      let shell = ArrowField(name: field.name, type: .structure)
      let bare = ArrowPart(
        rowCount: part.rowCount, nullCount: part.nullCount, buffers: part.buffers, children: [])
      around.append(try ArrowArray(shell, bare, in: source, batch: batch))
      field = field.children[position]
      part = part.children[position]
    }
    let array = try ArrowArray(field, part, in: source, batch: batch)
    guard array.rowCount >= batch.rowCount else { throw .damaged("a part has too few rows") }
    return Piece(array: array, around: around.filter { $0.validity != nil })
  }

  /// Calls `body(piece, rows of it, place)` for the parts of some rows; `place` counts from the first.
  func forEachPart<Failure: Error>(
    of rows: Range<Int>,
    _ body: (Piece, Range<Int>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    var index = starts.lastIndex { $0 <= rows.lowerBound } ?? 0
    var row = rows.lowerBound
    while row < rows.upperBound, index < pieces.count {
      let end = index + 1 < starts.count ? min(starts[index + 1], rows.upperBound) : rows.upperBound
      if end > row {
        try body(pieces[index], row - starts[index]..<end - starts[index], row - rows.lowerBound)
        row = end
      }
      index += 1
    }
  }

  /// A bitmap of the rows that are present; nil where all are.
  func validity(of rows: Range<Int>) -> Bitmap? {
    var bytes = [UInt8](repeating: 1, count: rows.count)
    var nulls = 0
    forEachPart(of: rows) { (piece, own, place) in
      if piece.around.isEmpty {
        nulls += bytes.withUnsafeMutableBufferPointer { bytes in
          bytes.baseAddress.map { piece.array.writeNulls(own, to: $0 + place) } ?? 0
        }
        return
      }
      for row in own where piece.isNull(row) {
        bytes[place + row - own.lowerBound] = 0
        nulls += 1
      }
    }
    return nulls == 0 ? nil : bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) }
  }
}
