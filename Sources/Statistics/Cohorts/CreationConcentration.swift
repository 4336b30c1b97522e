import CKernels
import Glibc

/// The window of creation days into which a cohort crowds the most, against the usual followers.
///
/// The horizontal bands of "The Follower Factory", The New York Times, 2018.
package struct CreationConcentration: Hashable, Sendable {
  /// The width of the window in days: 7, 30, 90 or 270.
  package var width: Int
  /// Members created in it, of those older than 30 days when they followed.
  package var count: Int
  /// All members older than 30 days when they followed.
  package var old: Int
  /// The same count in a sample of usual followers of the same size, at least 1.
  package var usual: Double
  /// ln P of so many by chance, for the best of four windows.
  package var lnP: Double
  /// The first and last creation day among those in the window, days since 1970.
  package var from: Double
  /// The last one.
  package var to: Double
  /// The share of usual followers created in the same calendar window.
  package var usualShare: Double

  /// How many times as crowded as usual, in the width where that is most.
  package var lift: Double
  /// True where it is a sign by itself.
  package var isStrong: Bool {
    count >= 8 && lift >= 2.5 && lnP < -9.210340371976182 && !isWave
  }

  /// True where the usual followers crowd into the same weeks: a wave of sign-ups.
  ///
  /// So it is where a platform closed elsewhere: part of the audience came in the wave, and attention may
  /// bring more of that part.
  private var isWave: Bool {
    width <= 30 && usualShare >= 0.05 && Double(count) < 6 * usualShare * Double(old)
  }
}

/// Finds the most crowded window; nil where creation or follow times are not known, or nobody is old.
///
/// The reference is the mean over `samples`, each of sorted creation days of as many usual followers.
func creationConcentration(_ cohort: [Double], samples: [[Double]], usual: [Double])
  -> CreationConcentration?
{
  guard !cohort.isEmpty, !usual.isEmpty, !samples.isEmpty else { return nil }
  var best: CreationConcentration?
  var lift = 0.0
  for width in [7, 30, 90, 270] {
    let found = densestWindow(cohort, width: Double(width))
    let reference = samples.reduce(0.0) {
      $0 + Double(densestWindow($1, width: Double(width)).count)
    }
    let mean = max(1, reference / Double(samples.count))
    let lnP = min(0, lnPoissonTail(atLeast: found.count, mean: mean) + log(4))
    if found.count >= 8 || best == nil { lift = max(lift, Double(found.count) / mean) }
    guard lnP < best?.lnP ?? .infinity else { continue }
    let from = cohort[found.first]
    let to = cohort[found.first + found.count - 1]
    let inside = usual.lazy.filter { $0 >= from && $0 <= to }.count
    best = CreationConcentration(
      width: width, count: found.count, old: cohort.count, usual: mean, lnP: lnP, from: from,
      to: to, usualShare: (Double(inside) + 0.5) / (Double(usual.count) + 1), lift: lift)
  }
  best?.lift = lift
  return best
}

/// The first place and the number of the most values within `width` of each other, in sorted values.
///
/// Where the value as many places on as the best window has is within the width, there is one with one more.
func densestWindow(_ sorted: [Double], width: Double) -> (first: Int, count: Int) {
  sorted.withUnsafeBufferPointer { values in
    guard let base = values.baseAddress else { return (0, 0) }
    var (first, best) = (0, (first: 0, count: 0))
    while first + best.count < values.count {
      let left = values.count - best.count - first
      first += ck_first_within_f64(base + first, left, best.count, width)
      if first + best.count < values.count { best = (first, best.count + 1) }
    }
    return best
  }
}
