import Columns

// Generic access for operators that do not care how a vector is stored. All `into` memory has room
// for `count` elements, and bits for whole words.
extension Vector {
  /// The rows of a segment as a vector that borrows its memory; `rows` starts at a multiple of 64.
  static func of(segment: Segment, type: DataType, rows: Range<Int>) -> Vector {
    preconditionFailure("not written yet")
  }

  /// The values of an integer-stored or bool vector; 0 where a constant is null.
  func widenToInt64(into out: UnsafeMutablePointer<Int64>) {
    preconditionFailure("not written yet")
  }

  /// The values of a numeric, time or duration vector as doubles.
  func asDoubles(into out: UnsafeMutablePointer<Double>) {
    preconditionFailure("not written yet")
  }

  /// A bool vector as bytes 0 and 1.
  func boolBytes(into out: UnsafeMutablePointer<UInt8>) {
    preconditionFailure("not written yet")
  }

  /// A bool vector as bits, spare bits of the last word 0.
  func boolBits(into out: UnsafeMutablePointer<UInt64>) {
    preconditionFailure("not written yet")
  }

  /// The validity as bits, spare bits of the last word 0.
  func validityBits(into out: UnsafeMutablePointer<UInt64>) {
    preconditionFailure("not written yet")
  }

  /// Whether a row is null.
  func isNull(at row: Int) -> Bool {
    preconditionFailure("not written yet")
  }

  /// The value of a row, for single cells.
  func scalar(at row: Int) -> Scalar {
    preconditionFailure("not written yet")
  }

  /// Where the texts of a string vector are: row i is bytes starts[i] ..< ends[i] after `base`.
  ///
  /// `starts` and `ends` are memory that the vector may fill and give back, or it gives its own
  /// offsets. Under nulls the range is some valid one. Valid while the vector is.
  func textRows(
    starts: UnsafeMutablePointer<UInt32>, ends: UnsafeMutablePointer<UInt32>
  ) -> TextRows {
    preconditionFailure("not written yet")
  }
}

/// Texts of a block wherever they are stored: row i is bytes starts[i] ..< ends[i] after `base`.
struct TextRows {
  let base: UnsafePointer<UInt8>
  let starts: UnsafePointer<UInt32>
  let ends: UnsafePointer<UInt32>
}
