/// The ranks of the ordered values that enclose a quantile, 1 being the smallest value.
package struct QuantileRanks: Hashable, Sendable {
  /// The rank of the lower limit.
  package let low: Int
  /// The rank of the upper limit.
  package let high: Int
}

/// The ranks of the two order statistics that enclose a quantile with a confidence.
///
/// Distribution-free (H. A. David and H. N. Nagaraja, "Order Statistics", 2003, 7.1): `low` is the
/// smallest a with P(Bin(n, q) ≤ a) ≥ (1 − confidence) / 2, and `high` is the same from above, so that
/// each side misses with less than that. Nil where no value of the sample is low or high enough: for
/// the median below 6 values. Ties need nothing. Cost O(√n): 1 ms at a thousand million values.
package func quantileRanks(
  count: Int, quantile: Double = 0.5, confidence: Double = 0.95
) -> QuantileRanks? {
  guard count > 0, quantile > 0, quantile < 1, confidence > 0, confidence < 1 else { return nil }
  let miss = (1 - confidence) / 2
  let low = binomialQuantile(miss, trials: count, chance: quantile)
  let fromAbove =
    quantile == 0.5 ? low : binomialQuantile(miss, trials: count, chance: 1 - quantile)
  guard low >= 1, fromAbove >= 1 else { return nil }
  return QuantileRanks(low: low, high: count - fromAbove + 1)
}

/// The smallest k with P(Bin(trials, chance) ≤ k) ≥ `probability`.
package func binomialQuantile(_ probability: Double, trials: Int, chance: Double) -> Int {
  func below(_ k: Int) -> Double {
    1 - binomialTail(atLeast: k + 1, trials: trials, chance: chance)
  }
  let n = Double(trials)
  let spread = (n * chance * (1 - chance)).squareRoot()
  let guess = (n * chance + normalQuantile(probability) * spread).rounded(.down)
  var k = min(trials, max(0, Int(guess)))
  while k > 0, below(k - 1) >= probability { k -= 1 }
  while k < trials, below(k) < probability { k += 1 }
  return k
}
