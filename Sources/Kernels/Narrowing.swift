import CKernels

/// What a block of integers needs to be stored in.
package struct IntegerExtent: Sendable {
  package let low: Int64
  package let high: Int64
  /// Whether none is less than the one before.
  package let isAscending: Bool

  /// Reads the values once; they are not empty.
  package init(_ values: UnsafePointer<Int64>, count: Int) {
    var low: Int64 = 0
    var high: Int64 = 0
    isAscending = ck_summarise_i64(values, count, &low, &high) == 0
    self.low = low
    self.high = high
  }
}

/// Whether all values are whole multiples of a million.
package func areWholeSeconds(_ micros: UnsafePointer<Int64>, count: Int) -> Bool {
  ck_whole_seconds(micros, count) != 0
}

/// Writes doubles as multiples of 2^`power`: false where one is none, or is too large.
///
/// `spare` bits below the 53 of a double are kept, and as many are left for larger ones.
package func writeFixed(
  _ values: UnsafePointer<Double>, count: Int, power: Int, spare: Int,
  into words: UnsafeMutablePointer<Int64>
) -> Bool {
  // 1075 less than its exponent is the power of a double's last bit.
  let top = UInt64(bitPattern: Int64(power + 1075 + spare))
  return ck_fixed_words(values, count, top, UInt64(spare), words) == 0
}

/// Writes values divided by `divisor`, which fit.
package func narrow(
  _ values: UnsafePointer<Int64>, divisor: Int64, count: Int, into out: UnsafeMutablePointer<Int8>
) {
  ck_narrow_i64_i8(values, divisor, out, count)
}

/// Writes values divided by `divisor`, which fit.
package func narrow(
  _ values: UnsafePointer<Int64>, divisor: Int64, count: Int, into out: UnsafeMutablePointer<Int16>
) {
  ck_narrow_i64_i16(values, divisor, out, count)
}

/// Writes values divided by `divisor`, which fit.
package func narrow(
  _ values: UnsafePointer<Int64>, divisor: Int64, count: Int, into out: UnsafeMutablePointer<Int32>
) {
  ck_narrow_i64_i32(values, divisor, out, count)
}

/// Takes rows in any order, out[i] = values[rows[i]], for elements of 1, 2, 4 or 8 bytes.
package func takeRows(
  _ values: UnsafeRawPointer, width: Int, rows: UnsafePointer<UInt32>, count: Int,
  into out: UnsafeMutableRawPointer
) {
  switch width {
  case 1:
    ck_take_1(
      values.assumingMemoryBound(to: UInt8.self), rows, out.assumingMemoryBound(to: UInt8.self),
      count)
  case 2:
    ck_take_2(
      values.assumingMemoryBound(to: UInt16.self), rows, out.assumingMemoryBound(to: UInt16.self),
      count)
  case 4:
    ck_take_4(
      values.assumingMemoryBound(to: UInt32.self), rows, out.assumingMemoryBound(to: UInt32.self),
      count)
  default:
    ck_take_8(
      values.assumingMemoryBound(to: UInt64.self), rows, out.assumingMemoryBound(to: UInt64.self),
      count)
  }
}
