import Columns

/// Collects vectors of one type behind each other into a segment; one worker's.
///
/// Integers come out in the narrowest width that fits, times and durations as whole seconds where
/// all inputs were; texts stay codes while all come from one dictionary.
final class SegmentBuilder {
  let type: DataType
  private(set) var rowCount = 0

  init(type: DataType) {
    self.type = type
  }

  /// Adds the rows of a vector whose bit is set, or all its rows.
  func append(_ vector: Vector, selection: UnsafePointer<UInt64>? = nil) {
    preconditionFailure("not written yet")
  }

  /// Adds these rows of a vector, in this order; row numbers count from the vector's first.
  func append(_ vector: Vector, rows: UnsafeBufferPointer<UInt32>) {
    preconditionFailure("not written yet")
  }

  /// Adds one value.
  func append(_ value: Scalar) {
    preconditionFailure("not written yet")
  }

  /// The rows so far as a segment; the builder is empty again.
  func finish() -> Segment {
    preconditionFailure("not written yet")
  }
}
