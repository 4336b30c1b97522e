import Glibc

/// P(X ≥ count) for a binomial variable.
///
/// The incomplete beta function I(chance; count, trials − count + 1).
package func binomialTail(atLeast count: Int, trials: Int, chance: Double) -> Double {
  if count <= 0 { return 1 }
  if count > trials { return 0 }
  return incompleteBeta(chance, Double(count), Double(trials - count + 1))
}
