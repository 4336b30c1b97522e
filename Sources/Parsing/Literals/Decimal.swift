/// Digits with a point and an exponent: `mantissa / 10^scale`, where that is exact.
struct Decimal {
  let text: String
  /// The digits as one number; nil when they exceed 64 bits.
  let mantissa: UInt64?
  /// How many digits stand behind the point.
  let scale: Int
  let hasExponent: Bool

  var isWhole: Bool { scale == 0 && !hasExponent }

  /// `factor` times the number, where that is a whole number of at most 2⁶³.
  func times(_ factor: UInt64) -> UInt64? {
    guard let mantissa, !hasExponent, scale < 20 else { return nil }
    var divisor: UInt64 = 1
    for _ in 0..<scale {
      let (next, overflow) = divisor.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      divisor = next
    }
    let wide = mantissa.multipliedFullWidth(by: factor)
    guard wide.high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth(wide)
    return remainder == 0 && quotient <= NumberLiteral.largest ? quotient : nil
  }
}
