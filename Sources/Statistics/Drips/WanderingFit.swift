import Glibc

/// How well a wander fits a series of shares, before anything is known of steps: O(n³) for n shares.
struct WanderingFit {
  let factor: CholeskyFactor
  /// The shares, solved for the factor.
  let shares: [Double]
  /// ln of the chance density of the shares, less a constant.
  let lnDensity: Double

  init(_ series: ShareSeries, _ wandering: Wandering) {
    factor = CholeskyFactor(Self.covariance(series, wandering), series.shares.count)
    shares = factor.solved(series.shares)
    lnDensity = factor.lnDensity(solved: factor.solved(series.shares.map { $0 - series.share }))
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

  /// No rise is higher than this, in standard errors: a bound in O(n · m²) for stretches of up to m shares.
  ///
  /// The information on a rise is a sum over all shares, of which those of the stretch tell most, and as many
  /// behind it nearly all the rest; less information only makes it higher. Heights below `least` are not looked at
  /// closely.
  func heightBound(
    _ series: ShareSeries, _ settings: ShareScanSettings, least: Double
  ) -> Double {
    let reach = 2 * (settings.longest / series.width + 1)
    let steps = factor.firstSteps(reach: reach)
    let evidences = stepEvidences()
    var highest = least
    var (start, end, inside) = (-1, -1, 0.0)
    forEachStretch(series, settings) { stretch in
      if stretch.lowerBound != start {
        (start, end, inside) = (stretch.lowerBound, stretch.lowerBound, 0)
      }
      while end < stretch.upperBound {
        inside += steps[start * reach + end - start] * steps[start * reach + end - start]
        end += 1
      }
      let evidence = evidences[start] - evidences[end]
      guard evidence > 0, evidence * evidence > highest * highest * inside else { return }
      var information = inside
      for place in end..<min(factor.count, start + reach) {
        let rest = steps[start * reach + place - start] - steps[end * reach + place - end]
        information += rest * rest
      }
      highest = max(highest, evidence / information.squareRoot())
    }
    return highest
  }

  /// What the shares say of a step that begins at each place, and 0 for the end.
  private func stepEvidences() -> [Double] {
    var sums = factor.solvedTransposed(shares) + [0]
    for place in (0..<factor.count).reversed() { sums[place] += sums[place + 1] }
    return sums
  }
}
