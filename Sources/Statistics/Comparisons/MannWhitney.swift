import Glibc

/// The two-sided p value of the Mann–Whitney test that two samples come from one distribution.
///
/// H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18, 1947; by the normal law, with ties
/// at middle ranks and their correction of the variance. NaN must not occur. 1 where a sample is empty
/// or all values are equal. O(n log n).
package func mannWhitneyP(_ first: [Double], _ second: [Double]) -> Double {
  mannWhitneyP(sorted: risingNumbers(first), risingNumbers(second))
}

/// The same of rising values, O(n).
package func mannWhitneyP(sorted first: [Double], _ second: [Double]) -> Double {
  let (n1, n2) = (Double(first.count), Double(second.count))
  guard n1 > 0, n2 > 0 else { return 1 }
  var (rankSum, tieSum, i, j) = (0.0, 0.0, 0, 0)
  while i < first.count || j < second.count {
    let start = i + j
    let (a, b) = (i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
    let value = min(a, b)
    let before = i
    while i < first.count, first[i] == value { i += 1 }
    while j < second.count, second[j] == value { j += 1 }
    let size = Double(i + j - start)
    rankSum += Double(i - before) * (Double(start + i + j + 1) / 2)
    tieSum += size * size * size - size
  }
  let u = rankSum - n1 * (n1 + 1) / 2
  let total = n1 + n2
  let variance = n1 * n2 / 12 * (total + 1 - tieSum / max(1, total * (total - 1)))
  guard variance > 0 else { return 1 }
  return erfc(abs(u - n1 * n2 / 2) / (2 * variance).squareRoot())
}
