import Glibc

/// How an ordinary share wanders: standard deviations, and the days over which each goes on.
struct Wandering {
  var wander: Double
  var days: Double
  var flicker: Double
  var flickerDays: Double

  /// The covariance of the shares of two days so many days apart: a level that may be anything, a trend
  /// over years, a smooth wander over months, and a flicker that forgets.
  func covariance(_ gap: Double) -> Double {
    let (years, months) = (gap / (3 * 365), gap / days)
    return 0.25 + 0.01 * exp(-years * years / 2) + wander * wander * exp(-months * months / 2)
      + flicker * flicker * exp(-gap / flickerDays)
  }
}

/// The inverse covariance of a series of shares that wander, as sums that give any step's evidence at once.
///
/// A Gaussian process (`Wandering`) and the noise of each share. The evidence of a step is then that of generalised least squares. O(n³) for n shares.
struct WanderingLevel {
  let count: Int
  /// Per pair of places: the sum of the inverse over all later rows and columns, (n + 1)².
  private var corners: [Double]
  /// Per place: the sum of the inverse times the shares over all later rows.
  private var tails: [Double]

  /// ln of the chance density of the shares, less a constant.
  let lnDensity: Double

  init(_ series: ShareSeries, _ wandering: Wandering) {
    count = series.shares.count
    corners = [Double](repeating: 0, count: (count + 1) * (count + 1))
    tails = [Double](repeating: 0, count: count + 1)
    let factor = CholeskyFactor(WanderingLevel.covariance(series, wandering), count)
    lnDensity = factor.lnDensity(series.shares.map { $0 - series.share })
    addUp(factor.inverse(), series.shares)
  }

  private static func covariance(_ series: ShareSeries, _ wandering: Wandering) -> [Double] {
    let n = series.shares.count
    var matrix = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0...row {
        let gap = Double((series.places[row] - series.places[column]) * series.width)
        matrix[row * n + column] = wandering.covariance(gap)
      }
      matrix[row * n + row] += series.unitVariance / series.counts[row]
    }
    return matrix
  }

  private mutating func addUp(_ inverse: [Double], _ shares: [Double]) {
    let n = count
    for row in (0..<n).reversed() {
      var (sum, product) = (0.0, 0.0)
      for column in (0..<n).reversed() {
        let entry = inverse[max(row, column) * n + min(row, column)]
        sum += entry
        product += entry * shares[column]
        corners[row * (n + 1) + column] = corners[(row + 1) * (n + 1) + column] + sum
      }
      tails[row] = tails[row + 1] + product
    }
  }

  /// The information on a step at one place and a step at another: their inner product.
  func information(_ one: Int, _ other: Int) -> Double { corners[one * (count + 1) + other] }

  /// What the shares say of a step that begins at a place.
  func evidence(_ place: Int) -> Double { tails[place] }

  /// How much likelier the shares are with the best single step than with none: ln of the ratio.
  func stepLikelihood() -> Double {
    (1..<max(1, count)).reduce(0) { best, place in
      let information = information(place, place)
      guard information > 0 else { return best }
      return max(best, evidence(place) * evidence(place) / information / 2)
    }
  }
}
