import CKernels

/// The least and greatest of some values, which are not none, and whether none is less than the one before.
///
/// About 0.1 ns a value of 32 bits.
package func valueBounds<Stored: BoundedInteger>(
  _ values: UnsafePointer<Stored>, count: Int
) -> (low: Stored, high: Stored, isAscending: Bool) {
  var (low, high) = (values[0], values[0])
  let descends = Stored.summarise(values, count, &low, &high)
  return (low, high, descends == 0)
}

/// An integer with a kernel that looks through many.
package protocol BoundedInteger: FixedWidthInteger, SignedInteger, BitwiseCopyable, Sendable {
  /// Writes the least and greatest; gives whether one is less than the one before.
  static func summarise(
    _ values: UnsafePointer<Self>, _ count: Int, _ low: inout Self, _ high: inout Self
  ) -> Int32
}

extension Int8: BoundedInteger {
  package static func summarise(
    _ values: UnsafePointer<Int8>, _ count: Int, _ low: inout Int8, _ high: inout Int8
  ) -> Int32 { ck_summarise_i8(values, count, &low, &high) }
}

extension Int16: BoundedInteger {
  package static func summarise(
    _ values: UnsafePointer<Int16>, _ count: Int, _ low: inout Int16, _ high: inout Int16
  ) -> Int32 { ck_summarise_i16(values, count, &low, &high) }
}

extension Int32: BoundedInteger {
  package static func summarise(
    _ values: UnsafePointer<Int32>, _ count: Int, _ low: inout Int32, _ high: inout Int32
  ) -> Int32 { ck_summarise_i32(values, count, &low, &high) }
}

extension Int64: BoundedInteger {
  package static func summarise(
    _ values: UnsafePointer<Int64>, _ count: Int, _ low: inout Int64, _ high: inout Int64
  ) -> Int32 { ck_summarise_i64(values, count, &low, &high) }
}
