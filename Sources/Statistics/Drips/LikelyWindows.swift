import CKernels

/// The windows of weeks of a wide band that may be likely enough: a bound without logarithms.
///
/// The likelihood ratio of Poisson counts is at most (o − e)² / e, summed over inside and outside: with
/// T followers in all, (o − e)² T / (e (T − e)). Most windows fail it, or have too small a ratio or
/// excess. Sums are of single precision, with a slack for what that leaves out.
struct LikelyWindows {
  private let ratio: Double
  private let least: Double
  private var total = 0.0
  /// Sums before each week: observed less usual, and usual at the band's level.
  private var excess: [Float]
  private var usual: [Float]
  private var found: [UInt32]

  /// `ratio` and `excess` are the least of a window.
  init(weeks: Int, ratio: Double, excess: Double) {
    self.ratio = ratio
    least = excess
    self.excess = [Float](repeating: 0, count: weeks + 1)
    usual = self.excess
    found = [UInt32](repeating: 0, count: weeks + 1)
  }

  /// Reads a band of bins with `total` followers.
  mutating func read(
    _ observed: CellSums, _ expected: CellSums, _ bins: Range<Int>, level: Double, total: Double
  ) {
    observed.lines(bins, beside: expected, level: level, excess: &excess, usual: &usual)
    self.total = total
  }

  /// Where the windows of a length begin that may reach a likelihood ratio (ln), the least ratio and
  /// the least excess.
  mutating func starts(length: Int, likelihood: Double) -> ArraySlice<UInt32> {
    // Each sum is rounded by 2^-24 of all, and twice the difference of two stays below a quarter of this.
    let bound = ck_window_bound(
      total: Float(total), bar: Float(likelihood), ratio: Float(ratio), least: Float(least),
      slack: Float(total) / Float(1 << 21))
    let windows = usual.count - length
    let count = ck_likely_windows(excess, usual, length, windows, bound, &found)
    return found[..<count]
  }
}
