import CKernels

/// Floor division and its remainder, row by row.
///
/// `undefined` gets the bits of rows whose divisor is 0, `overflows` those of Int64.min // -1; both
/// have room for whole words and spare bits are 0. The value of such rows is 0. `out` may be one of
/// the inputs. 1 ns a row for numbers below 2^51 and no zeros, and for one divisor
/// in all rows; 2 to 6 ns for others.
package func floorDivide(
  _ left: UnsafePointer<Int64>, _ right: UnsafePointer<Int64>, count: Int, remainder: Bool,
  into out: UnsafeMutablePointer<Int64>, undefined: UnsafeMutablePointer<UInt64>,
  overflows: UnsafeMutablePointer<UInt64>
) {
  let part: Int32 = remainder ? 1 : 0
  if ck_floor_divide_small(left, right, part, out, count) != 0
    || ck_floor_divide_constant(left, right, part, out, count) != 0
  {
    undefined.update(repeating: 0, count: (count &+ 63) / 64)
    overflows.update(repeating: 0, count: (count &+ 63) / 64)
    return
  }
  divideEach(
    left, right, count: count, remainder: remainder, into: out, undefined: undefined,
    overflows: overflows)
}

/// The same row by row, by the division of whole numbers.
private func divideEach(
  _ left: UnsafePointer<Int64>, _ right: UnsafePointer<Int64>, count: Int, remainder: Bool,
  into out: UnsafeMutablePointer<Int64>, undefined: UnsafeMutablePointer<UInt64>,
  overflows: UnsafeMutablePointer<UInt64>
) {
  for word in 0..<(count &+ 63) / 64 {
    var zeros: UInt64 = 0
    var overflowed: UInt64 = 0
    let start = word &* 64
    for row in start..<min(start &+ 64, count) {
      let dividend = left[row]
      let divisor = right[row]
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: row)
      if divisor == 0 {
        zeros |= bit
        out[row] = 0
      } else if divisor == -1 {
        out[row] = remainder ? 0 : 0 &- dividend
        overflowed |= dividend == Int64.min && !remainder ? bit : 0
      } else {
        out[row] = floored(dividend, divisor, remainder: remainder)
      }
    }
    undefined[word] = zeros
    overflows[word] = overflowed
  }
}

@inline(__always)
private func floored(_ dividend: Int64, _ divisor: Int64, remainder: Bool) -> Int64 {
  let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
  let isBelow = rest != 0 && (rest < 0) != (divisor < 0)
  if remainder { return isBelow ? rest &+ divisor : rest }
  return isBelow ? quotient &- 1 : quotient
}
