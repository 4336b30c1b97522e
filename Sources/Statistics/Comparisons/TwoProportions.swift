import Glibc

/// The two-sided p value of the hypothesis that two shares are one.
///
/// The score test with pooled variance; Fisher's exact test (the sum of all tables that are no likelier)
/// where an expected count is below 5. 1 where a sample is empty.
package func twoProportionsP(
  successes1: Int, trials1: Int, successes2: Int, trials2: Int
) -> Double {
  guard trials1 > 0, trials2 > 0 else { return 1 }
  let (n1, n2) = (Double(trials1), Double(trials2))
  let pooled = Double(successes1 + successes2) / (n1 + n2)
  let least = min(n1, n2) * min(pooled, 1 - pooled)
  if least < 5 { return fisherP(successes1, trials1, successes2, trials2) }
  let difference = Double(successes1) / n1 - Double(successes2) / n2
  let deviation = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
  return erfc(abs(difference) / deviation / 2.0.squareRoot())
}

private func fisherP(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
  let hits = k1 + k2
  let range = max(0, hits - n2)...min(hits, n1)
  func lnP(_ k: Int) -> Double {
    lnChoose(n1, k) + lnChoose(n2, hits - k) - lnChoose(n1 + n2, hits)
  }
  let own = lnP(k1)
  // A table as likely as the own one counts, whatever the last digits.
  return min(1, range.reduce(0) { $0 + (lnP($1) <= own + 1e-7 ? exp(lnP($1)) : 0) })
}
