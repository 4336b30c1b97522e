import Glibc

/// The greatest distance of two samples' distribution functions, and its two-sided p value.
///
/// The asymptotic law of Kolmogorov and Smirnov (N. Smirnov, Annals of Mathematical Statistics 19, 1948).
/// NaN must not occur; distance 0 and p 1 where a sample is empty. O(n log n).
package func kolmogorovSmirnov(
  _ first: [Double], _ second: [Double]
) -> (distance: Double, p: Double) {
  kolmogorovSmirnov(sorted: risingNumbers(first), risingNumbers(second))
}

/// The same of rising values, O(n).
package func kolmogorovSmirnov(
  sorted a: [Double], _ b: [Double]
) -> (distance: Double, p: Double) {
  guard !a.isEmpty, !b.isEmpty else { return (0, 1) }
  let (n, m) = (Double(a.count), Double(b.count))
  var (i, j, distance) = (0, 0, 0.0)
  while i < a.count, j < b.count {
    let value = min(a[i], b[j])
    while i < a.count, a[i] <= value { i += 1 }
    while j < b.count, b[j] <= value { j += 1 }
    distance = max(distance, abs(Double(i) / n - Double(j) / m))
  }
  let lambda = distance * (n * m / (n + m)).squareRoot()
  return (distance, tail(lambda))
}

private func tail(_ lambda: Double) -> Double {
  guard lambda > 0.2 else { return 1 }
  var sum = 0.0
  for k in 1...100 {
    let term = exp(-2 * Double(k * k) * lambda * lambda)
    sum += k % 2 == 1 ? term : -term
    if term < 1e-16 { break }
  }
  return min(1, max(0, 2 * sum))
}
