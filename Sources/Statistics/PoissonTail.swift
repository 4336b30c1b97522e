import Glibc

/// P(Y ≥ count) for a Poisson variable of a mean.
///
/// The regularised lower incomplete gamma function P(count, mean). 1 at counts of 0 and less.
package func poissonTail(atLeast count: Int, mean: Double) -> Double {
  exp(lnPoissonTail(atLeast: count, mean: mean))
}

/// The logarithm of `poissonTail`, for ranking what underflows.
package func lnPoissonTail(atLeast count: Int, mean: Double) -> Double {
  count <= 0 ? 0 : lnIncompleteGamma(Double(count), mean).value
}

/// P(Y ≤ count) for a Poisson variable of a mean.
package func poissonBelow(atMost count: Int, mean: Double) -> Double {
  count < 0 ? 0 : exp(lnIncompleteGamma(Double(count) + 1, mean).complement)
}
