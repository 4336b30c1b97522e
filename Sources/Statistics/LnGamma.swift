import Glibc

/// The natural logarithm of Γ(x) for x > 0.
///
/// The C library's, in the form that is safe in threads: `lgamma` writes a global.
package func lnGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// The logarithm of the number of ways to choose k of n; −∞ outside 0 ≤ k ≤ n.
package func lnChoose(_ n: Int, _ k: Int) -> Double {
  guard k >= 0, k <= n else { return -Double.infinity }
  return lnGamma(Double(n) + 1) - lnGamma(Double(k) + 1) - lnGamma(Double(n - k) + 1)
}

/// The logarithm of the beta function, Γ(a) Γ(b) / Γ(a + b), for a, b > 0.
///
/// Where one argument is large, the difference of its two ln Γ is taken by Stirling's series, in which
/// the large parts cancel on paper.
func lnBeta(_ a: Double, _ b: Double) -> Double {
  let (small, large) = (min(a, b), max(a, b))
  guard large > 1000 else { return lnGamma(a) + lnGamma(b) - lnGamma(a + b) }
  let sum = large + small
  let rise = (large - 0.5) * log1p(small / large) + small * (log(sum) - 1)
  return lnGamma(small) - rise - (stirlingRest(sum) - stirlingRest(large))
}

/// What Stirling's formula leaves of ln Γ(x).
private func stirlingRest(_ x: Double) -> Double {
  let square = 1 / (x * x)
  return (1.0 / 12 - square * (1.0 / 360 - square / 1260)) / x
}

/// ln(1 − eˣ) for x ≤ 0 without loss near both ends.
///
/// M. Mächler, "Accurately computing log(1 − exp(−|a|))", R package Rmpfr, 2012.
func lnOneMinusExp(_ x: Double) -> Double {
  x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}
