import CKernels

/// An operation on two doubles; IEEE 754 but for the order of `least` and `greatest`.
package enum FloatOperation: Sendable, CaseIterable {
  case add, subtract, multiply, divide
  /// NaN is greater than every number.
  case least, greatest
  /// Rounded towards minus infinity.
  case floorDivide
  /// With the divisor's sign.
  case remainder
  /// Within a few units of the last place; whole exponents below 65 nearly exact.
  case power
}

private typealias Forms = (
  vv:
    @convention(c) (
      UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int
    ) -> Void,
  vc: @convention(c) (UnsafePointer<Double>, Double, UnsafeMutablePointer<Double>, Int) -> Void,
  cv: @convention(c) (Double, UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void
)

extension FloatOperation {
  private var forms: Forms? {
    switch self {
    case .add: (ck_add_f64_vv, ck_add_f64_vc, ck_add_f64_cv)
    case .subtract: (ck_subtract_f64_vv, ck_subtract_f64_vc, ck_subtract_f64_cv)
    case .multiply: (ck_multiply_f64_vv, ck_multiply_f64_vc, ck_multiply_f64_cv)
    case .divide: (ck_divide_f64_vv, ck_divide_f64_vc, ck_divide_f64_cv)
    case .least: (ck_least_f64_vv, ck_least_f64_vc, ck_least_f64_cv)
    case .greatest: (ck_greatest_f64_vv, ck_greatest_f64_vc, ck_greatest_f64_cv)
    case .floorDivide: (ck_floor_divide_f64_vv, ck_floor_divide_f64_vc, ck_floor_divide_f64_cv)
    case .remainder: (ck_remainder_f64_vv, ck_remainder_f64_vc, ck_remainder_f64_cv)
    case .power: nil
    }
  }

  /// Computes `count` rows; `out` may be one of the blocks, at most one operand is a constant.
  package func compute(
    _ left: Operand<Double>, _ right: Operand<Double>, count: Int,
    into out: UnsafeMutablePointer<Double>
  ) {
    guard let forms else { return computePower(left, right, count: count, into: out) }
    switch (left, right) {
    case (.block(let left), .block(let right)): forms.vv(left, right, out, count)
    case (.block(let left), .constant(let right)): forms.vc(left, right, out, count)
    case (.constant(let left), .block(let right)): forms.cv(left, right, out, count)
    case (.constant(let left), .constant(let right)):
      out.update(repeating: left, count: count)
      forms.vc(out, right, out, count)
    }
  }

  private func computePower(
    _ left: Operand<Double>, _ right: Operand<Double>, count: Int,
    into out: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, count)) { splat in
      guard let splat = splat.baseAddress else { return }
      switch (left, right) {
      case (.block(let left), .block(let right)): ck_pow_f64(left, right, out, count)
      case (.block(let left), .constant(let right)):
        splat.update(repeating: right, count: count)
        ck_pow_f64(left, splat, out, count)
      case (.constant(let left), .block(let right)):
        splat.update(repeating: left, count: count)
        ck_pow_f64(splat, right, out, count)
      case (.constant(let left), .constant(let right)):
        splat.update(repeating: right, count: count)
        out.update(repeating: left, count: count)
        ck_pow_f64(out, splat, out, count)
      }
    }
  }
}

/// A function of one double.
package enum FloatFunction: Sendable, CaseIterable {
  case negate, absolute, squareRoot, floor, ceil
  /// Half away from zero.
  case round
  /// Within one unit of the last place, the same on every machine.
  case exp, ln, log10

  /// Computes `count` rows; `out` may be the input.
  package func compute(
    _ values: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .negate: ck_negate_f64(values, out, count)
    case .absolute: ck_absolute_f64(values, out, count)
    case .squareRoot: ck_square_root_f64(values, out, count)
    case .floor: ck_floor_f64(values, out, count)
    case .ceil: ck_ceil_f64(values, out, count)
    case .round: ck_round_f64(values, out, count)
    case .exp: ck_exp_f64(values, out, count)
    case .ln: ck_ln_f64(values, out, count)
    case .log10: ck_log10_f64(values, out, count)
    }
  }
}

/// Rounds doubles to so many digits behind the point, or before it where negative, half away from zero.
///
/// Powers of ten up to 10^22 are exact, and so is the choice of the neighbour but for ties that a double
/// cannot hold; beyond, there is nothing to round or nothing left. About 1 ns a row; `out` may be the input.
package func round(
  _ values: UnsafePointer<Double>, digits: Int64, count: Int, into out: UnsafeMutablePointer<Double>
) {
  switch digits {
  case 0: ck_round_f64(values, out, count)
  case 23...: out.update(from: values, count: count)
  case 1...: ck_round_behind_f64(values, powerOfTen(digits), out, count)
  case (-308)...: ck_round_before_f64(values, powerOfTen(-digits), out, count)
  default: ck_multiply_f64_vc(values, 0, out, count)
  }
}

private func powerOfTen(_ exponent: Int64) -> Double {
  var power = 1.0
  for _ in 0..<exponent { power *= 10 }
  return power
}
