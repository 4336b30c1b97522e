import CKernels

/// The digits of the integers of a column, made for some rows at once: a place in the text that is not
/// known yet need not be waited for.
final class IntegerCells {
  /// The rows that are made at once.
  static let rowCount = 256
  private static let cellSize = 24

  private let source: CellSource
  private let values = UnsafeMutablePointer<Int64>.allocate(capacity: rowCount)
  private let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: rowCount)
  /// Each text stands at the end of its cell; what is read behind the last one is there, too.
  private let cells = UnsafeMutablePointer<UInt8>.allocate(capacity: rowCount * cellSize + cellSize)

  init(_ source: CellSource) {
    self.source = source
    lengths.initialize(repeating: 0, count: IntegerCells.rowCount)
    cells.initialize(repeating: 0, count: (IntegerCells.rowCount + 1) * IntegerCells.cellSize)
  }

  deinit {
    values.deallocate()
    lengths.deallocate()
    cells.deallocate()
  }

  /// The texts, by plain pointers.
  var texts: Texts { Texts(lengths: lengths, cells: cells) }

  /// Makes the texts of up to `rowCount` rows; those of nulls are any.
  func make(_ rows: Range<Int>) {
    for row in rows { values[row &- rows.lowerBound] = source.integer(row) }
    ck_write_integers(values, rows.count, cells, lengths)
  }

  struct Texts {
    fileprivate let lengths: UnsafeMutablePointer<UInt8>
    fileprivate let cells: UnsafeMutablePointer<UInt8>

    /// Writes the text of one of the rows, `cellSize` bytes with what comes behind; gives its length.
    @inline(__always)
    func write(_ index: Int, to place: UnsafeMutablePointer<UInt8>) -> Int {
      let length = Int(lengths[index])
      let text = UnsafeRawPointer(cells + (cellSize &* (index &+ 1) &- length))
      let target = UnsafeMutableRawPointer(place)
      target.storeBytes(
        of: text.loadUnaligned(as: SIMD2<UInt64>.self), as: SIMD2<UInt64>.self)
      target.storeBytes(
        of: text.loadUnaligned(fromByteOffset: 16, as: UInt64.self), toByteOffset: 16,
        as: UInt64.self)
      return length
    }
  }
}
