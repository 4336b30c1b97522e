/// The shift between two samples: the median of all differences first − second, with its interval.
///
/// J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34, 1963; the interval by the ranks
/// that the Mann–Whitney law leaves (95 %). NaN must not occur; nil where a sample is empty. The
/// differences are not made: their order is found by counting, O((n + m) log (range / precision)).
package func hodgesLehmannShift(
  _ first: [Double], _ second: [Double]
) -> (shift: Double, interval: Interval)? {
  guard !first.isEmpty, !second.isEmpty else { return nil }
  let differences = Differences(risingNumbers(first), risingNumbers(second))
  let (n, m) = (Double(first.count), Double(second.count))
  let reach = normal95 * (n * m * (n + m + 1) / 12).squareRoot()
  let low = differences.value(atRank: n * m / 2 - reach)
  let high = differences.value(atRank: n * m / 2 + reach)
  return (differences.median, Interval(low: low, high: high))
}

/// All differences of two ascending samples, by rank.
private struct Differences {
  let first: [Double]
  let second: [Double]

  init(_ first: [Double], _ second: [Double]) {
    self.first = first
    self.second = second
  }

  /// The middle difference, or the mean of the two in the middle.
  var median: Double {
    let count = first.count * second.count
    let lower = value(atRank: Double((count + 1) / 2))
    return count % 2 == 1 ? lower : (lower + value(atRank: Double(count / 2 + 1))) / 2
  }

  /// The smallest value that at least `rank` differences do not exceed, to 15 digits of the range.
  func value(atRank rank: Double) -> Double {
    var low = first[0] - second[second.count - 1]
    var high = first[first.count - 1] - second[0]
    guard rank > 0 else { return low }
    if Double(count(atMost: low)) >= rank { return low }
    for _ in 0..<60 where low < high {
      let middle = low + (high - low) / 2
      if Double(count(atMost: middle)) >= rank { high = middle } else { low = middle }
    }
    return high
  }

  /// How many differences are at most `limit`.
  private func count(atMost limit: Double) -> Int {
    var total = 0
    var index = 0
    for value in second {
      while index < first.count, first[index] - value <= limit { index += 1 }
      total += index
    }
    return total
  }
}
