import Glibc

/// What a wide band must exceed.
package struct WideBandThresholds: Sendable {
  /// ln of the likelihood ratio, over the dispersion.
  package var likelihood = 15.0
  /// The same for what is above a smooth change of the ages.
  package var apart = 12.0
  /// The least observed over usual.
  package var ratio = 1.3
  /// The least excess, in followers.
  package var excess = 30.0
  /// The most bands of a list.
  package var most = 6
}

/// Stretches of creation dates, of one to eight months, that supply too many followers for some weeks.
///
/// Where the accounts of a drip were made over months, the dates beside a fortnight tell nothing: the
/// reference is what week, age and date by themselves make expect (`CreationSurface`). A scan over windows
/// of weeks and of dates for the likelihood ratio of more inside than outside within these dates, that of
/// M. Kulldorff's scan statistic (Comm. Statist. 26, 1997), over the dispersion. The strongest is taken
/// out of the list, and the rest is fitted anew: a drip makes all other weeks look poor in its dates, and
/// rich in others. What a smooth change of the ages explains is no band (`AgeMixFit`). Strongest first.
/// O(weeks × bins × 35) a band.
func wideBands(_ grid: CreationGrid, _ thresholds: WideBandThresholds) -> [CreationBand] {
  var surface = CreationSurface(grid)
  var bands: [CreationBand] = []
  while bands.count < thresholds.most {
    var scan = WideBandScan(grid, surface, thresholds)
    guard let best = scan.best() else { break }
    bands.append(best.band)
    surface.empty(best.band.weeks, best.bins)
  }
  return bands
}

/// One search for the strongest wide band.
private struct WideBandScan {
  private let grid: CreationGrid
  private let thresholds: WideBandThresholds
  private let expected: CellSums
  private let observed: CellCounts
  private let dispersion: Double
  /// The first week with anybody, by bin.
  private let openings: [Int]
  /// How ages changed in windows of weeks, as far as that was needed.
  private var mixes: [Range<Int>: AgeMixFit] = [:]

  init(_ grid: CreationGrid, _ surface: CreationSurface, _ thresholds: WideBandThresholds) {
    self.grid = grid
    self.thresholds = thresholds
    (observed, expected) = (surface.observed, surface.expected())
    dispersion = blockDispersion(expected, observed)
    openings = surface.openings
  }

  private typealias Found = (band: CreationBand, bins: Range<Int>)

  mutating func best() -> (band: CreationBand, bins: Range<Int>)? {
    var best: Found?
    var likely = LikelyWindows(
      weeks: grid.weeks, ratio: thresholds.ratio, excess: thresholds.excess)
    // Bands of all widths that begin with one bin: their sums are at hand.
    for bin in 0..<grid.bins {
      for width in [2, 4, 8, 12, 18] where width < grid.bins && bin + width <= grid.bins {
        search(bin..<(bin + width), &likely, &best)
      }
    }
    return best
  }

  private mutating func search(
    _ bins: Range<Int>, _ likely: inout LikelyWindows, _ best: inout Found?
  ) {
    let total = Double(observed.count(0..<grid.weeks, bins))
    guard total >= thresholds.excess else { return }
    let level = total / max(1e-9, expected.count(0..<grid.weeks, bins))
    // Bins open one after another: they are of dates, and so the first of a band is the earliest.
    likely.read(
      observed, expected, bins, level: level, total: total, opening: openings[bins.lowerBound],
      likelihood: least(beyond: best?.band))
    for (number, length) in LikelyWindows.lengths.enumerated()
    where likely.mayReach(length: number) && length < grid.weeks {
      for start in likely.starts(length: number, likelihood: least(beyond: best?.band)) {
        let weeks = Int(start)..<(Int(start) + length)
        guard let band = band(weeks, bins, total, level), isBetter((band, bins), than: best),
          let apart = standingApart(band, bins, beyond: best?.band)
        else { continue }
        if isBetter((apart, bins), than: best) { best = (apart, bins) }
      }
    }
  }

