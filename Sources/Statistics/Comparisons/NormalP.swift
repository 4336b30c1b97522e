import Glibc

/// The two-sided p value of a standard normal deviate.
package func normalP(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }
