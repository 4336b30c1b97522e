import Glibc

/// P(Y ≥ count) for a negative binomial variable with variance = mean + dispersion × mean².
///
/// With k = 1 / dispersion and π = k / (k + mean) it is I(1 − π; count, k). A dispersion below 1e−9 is
/// Poisson's. 1 at counts of 0 and less.
package func negativeBinomialTail(
  atLeast count: Int, mean: Double, dispersion: Double
) -> Double {
  exp(lnNegativeBinomialTail(atLeast: count, mean: mean, dispersion: dispersion))
}

/// The logarithm of `negativeBinomialTail`, for ranking what underflows.
package func lnNegativeBinomialTail(
  atLeast count: Int, mean: Double, dispersion: Double
) -> Double {
  guard count > 0 else { return 0 }
  guard dispersion >= 1e-9 else { return lnPoissonTail(atLeast: count, mean: mean) }
  let k = 1 / dispersion
  let total = k + mean
  return lnIncompleteBeta(mean / total, complement: k / total, Double(count), k).value
}

/// ln P(Y = count) for a negative binomial variable with variance = mean + dispersion × mean².
package func lnNegativeBinomial(_ count: Int, mean: Double, dispersion: Double) -> Double {
  guard count >= 0 else { return -Double.infinity }
  guard mean > 0 else { return count == 0 ? 0 : -Double.infinity }
  let y = Double(count)
  guard dispersion >= 1e-9 else { return y * log(mean) - mean - lnGamma(y + 1) }
  let k = 1 / dispersion
  let coefficient = count == 0 ? 0 : -lnBeta(y, k) - log(y)
  return coefficient - k * log1p(mean / k) + y * (log(mean) - log(k + mean))
}
