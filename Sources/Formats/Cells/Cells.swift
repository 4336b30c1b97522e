/// The cells of one column in a run of records: bytes `starts[i] ..< ends[i]` behind `base`.
///
/// Quotes are part of a cell unless it is trimmed: readers of other types than text take them off where
/// they meet them, which is slower than having them taken off before. Sixty-four bytes before and behind the text are readable. Valid while the block is.
package struct Cells {
  package let base: UnsafePointer<UInt8>
  package let starts: UnsafePointer<UInt32>
  package let ends: UnsafePointer<UInt32>
  package let count: Int
  /// Whether some cell is empty.
  package let hasEmpty: Bool
  /// Whether quotes around cells are left out of the bounds.
  package let isTrimmed: Bool
  /// Whether the bytes are well-formed UTF-8.
  package let isValidText: Bool
  /// Whether texts are ready as they stand: no quote is doubled in them, and a null begins at 0.
  package var isPlain = false

  /// The bytes of a cell.
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: base + Int(starts[index]), count: Int(ends[index] &- starts[index]))
  }
}

/// What reading a run of cells as one type gave.
package struct CellOutcome: Sendable, Hashable {
  /// Whether some cell is not of the type; then the values are of no use.
  package var isRefused = false
  package var nulls = 0
  /// What the values were, as far as the reading knows.
  package var seen: CellKinds = []
  /// Cells with spaces around the value.
  package var padded = 0
  /// Bytes that are no UTF-8 and became U+FFFD.
  package var repairs = 0
  /// Local times that the clock of the zone skips, and shows twice.
  package var skippedTimes = 0
  package var repeatedTimes = 0

  package init() {}

  /// Adds another run of the same column.
  package mutating func add(_ other: CellOutcome) {
    isRefused = isRefused || other.isRefused
    nulls += other.nulls
    seen.formUnion(other.seen)
    padded += other.padded
    repairs += other.repairs
    skippedTimes += other.skippedTimes
    repeatedTimes += other.repeatedTimes
  }
}