  /// A band with what it has above a smooth change of the ages in its weeks; nil where that is too little, or
  /// less than another band has.
  private mutating func standingApart(
    _ band: CreationBand, _ bins: Range<Int>, beyond best: CreationBand?
  ) -> CreationBand? {
    let mix =
      mixes[band.weeks]
      ?? AgeMixFit(observed, expected, band.weeks) { grid.age(band.weeks, bin: $0) }
    mixes[band.weeks] = mix
    let least = max(thresholds.apart, -(best?.lnP ?? 0)) * dispersion
    guard mix.mayStandOut(bins, likelihood: least), let found = mix.standing(bins),
      found.likelihood >= least
    else { return nil }
    let inside = Double(observed.count(band.weeks, bins))
    guard inside >= thresholds.ratio * (found.usual + 0.5),
      inside - found.usual >= thresholds.excess
    else { return nil }
    var apart = band
    apart.excess = min(band.excess, inside - found.usual)
    apart.lnP = max(band.lnP, -found.likelihood / dispersion)
    return apart
  }

  /// Of equals, the narrower one comes first, then that of earlier dates.
  private func isBetter(_ found: Found, than best: Found?) -> Bool {
    guard let best else { return true }
    return found.band.lnP < best.band.lnP
      || found.band.lnP == best.band.lnP && found.bins.count < best.bins.count
  }

  /// The least likelihood ratio (ln) of a stronger band, before it is divided by the dispersion.
  private func least(beyond best: CreationBand?) -> Double {
    max(thresholds.likelihood, -(best?.lnP ?? 0)) * dispersion
  }

  private func band(
    _ weeks: Range<Int>, _ bins: Range<Int>, _ total: Double, _ level: Double
  ) -> CreationBand? {
    let inside = Double(observed.count(weeks, bins))
    let expected = expected.count(weeks, bins) * level
    guard inside >= thresholds.excess, inside > expected else { return nil }
    let (outside, expectedOutside) = (total - inside, total - expected)
    // Dates nobody came from in other weeks, for lack of weeks, cannot be told from a rich source.
    guard expectedOutside > 0.25 * expected else { return nil }
    let usual = expected * (outside + 0.5) / (expectedOutside + 0.5)
    guard inside >= thresholds.ratio * (usual + 0.5), inside - usual >= thresholds.excess else {
      return nil
    }
    let rest = outside > 0 ? outside * log(outside / expectedOutside) : 0
    let likelihood = (inside * log(inside / expected) + rest) / dispersion
    guard likelihood >= thresholds.likelihood else { return nil }
    let days =
      grid.days(ofBin: bins.lowerBound)
      .lowerBound...grid.days(ofBin: bins.upperBound - 1).upperBound
    return CreationBand(weeks: weeks, days: days, excess: inside - usual, lnP: -likelihood)
  }
}

/// How much more blocks of eight weeks and bins scatter than Poisson counts, at least 1.
///
/// The median of the squared residuals over that of χ² with one degree of freedom; 1 for too few blocks.
private func blockDispersion(_ expected: CellSums, _ observed: CellCounts) -> Double {
  var squares: [Double] = []
  for week in stride(from: 0, to: expected.weeks - 7, by: 8) {
    for bin in stride(from: 0, to: expected.bins - 7, by: 8) {
      let (weeks, bins) = (week..<(week + 8), bin..<(bin + 8))
      let mean = expected.count(weeks, bins)
      guard mean >= 5 else { continue }
      let residual = Double(observed.count(weeks, bins)) - mean
      squares.append(residual * residual / mean)
    }
  }
  guard squares.count >= 8 else { return 1 }
  return max(1, squares.select(rank: squares.count / 2) / 0.455)
}

extension CreationGrid {
  /// The age at follow of a bin in the middle of some weeks, in days.
  fileprivate func age(_ weeks: Range<Int>, bin: Int) -> Double {
    let followed = Double(7 * (weeks.lowerBound + weeks.upperBound)) / 2
    return followed - Double(firstDay) - (Double(bin) + 0.5) * Double(width)
  }
}
