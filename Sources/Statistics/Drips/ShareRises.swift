import Glibc

/// A stretch of days with a raised share of low quality.
struct ShareRise {
  /// Days, the end included.
  var days: ClosedRange<Int>
  /// The lower limit of the rise of the share; in followers, once counted.
  var excess: Double
  /// How many standard errors the rise is above 0.
  var height: Double

  /// ln of the chance of such a height: the normal tail's leading term.
  var lnP: Double { -height * height / 2 - log(height * (2 * Double.pi).squareRoot()) }
}

/// Settings of the scan for rises of the low-quality share.
package struct ShareScanSettings: Sendable {
  /// Standard deviations that the wander of a share may have, and the days over which it goes on.
  package var wanders = [0.015, 0.03, 0.06, 0.12]
  package var wanderDays = 50.0
  /// The same for what goes on for weeks only.
  package var flickers = [0, 0.03, 0.06]
  package var flickerDays = 14.0
  /// How many standard errors a rise must be above 0, and each of its edges.
  package var alarm = 3.3
  package var edge = 2.0
  /// The least that one edge may be of the other: a new level has only one.
  package var balance = 0.6
  /// How far the share must rise, at its lower limit.
  package var rise = 0.0
  /// The shortest and the longest rise, in days.
  package var shortest = 21
  package var longest = 330

  /// How much likelier, as ln, the rises must make the shares than a mere wander does, and than a wander
  /// with one step: the scan tries hundreds of stretches.
  package var overWander = 9.0
  package var overStep = 3.0

  package init() {}

  /// One of all pairs of a wander and a flicker.
  func wandering(_ index: Int) -> Wandering {
    Wandering(
      wander: wanders[index / flickers.count], days: wanderDays,
      flicker: flickers[index % flickers.count], flickerDays: flickerDays)
  }
}

/// Rises of the share of low quality that begin and end abruptly, by start.
///
/// In place of the cumulative sum of part 4b of the method, whose frozen reference takes a slow wander of
/// the share for a drip of years: a scan over all stretches of 3 to 47 weeks for a step up and a step down,
/// by generalised least squares against a level that wanders (`WanderingLevel`). The stretch must stand
/// out, and each of its edges by itself: a drift has no edges, a new level has one. A stretch at the end
/// of the list has the first edge only. How much the level wanders is what makes it and the strongest
/// stretch likeliest, and that must beat the likeliest wander without one, and the likeliest with a new
/// level instead. O(weeks³ + weeks × stretches); most lists fail a cheaper test before.
func shareRises(counts: [Int], marked: [Int], _ settings: ShareScanSettings) -> [ShareRise] {
  let series = ShareSeries(counts: counts, marked: marked)
  guard series.shares.count >= 12 else { return [] }
  var fits = WanderingFits(series, settings)
  guard fits.mayRise() else { return [] }
  var best: (likelihood: Double, rises: [ShareRise]) = (-.infinity, [])
  var single = -Double.infinity
  var plain = -Double.infinity
  for fit in fits.all() {
    let level = WanderingLevel(fit)
    let rises = rises(series, level, settings)
    let height = rises.map(\.height).max() ?? 0
    let likelihood = level.lnDensity + height * height / 2
    plain = max(plain, level.lnDensity)
    single = max(single, level.lnDensity + level.stepLikelihood())
    if likelihood > best.likelihood { best = (likelihood, rises) }
  }
  guard best.likelihood >= max(plain + settings.overWander, single + settings.overStep) else {
    return []
  }
  return best.rises.map { rise in
    var rise = rise
    rise.count(counts)
    return rise
  }.sorted { $0.days.lowerBound < $1.days.lowerBound }
}

/// Where rises may begin, and the places behind those where they then may end; O(places × those of the longest).
func stretches(
  _ series: ShareSeries, _ settings: ShareScanSettings
) -> [(start: Int, ends: Range<Int>)] {
  let count = series.places.count
  let burnIn = (60 + series.width - 1) / series.width
  return (burnIn..<max(burnIn, count)).map { start in
    func firstEnd(from end: Int, over days: Int) -> Int {
      (end..<count + 1).first { series.days(start..<$0).count > days } ?? count + 1
    }
    let first = firstEnd(from: start + 1, over: settings.shortest - 1)
    return (start, first..<firstEnd(from: first, over: settings.longest))
  }
}

/// The stretches that stand out from a level, highest first, no two overlapping.
private func rises(
  _ series: ShareSeries, _ level: WanderingLevel, _ settings: ShareScanSettings
) -> [ShareRise] {
  var found: [ShareRise] = []
  for (start, ends) in stretches(series, settings) {
    for end in ends {
      guard let step = step(level, start, end, settings) else { continue }
      found.append(
        ShareRise(days: series.days(start..<end), excess: step.low, height: step.height))
    }
  }
  found.sort { ($0.height, $1.days.lowerBound) > ($1.height, $0.days.lowerBound) }
  var kept: [ShareRise] = []
  for rise in found where !kept.contains(where: { $0.days.overlaps(rise.days) }) {
    kept.append(rise)
  }
  return kept
}

extension ShareRise {
  /// Cuts the days to those of the list, and turns the excess into followers.
  fileprivate mutating func count(_ counts: [Int]) {
    days = days.lowerBound...min(counts.count - 1, days.upperBound)
    excess *= Double(counts[days].reduce(0, +))
  }
}

/// The height of a rise in standard errors and its lower limit, if it stands out with both its edges.
private func step(
  _ level: WanderingLevel, _ start: Int, _ end: Int, _ settings: ShareScanSettings
) -> (height: Double, low: Double)? {
  let (aa, bb) = (level.information(start, start), level.information(end, end))
  let ab = level.information(start, end)
  let (a, b) = (level.evidence(start), level.evidence(end))
  let information = aa - 2 * ab + bb
  guard information > 0 else { return nil }
  let rise = (a - b) / information
  let height = rise * information.squareRoot()
  let low = rise - 2 / information.squareRoot()
  guard height >= settings.alarm, low >= settings.rise else { return nil }
  let determinant = aa * bb - ab * ab
  if end < level.count, determinant > 1e-9 * aa * bb {
    let up = (a * bb - b * ab) / determinant
    let down = (a * ab - b * aa) / determinant
    let errors = (up: (bb / determinant).squareRoot(), down: (aa / determinant).squareRoot())
    guard up >= settings.edge * errors.up, down >= settings.edge * errors.down else { return nil }
    guard min(up, down) >= max(settings.rise, settings.balance * max(up, down)) else { return nil }
  }
  return (height, low)
}
