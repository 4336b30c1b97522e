/// The double nearest to total · 2^power, ties to even, and what rounding left out; for totals of at
/// most 96 bits.
func roundedTotal(_ total: Int128, times power: Int) -> (sum: Double, rest: Double) {
  let magnitude = total.magnitude
  let dropped = max(0, 128 &- 53 &- magnitude.leadingZeroBitCount)
  let unit = Int64(1) &<< Int64(dropped)
  var kept = UInt64(truncatingIfNeeded: magnitude &>> UInt128(dropped))
  var rest = Int64(truncatingIfNeeded: magnitude) & (unit &- 1)
  if dropped > 0, rest > unit / 2 || (rest == unit / 2 && kept & 1 == 1) {
    kept &+= 1
    rest &-= unit
  }
  let sign = total < 0 ? -1.0 : 1.0
  return (
    sign * scaled(Double(kept), power + dropped), sign * scaled(Double(rest), power)
  )
}

/// value · 2^exponent, rounded once.
func scaled(_ value: Double, _ exponent: Int) -> Double {
  if value == 0 { return 0 }
  let total = Int(value.exponent) + exponent
  if total > 1023 { return value < 0 ? -.infinity : .infinity }
  return Double(
    sign: value.sign, exponent: total, significand: value.magnitude.significand)
}
