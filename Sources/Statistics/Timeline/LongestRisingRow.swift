/// The indices of a longest non-decreasing subsequence.
///
/// Patience sorting (C. Schensted, "Longest increasing and decreasing subsequences", Canad. J. Math. 13,
/// 1961). O(m log m) time, 12 m bytes.
package func longestRisingRow(_ values: [Int64]) -> [Int] {
  var piles: [Int] = []
  var before = [Int](repeating: -1, count: values.count)
  for (index, value) in values.enumerated() {
    // Mostly the value goes on top of all: that is tried first.
    var pile = piles.count
    if let last = piles.last, values[last] > value {
      pile = piles.partitioningIndex { values[$0] > value }
    }
    if pile > 0 { before[index] = piles[pile - 1] }
    if pile == piles.count { piles.append(index) } else { piles[pile] = index }
  }
  var row: [Int] = []
  row.reserveCapacity(piles.count)
  var index = piles.last ?? -1
  while index >= 0 {
    row.append(index)
    index = before[index]
  }
  return row.reversed()
}
