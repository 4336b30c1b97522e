import Glibc

/// The regularised lower incomplete gamma function P(a, x) for a > 0 and x ≥ 0, from 0 to 1.
///
/// By its series below x = a + 1 and by Lentz's continued fraction above (Abramowitz and Stegun,
/// "Handbook of Mathematical Functions", 6.5.29 and 6.5.31; W. J. Lentz, Applied Optics 15, 1976).
/// Relative error about 1e−12 for a up to 1e6. O(√a) steps. NaN outside its domain.
package func incompleteGamma(_ a: Double, _ x: Double) -> Double {
  exp(lnIncompleteGamma(a, x).value)
}

/// ln P(a, x), with ln(1 − P) beside it.
func lnIncompleteGamma(_ a: Double, _ x: Double) -> LogProbability {
  guard a > 0, x >= 0 else { return LogProbability(value: .nan, complement: .nan) }
  if x == 0 { return .impossible }
  if x == .infinity { return .certain }
  let scale = a * log(x) - x - lnGamma(a)
  if x < a + 1 { return LogProbability(value: scale + log(lowerSeries(a, x))) }
  return LogProbability(value: scale + log(upperFraction(a, x))).flipped
}

/// Σ xⁱ / (a (a + 1) … (a + i)).
private func lowerSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1 / a
  var sum = term
  var divisor = a
  for _ in 0..<stepLimit(a) {
    divisor += 1
    term *= x / divisor
    sum += term
    if term < sum * 1e-17 { break }
  }
  return sum
}

private func upperFraction(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var fraction = d
  for step in 1...stepLimit(a) {
    let i = Double(step)
    let numerator = -i * (i - a)
    b += 2
    d = 1 / nonzero(numerator * d + b)
    c = nonzero(b + numerator / c)
    let factor = d * c
    fraction *= factor
    if abs(factor - 1) < 1e-15 { break }
  }
  return fraction
}

/// A number near 0 that Lentz's method puts where a 0 would stop it.
let tiny = 1e-300

func nonzero(_ value: Double) -> Double {
  abs(value) < tiny ? tiny : value
}

/// Steps until series and fractions of this size have long converged.
func stepLimit(_ size: Double) -> Int {
  200 + Int(20 * min(size, 1e15).squareRoot())
}
