import Columns

/// A run of rows of a segment, the unit of work: small enough for the cache.
struct Block {
  let rowCount: Int
  /// One vector for each column of the input schema; nil where the step does not read it.
  var columns: [Vector?]
  /// Set bits are the rows that passed the filters; nil when all did.
  var selection: UnsafePointer<UInt64>?
  /// The place of the first row in the whole input: segment and row in the segment.
  let segment: Int
  let firstRow: Int

  /// The place of each row in the order of all rows, where they do not lie one after the other.
  var ordinals: UnsafePointer<Int64>?

  /// The usual number of rows of a block; a multiple of 64.
  static let defaultRows = 4096
}
