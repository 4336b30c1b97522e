import CKernels

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

  /// What rounding may take from either side of a comparison.
  private static let slack = 1e-9

  init(weeks: Int, ratio: Double) {
    self.ratio = ratio
    observed = [Double](repeating: 0, count: weeks + 1)
    expected = observed
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
  func starts(length: Int, likelihood: Double) -> [Int] {
    let bound = ck_window_bound(
      total: total, ratio: ratio, bar: likelihood * (1 - LikelyWindows.slack),
      slack: LikelyWindows.slack)
    return observed.withUnsafeBufferPointer { observed in
      expected.withUnsafeBufferPointer { expected -> [Int] in
        guard let observed = observed.baseAddress, let expected = expected.baseAddress else {
          return []
        }
        func mayReach(_ windows: Range<Int>) -> Bool {
          ck_any_window(
            observed + windows.lowerBound, expected + windows.lowerBound, length, windows.count,
            bound) != 0
        }
        let windows = 0..<(self.observed.count - length)
        // Most lengths have none: they are tested all at once.
        guard mayReach(windows) else { return [] }
        return windows.filter { mayReach($0..<($0 + 1)) }
      }
    }
  }
}
