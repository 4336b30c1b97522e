import Columns

/// The values of one expression over a block of rows, borrowed from a segment or from scratch.
///
/// Lives only while its block is worked on: `owner` keeps a segment's memory alive, scratch memory
/// belongs to the worker. Bits (bool values, validity, faults) start at the block's first row,
/// which is always a multiple of 64 rows from the start of its segment; bits behind `count` in the
/// last word are unspecified in scratch and must be masked where they are counted.
struct Vector {
  enum Storage {
    case bits(UnsafePointer<UInt64>)
    case int8(UnsafePointer<Int8>)
    case int16(UnsafePointer<Int16>)
    case int32(UnsafePointer<Int32>)
    case int64(UnsafePointer<Int64>)
    case float64(UnsafePointer<Double>)
    /// Row i is bytes offsets[i] ..< offsets[i + 1].
    case text(offsets: UnsafePointer<UInt32>, bytes: UnsafePointer<UInt8>)
    case codes8(UnsafePointer<UInt8>, TextDictionary)
    case codes16(UnsafePointer<UInt16>, TextDictionary)
    /// One value for all rows; `.null` too.
    case constant(Scalar)
  }

  var count: Int
  var type: DataType
  var storage: Storage
  /// An integer-stored value is `scale` times what is stored.
  var scale: Int64 = 1
  /// Set bits are present rows; nil when no row is null (a constant null says so itself).
  var validity: UnsafePointer<UInt64>?
  /// Set bits are rows whose value could not be computed (overflow); nil when there are none.
  ///
  /// A fault is an error only where the row's value is used: see `ExpressionProgram`.
  var faults: UnsafePointer<UInt64>?
  /// The least and greatest value that an integer-stored vector can hold, where known from the
  /// statistics of its segment: arithmetic that cannot overflow then needs no check.
  var range: ClosedRange<Int64>?
}
