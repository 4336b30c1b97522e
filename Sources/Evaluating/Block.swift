import Columns

/// A run of rows of a segment, the unit of work: small enough for the cache.
struct Block {
  var rowCount: Int
  /// One vector for each column of the input schema; nil where the step does not read it.
  var columns: [Vector?]
  /// Set bits are the rows that passed the filters; nil when all did.
  var selection: UnsafePointer<UInt64>?
  /// The place of the first row in the whole input: segment and row in the segment.
  let segment: Int
  let firstRow: Int
  /// Reads the columns that were left out because few of their rows may be wanted.
  var lateColumns: (any LateColumns)?

  /// The place of each row in the order of all rows, where they do not lie one after the other.
  var ordinals: UnsafePointer<Int64>?

  /// The usual number of rows of a block; a multiple of 64.
  static let defaultRows = 4096
}

/// Reads columns of a block when it is known which rows are wanted of them.
protocol LateColumns: AnyObject {
  /// Puts in those columns that are not there yet; `passed` rows of the block are selected.
  func read(_ positions: [Int], into block: inout Block, passed: Int)
}
