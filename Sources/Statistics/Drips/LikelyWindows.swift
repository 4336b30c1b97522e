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
  fileprivate static let slack = 1e-9

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
    observed.withUnsafeBufferPointer { observed in
      expected.withUnsafeBufferPointer { expected in
        let bound = Bound(
          observed: observed, expected: expected, length: length, total: total, ratio: ratio,
          bar: likelihood * (1 - LikelyWindows.slack))
        let windows = 0..<(observed.count - length)
        // Nothing but a sum of signs, for the many lengths without any.
        var signs = ~0 as UInt64
        for start in windows { signs &= bound.promise(start).bitPattern }
        return signs >> 63 == 0 ? windows.filter { bound.promise($0) >= 0 } : []
      }
    }
  }

  private struct Bound {
    let observed: UnsafeBufferPointer<Double>
    let expected: UnsafeBufferPointer<Double>
    let length: Int
    let total: Double
    let ratio: Double
    let bar: Double

    /// Below 0 where a window is out.
    @inline(__always) func promise(_ start: Int) -> Double {
      let inside = observed[start &+ length] - observed[start]
      let usual = expected[start &+ length] - expected[start]
      let (excess, rest) = (inside - usual, total - usual)
      let likely = excess * excess * total - bar * usual * rest
      let above = inside * (rest + 0.5) * (1 + LikelyWindows.slack)
      let high = above - ratio * (usual * (total - inside + 0.5) + 0.5 * (rest + 0.5))
      let both = likely < high ? likely : high
      return excess > 0 ? both : -1
    }
  }
}
