import CKernels

/// Integers of any stored width.
package enum StoredIntegers {
  case int8(UnsafePointer<Int8>)
  case int16(UnsafePointer<Int16>)
  case int32(UnsafePointer<Int32>)
  case int64(UnsafePointer<Int64>)

  /// The bits of a value: 8, 16, 32 or 64.
  package var width: Int {
    switch self {
    case .int8: 8
    case .int16: 16
    case .int32: 32
    case .int64: 64
    }
  }

  /// Writes the values times `scale`.
  package func widen(scale: Int64, count: Int, into out: UnsafeMutablePointer<Int64>) {
    switch self {
    case .int8(let values): ck_widen_i8_i64(values, scale, out, count)
    case .int16(let values): ck_widen_i16_i64(values, scale, out, count)
    case .int32(let values): ck_widen_i32_i64(values, scale, out, count)
    case .int64(let values): ck_widen_i64_i64(values, scale, out, count)
    }
  }

  /// Writes the values, which are at most 32 bits wide.
  package func widen(count: Int, into out: UnsafeMutablePointer<Int32>) {
    switch self {
    case .int8(let values): ck_widen_i8_i32(values, out, count)
    case .int16(let values): ck_widen_i16_i32(values, out, count)
    case .int32(let values): out.update(from: values, count: count)
    case .int64: preconditionFailure("64 bits do not fit in 32")
    }
  }

  /// Writes the values times `scale` as doubles, rounded once.
  package func doubles(scale: Int64, count: Int, into out: UnsafeMutablePointer<Double>) {
    // Up to 32 bits times less than 2^20 is exact in a double.
    let isExact = scale <= 1 << 20
    switch self {
    case .int8(let values) where isExact: ck_double_i8(values, Double(scale), out, count)
    case .int16(let values) where isExact: ck_double_i16(values, Double(scale), out, count)
    case .int32(let values) where isExact: ck_double_i32(values, Double(scale), out, count)
    case .int64(let values) where scale == 1: ck_double_i64(values, out, count)
    default:
      out.withMemoryRebound(to: Int64.self, capacity: count) { integers in
        widen(scale: scale, count: count, into: integers)
      }
      // Each value is read before its place is written.
      ck_double_i64(UnsafeRawPointer(out).assumingMemoryBound(to: Int64.self), out, count)
    }
  }
}

/// Doubles as integers, cut towards zero; `inRange` gets bits, values out of range become 0.
package func truncate(
  _ values: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Int64>,
  inRange: UnsafeMutablePointer<UInt64>
) {
  ck_integer_f64(values, out, inRange, count)
}

/// Bits as bytes 0 and 1.
package func bytes(
  ofBits bits: UnsafePointer<UInt64>, count: Int, into out: UnsafeMutablePointer<UInt8>
) {
  ck_bytes_of_bits(bits, out, count)
}

/// Bits as integers 0 and 1.
package func integers(
  ofBits bits: UnsafePointer<UInt64>, count: Int, into out: UnsafeMutablePointer<Int64>
) {
  ck_i64_of_bits(bits, out, count)
}

/// Bits as 0.0 and 1.0.
package func doubles(
  ofBits bits: UnsafePointer<UInt64>, count: Int, into out: UnsafeMutablePointer<Double>
) {
  ck_f64_of_bits(bits, out, count)
}

/// Bytes that are not 0 as bits, spare bits of the last word 0.
package func bits(
  ofBytes bytes: UnsafePointer<UInt8>, count: Int, into out: UnsafeMutablePointer<UInt64>
) {
  ck_bits_of_bytes(bytes, out, count)
}

/// The bits from bit `first` on, moved to the front; spare bits of the last word 0.
package func bits(
  _ source: UnsafePointer<UInt64>, from first: Int, count: Int,
  into out: UnsafeMutablePointer<UInt64>
) {
  ck_shift_bits(source, first, out, count)
}

/// Writes a word for each double whose order is that of the doubles: NaN above all.
///
/// Both zeros are 0, or with `keepingSigns` the negative one just below.
package func writeOrderWords(
  of values: UnsafePointer<Double>, count: Int, keepingSigns: Bool,
  into words: UnsafeMutablePointer<Int64>
) {
  ck_order_words(values, keepingSigns ? 1 : 0, words, count)
}

/// Writes the `keyBits` of doubles.
package func writeKeyBits(
  of values: UnsafePointer<Double>, count: Int, into bits: UnsafeMutablePointer<Int64>
) {
  ck_key_bits_f64(values, bits, count)
}

/// Makes of numbers how many steps, of 2 at least, they lie above a base; less than 0 where they lie
/// below.
///
/// What is no whole number of steps is rounded; up to 2^48 steps are exact, and more are some number
/// beyond.
package func countSteps(
  _ numbers: UnsafeMutablePointer<Int64>, count: Int, from base: Int64, of step: Int64
) {
  ck_steps_i64(numbers, base, step, numbers, count)
}
