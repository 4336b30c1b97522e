import Glibc

/// The two-sided p value of the Mann–Whitney test that two samples come from one distribution.
///
/// H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18, 1947; by the normal law, with ties
/// at middle ranks and their correction of the variance. NaN must not occur. 1 where a sample is empty
/// or all values are equal. O(n log n).
package func mannWhitneyP(_ first: [Double], _ second: [Double]) -> Double {
  let (n1, n2) = (Double(first.count), Double(second.count))
  guard n1 > 0, n2 > 0 else { return 1 }
  let all = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
  var (rankSum, tieSum, start) = (0.0, 0.0, 0)
  while start < all.count {
    var end = start
    var own = 0.0
    while end < all.count, all[end].0 == all[start].0 {
      own += all[end].1 ? 1 : 0
      end += 1
    }
    let size = Double(end - start)
    rankSum += own * (Double(start + end + 1) / 2)
    tieSum += size * size * size - size
    start = end
  }
  let u = rankSum - n1 * (n1 + 1) / 2
  let total = n1 + n2
  let variance = n1 * n2 / 12 * (total + 1 - tieSum / max(1, total * (total - 1)))
  guard variance > 0 else { return 1 }
  return erfc(abs(u - n1 * n2 / 2) / (2 * variance).squareRoot())
}
