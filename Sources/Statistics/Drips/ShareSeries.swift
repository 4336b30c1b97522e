import Glibc

/// The share of low quality over equal stretches of days: weeks, or longer where followers are few.
struct ShareSeries {
  /// Days of a stretch.
  let width: Int
  /// Per stretch with followers: its number, how many followers, and the share of the marked ones.
  private(set) var places: [Int] = []
  private(set) var counts: [Double] = []
  private(set) var shares: [Double] = []
  /// The share of all.
  private(set) var share = 0.5
  /// The variance of a share: this over the number of followers.
  private(set) var unitVariance = 0.25

  /// The series of followers a day and those of low quality, masked days 0 of both, in O(days).
  ///
  /// A stretch has 15 followers in the mean, and there are at most 300 of them. A share further than 2.5
  /// standard errors from the median of the five around it is drawn in to that: one odd week is no drip.
  init(counts: [Int], marked: [Int]) {
    let weeks = (counts.count + 6) / 7
    let total = counts.reduce(0, +)
    let longest = max((15 * weeks + total) / max(1, total), (weeks + 299) / 300)
    width = 7 * max(1, longest)
    guard total > 0 else { return }
    for start in stride(from: 0, to: counts.count, by: width) {
      let days = start..<min(counts.count, start + width)
      let (n, k) = (counts[days].reduce(0, +), marked[days].reduce(0, +))
      guard n > 0 else { continue }
      places.append(start / width)
      self.counts.append(Double(n))
      shares.append(Double(k) / Double(n))
    }
    share = Double(marked.reduce(0, +) + 1) / Double(total + 2)
    unitVariance = share * (1 - share)
    unitVariance *= dispersion()
    shares = drawnIn()
  }

  /// The days of some stretches that follow on one another.
  func days(_ stretches: Range<Int>) -> ClosedRange<Int> {
    places[stretches.lowerBound] * width...(places[stretches.upperBound - 1] + 1) * width - 1
  }

  /// How much more a share scatters than a binomial one about the mean of the two beside it.
  ///
  /// The median of the squared residuals over that of χ² with one degree of freedom, at least 1: neither
  /// a drift nor the edges of a drip move it.
  private func dispersion() -> Double {
    var squares: [Double] = []
    for index in 1..<max(1, shares.count - 1) {
      let residual = shares[index] - (shares[index - 1] + shares[index + 1]) / 2
      let variance = 1 / counts[index] + (1 / counts[index - 1] + 1 / counts[index + 1]) / 4
      squares.append(residual * residual / (unitVariance * variance))
    }
    guard squares.count >= 8 else { return 1 }
    squares.sort()
    return max(1, squares[squares.count / 2] / 0.455)
  }

  private func drawnIn() -> [Double] {
    shares.indices.map { index in
      let around = shares[max(0, index - 2)...min(shares.count - 1, index + 2)].sorted()
      let middle = around[around.count / 2]
      let reach = 2.5 * (unitVariance / counts[index]).squareRoot()
      return min(middle + reach, max(middle - reach, shares[index]))
    }
  }
}
