/// The windows of weeks of a wide band that may be likely enough: a bound without logarithms.
///
/// The likelihood ratio of Poisson counts is at most (o − e)² / e, summed over inside and outside: with
/// T followers in all, (o − e)² T / (e (T − e)). Most windows fail it, or have too small a ratio.
struct LikelyWindows {
  private let ratio: Double
  private var total = 0.0
  /// Sums before each week: observed, and expected at the band's level.
  private var observed: [Double]
  private var expected: [Double]
  /// Below 0 where a window is out.
  private var promises: [Double]

  /// What rounding may take from either side of a comparison.
  private static let slack = 1e-9

  init(weeks: Int, ratio: Double) {
    self.ratio = ratio
    observed = [Double](repeating: 0, count: weeks + 1)
    (expected, promises) = (observed, observed)
  }

  /// Reads a band of bins with `total` followers.
  mutating func read(
    _ observed: CellSums, _ expected: CellSums, _ bins: Range<Int>, level: Double, total: Double
  ) {
    observed.line(bins, times: 1, into: &self.observed)
    expected.line(bins, times: level, into: &self.expected)
    self.total = total
  }

  /// Where the windows of a length begin that may reach a likelihood ratio (ln) and the least ratio.
  mutating func starts(length: Int, likelihood: Double) -> [Int] {
    let count = promises.count - length
    let (total, ratio) = (total, ratio)
    let bar = likelihood * (1 - LikelyWindows.slack)
    var signs = ~0 as UInt64
    observed.withUnsafeBufferPointer { observed in
      expected.withUnsafeBufferPointer { expected in
        promises.withUnsafeMutableBufferPointer { promises in
          for start in 0..<count {
            let inside = observed[start &+ length] - observed[start]
            let usual = expected[start &+ length] - expected[start]
            let (excess, rest) = (inside - usual, total - usual)
            let likely = excess * excess * total - bar * usual * rest
            let above = inside * (rest + 0.5) * (1 + LikelyWindows.slack)
            let high = above - ratio * (usual * (total - inside + 0.5) + 0.5 * (rest + 0.5))
            let both = likely < high ? likely : high
            let promise = excess > 0 ? both : -1
            promises[start] = promise
            signs &= promise.bitPattern
          }
        }
      }
    }
    let isAny = signs >> 63 == 0
    return isAny ? (0..<count).filter { promises[$0] >= 0 } : []
  }
}
