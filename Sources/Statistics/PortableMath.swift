// Logarithm and exponential of arithmetic alone. The C library's differ in the last bit from version to
// version and from processor to processor (it has variants with fused multiplication), which is too
// much where a seed must give the same rows everywhere.

/// The natural logarithm of a positive finite number, the same on every machine.
///
/// The series of the inverse hyperbolic tangent after taking out the power of 2; error below 2 units
/// in the last place. −∞ at 0, NaN below.
package func portableLog(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
  var mantissa = x.significand
  var exponent = Double(x.exponent)
  if mantissa > 1.4142135623730951 {
    mantissa *= 0.5
    exponent += 1
  }
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  var series = 1.0 / 21 * square + 1.0 / 19
  series = (series * square + 1.0 / 17) * square + 1.0 / 15
  series = (series * square + 1.0 / 13) * square + 1.0 / 11
  series = (series * square + 1.0 / 9) * square + 1.0 / 7
  series = (series * square + 1.0 / 5) * square + 1.0 / 3
  let small = 2 * s * square * series + exponent * ln2Low
  return exponent * ln2High + (2 * s + small)
}

/// The exponential, the same on every machine; error below 2 units in the last place.
///
/// Its series after taking out the power of 2. 0 below about −708, +∞ above about 709.
package func portableExp(_ x: Double) -> Double {
  if x.isNaN { return x }
  if x > 709.7 { return .infinity }
  if x < -708 { return 0 }
  let power = (x / (ln2High + ln2Low)).rounded()
  let rest = (x - power * ln2High) - power * ln2Low
  // Reciprocals of the factorials of 14 down to 0.
  var series = 1.0 / 87_178_291_200 * rest + 1.0 / 6_227_020_800
  series = (series * rest + 1.0 / 479_001_600) * rest + 1.0 / 39_916_800
  series = (series * rest + 1.0 / 3_628_800) * rest + 1.0 / 362_880
  series = (series * rest + 1.0 / 40_320) * rest + 1.0 / 5040
  series = (series * rest + 1.0 / 720) * rest + 1.0 / 120
  series = (series * rest + 1.0 / 24) * rest + 1.0 / 6
  series = ((series * rest + 0.5) * rest + 1) * rest + 1
  return Double(sign: .plus, exponent: Int(power), significand: series)
}

/// ln 2 in two parts; the first has trailing zero bits, so that its products with exponents are exact.
private let ln2High = 0x1.62e42fefa38p-1
private let ln2Low = 0x1.ef35793c7673p-45
