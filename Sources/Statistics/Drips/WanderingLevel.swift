import CKernels
import Glibc

/// How an ordinary share wanders: standard deviations, and the days over which each goes on.
struct Wandering {
  var wander: Double
  var days: Double
  var flicker: Double
  var flickerDays: Double

  /// The standard deviation of the level of all shares.
  static let level = 0.5

  /// The covariance of the shares of two days so many days apart: a level that may be anything, a trend
  /// over years, a smooth wander over months, and a flicker that forgets.
  func covariance(_ gap: Double) -> Double {
    let (years, months) = (gap / (3 * 365), gap / days)
    return Self.level * Self.level + 0.01 * exp(-years * years / 2) + wander * wander
      * exp(-months * months / 2)
      + flicker * flicker * exp(-gap / flickerDays)
  }
}

/// A series of shares that wander, ready to say what it tells of a step at any place.
///
/// A Gaussian process (`Wandering`) and the noise of each share; the evidence of a step is that of
/// generalised least squares. With the covariance L Lᵀ, a step is the column of ones from its place on, solved
/// for L. O(n³) for n shares.
struct WanderingLevel {
  let count: Int
  /// The solved steps, n × n.
  private let steps: [Double]
  /// Per place and for the end: the information on a step there, and what the shares say of it.
  private let informations: [Double]
  private let evidences: [Double]
  /// ln of the chance density of the shares, less a constant.
  let lnDensity: Double

  init(_ fit: WanderingFit) {
    let n = fit.factor.count
    let steps = fit.factor.solvedSteps()
    let shares = fit.shares
    informations =
      (0..<n).map { WanderingLevel.product(steps, $0 * n + $0, steps, $0 * n + $0, n - $0) } + [0]
    evidences =
      (0..<n).map { WanderingLevel.product(steps, $0 * n + $0, shares, $0, n - $0) } + [0]
    lnDensity = fit.lnDensity
    self.steps = steps
    count = n
  }

  /// The information on a step at one place and a step at another, not before it: their inner product;
  /// 0 past the end.
  func information(_ one: Int, _ later: Int) -> Double {
    if one == later { return informations[one] }
    guard later < count else { return 0 }
    let (first, second) = (one * count + later, later * count + later)
    return WanderingLevel.product(steps, first, steps, second, count - later)
  }

  /// What the shares say of a step that begins at a place; 0 past the end.
  func evidence(_ place: Int) -> Double { evidences[place] }

  private static func product(
    _ a: [Double], _ first: Int, _ b: [Double], _ second: Int, _ length: Int
  ) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
        return ck_dot(a + first, b + second, length)
      }
    }
  }

  /// How much likelier the shares are with the best single step than with none: ln of the ratio.
  func stepLikelihood() -> Double {
    (1..<max(1, count)).reduce(0) { best, place in
      guard informations[place] > 0 else { return best }
      return max(best, evidences[place] * evidences[place] / informations[place] / 2)
    }
  }
}
