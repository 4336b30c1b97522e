import CKernels

/// The windows of weeks of a wide band that may be likely enough: a bound without logarithms.
///
/// The likelihood ratio of Poisson counts is at most (o − e)² / 2e where there are more than e, and at most
/// twice that where there are fewer: with T followers in all, (o − e)² (T + e) / (2e (T − e)) for inside and
/// outside. Most windows fail it, or have too small a ratio or excess. Sums are of single precision, with a
/// slack for what that leaves out.
struct LikelyWindows {
  /// The weeks of a window.
  static let lengths = [4, 6, 9, 13, 18, 26, 36]

  private let weeks: Int
  private let ratio: Double
  private let least: Double
  private var total = 0.0
  /// The first week that is looked at.
  private var first = 0
  /// Sums before each week: observed less usual, and usual at the band's level.
  ///
  /// Behind the last week, such that no window reaches anything there.
  private var excess: [Float]
  private var usual: [Float]
  /// The lengths of which windows that begin in a block of weeks may reach what was asked for.
  private var blocks: [UInt8]
  private var lengths: UInt8 = 0
  private var found: [UInt32]

  private static let weekLengths = lengths.map { UInt32($0) }
  private static let longest = lengths.max() ?? 0

  /// `ratio` and `excess` are the least of a window.
  init(weeks: Int, ratio: Double, excess: Double) {
    self.weeks = weeks
    self.ratio = ratio
    least = excess
    let block = Int(CK_WINDOW_BLOCK)
    let places = weeks + 1 + block + Self.longest
    self.excess = [Float](repeating: -.infinity, count: places)
    usual = [Float](repeating: .infinity, count: places)
    blocks = [UInt8](repeating: 0, count: (weeks + block - 1) / block)
    found = [UInt32](repeating: 0, count: weeks + 1)
  }

  /// Reads a band of bins with `total` followers, and looks which lengths may reach a likelihood ratio (ln), the
  /// least ratio and the least excess.
  ///
  /// `opening`: the first week with anybody in these bins.
  mutating func read(
    _ observed: CellCounts, _ expected: CellSums, _ bins: Range<Int>, level: Double, total: Double,
    opening: Int, likelihood: Double
  ) {
    first = max(0, opening - Self.longest)
    observed.lines(
      bins, from: first, beside: expected, level: level, excess: &excess, usual: &usual)
    self.total = total
    lengths = ck_likely_lengths(
      excess, usual, Self.weekLengths, first, weeks, bound(likelihood), &blocks)
  }

  /// Whether a window of a length, given by its number, may reach what was looked for.
  func mayReach(length number: Int) -> Bool { lengths >> UInt8(number / 2) & 1 != 0 }

  /// Where the windows of a length, given by its number, begin that may reach a likelihood ratio not below the
  /// one looked for, the least ratio and the least excess.
  mutating func starts(length number: Int, likelihood: Double) -> ArraySlice<UInt32> {
    let length = Self.lengths[number]
    let count = ck_likely_windows(
      excess, usual, length, first, max(first, weeks + 1 - length), bound(likelihood), blocks,
      1 << UInt8(number / 2), &found)
    return found[..<count]
  }

  private func bound(_ likelihood: Double) -> ck_window_bound {
    // Each sum is rounded by 2^-24 of all, and twice the difference of two stays below a quarter of this.
    ck_window_bound(
      total: Float(total), bar: Float(2 * likelihood), ratio: Float(ratio), least: Float(least),
      slack: Float(total) / Float(1 << 21))
  }
}
