/// Which hypotheses are rejected so that at most the share `q` of the rejections is expected false.
///
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995): of m ordered
/// p values all up to the last with p(k) ≤ q k / m. In the order of `pValues`; NaN is never rejected
/// but is counted. O(m log m).
package func benjaminiHochberg(_ pValues: [Double], q: Double) -> [Bool] {
  let sorted = pValues.filter { !$0.isNaN }.sorted()
  let last = sorted.indices.last { index in
    sorted[index] <= q * Double(index + 1) / Double(pValues.count)
  }
  guard let last else { return pValues.map { _ in false } }
  return pValues.map { $0 <= sorted[last] }
}

/// The smallest q at which each hypothesis is rejected by `benjaminiHochberg`, at most 1.
///
/// In the order of `pValues`; NaN stays NaN.
package func benjaminiHochbergAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
  var adjusted = pValues
  var least = 1.0
  for (rank, index) in order.enumerated().reversed() {
    least = min(least, pValues[index] * Double(pValues.count) / Double(rank + 1))
    adjusted[index] = least
  }
  return adjusted
}
