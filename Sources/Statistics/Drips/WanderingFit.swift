import Glibc

/// How well a wander fits a series of shares, before anything is known of steps: O(n³) for n shares.
struct WanderingFit {
  let wandering: Wandering
  let factor: CholeskyFactor
  /// The shares, solved for the factor.
  let shares: [Double]
  /// ln of the chance density of the shares, less a constant.
  let lnDensity: Double
  /// No rise makes the shares likelier than this, whether they wander so or more.
  ///
  /// A rise explains at most all that the shares are off their mean, and of the mean s at most 2s standard errors,
  /// since their level may be anything (`Wandering.level`). The more they wander, the less there is to explain,
  /// and the larger is the determinant of their covariance.
  let ceiling: Double

  init(_ series: ShareSeries, _ wandering: Wandering) {
    self.wandering = wandering
    factor = CholeskyFactor(Self.covariance(series, wandering), series.shares.count)
    shares = factor.solved(series.shares)
    let residuals = factor.solved(series.shares.map { $0 - series.share })
    lnDensity = factor.lnDensity(solved: residuals)
    let far = residuals.reduce(0) { $0 + $1 * $1 }.squareRoot() + series.share / Wandering.level
    // A little more, for the rounding of sums.
    ceiling = lnDensity + far * far / 2 + 0.01
  }

  private static func covariance(_ series: ShareSeries, _ wandering: Wandering) -> [Double] {
    let n = series.shares.count
    let longest = (series.places.last ?? 0) - (series.places.first ?? 0)
    let byGap = (0...longest).map { wandering.covariance(Double($0 * series.width)) }
    var matrix = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0...row {
        matrix[row * n + column] = byGap[series.places[row] - series.places[column]]
      }
      matrix[row * n + row] += series.unitVariance / series.counts[row]
    }
    return matrix
  }

  /// Whether a rise may be higher than this, in standard errors: that none is, is mostly told in O(n²).
  ///
  /// The information on a rise is a sum over all shares. Its first shares alone leave most stretches too low; else
  /// those of the stretch tell most, and as many behind it nearly all the rest: O(m²) for stretches of up to m
  /// shares. Less information only makes a rise higher.
  func mayRise(over height: Double, _ series: ShareSeries, _ settings: ShareScanSettings) -> Bool {
    let evidences = stepEvidences()
    return stretches(series, settings).contains { start, ends in
      guard let least = evidences[ends].min(), evidences[start] > least else { return false }
      let first = factor.firstSteps(from: start, ends.lowerBound - start)
      let information = first.reduce(0) { $0 + $1 * $1 }
      guard isHigher(evidences[start] - least, information, than: height) else { return false }
      let reach = 2 * (settings.longest / series.width + 1)
      return mayRise(over: height, from: start, to: ends, reach: reach, evidences)
    }
  }

  private func mayRise(
    over height: Double, from start: Int, to ends: Range<Int>, reach: Int, _ evidences: [Double]
  ) -> Bool {
    let steps = factor.firstSteps(from: start, reach)
    var inside = steps[..<(ends.lowerBound - start)].reduce(0) { $0 + $1 * $1 }
    for end in ends {
      if end > ends.lowerBound { inside += steps[end - 1 - start] * steps[end - 1 - start] }
      let evidence = evidences[start] - evidences[end]
      guard evidence > 0, isHigher(evidence, inside, than: height) else { continue }
      let behind = zip(steps[(end - start)...], factor.firstSteps(from: end, steps.count))
      let information = behind.reduce(inside) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if isHigher(evidence, information, than: height) { return true }
    }
    return false
  }

  private func isHigher(_ evidence: Double, _ information: Double, than height: Double) -> Bool {
    evidence * evidence > height * height * information
  }

  /// What the shares say of a step that begins at each place, and 0 for the end.
  private func stepEvidences() -> [Double] {
    var sums = factor.solvedTransposed(shares) + [0]
    for place in (0..<factor.count).reversed() { sums[place] += sums[place + 1] }
    return sums
  }
}
