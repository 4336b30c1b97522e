import Glibc

/// A creation date that supplies too many followers for some weeks.
struct CreationBand {
  /// Weeks, the end not included.
  var weeks: Range<Int>
  var days: ClosedRange<Int>
  var excess: Double
  var lnP: Double
}

/// What a band must exceed.
package struct BandThresholds: Sendable {
  package var lnP: Double
  package var count = 8
  package var ratio = 3.0
  /// How often the ratio of the other weeks: dates that always supply followers are no drip.
  package var contrast = 4.0
  /// The followers of the other weeks against the window's, all of them and those expected: a date that nobody
  /// came from in other weeks for lack of weeks cannot be told from one that always supplies.
  package var outside = 0.25
}

/// The bands of a grid, strongest first, no two of one bin in overlapping weeks.
///
/// Part 4a of the method: the count of a window of weeks in a bin against its neighbouring bins, in the
/// same weeks, by a Poisson tail; the ratio against that of all other weeks. Windows of 2 to 52 weeks.
/// O(6 × weeks × bins × 14), less where counts are small.
///
/// `among`: the grid of all followers, where this one is of those of low quality. A sign-up wave supplies of both,
/// and where those of low quality are few in other weeks, all followers tell it.
func creationBands(
  _ grid: CreationGrid, among: CreationGrid? = nil, _ thresholds: BandThresholds
) -> [CreationBand] {
  var found: [(band: CreationBand, bin: Int)] = []
  let window = BandWindow(bins: grid.bins, thresholds)
  let totals = (among ?? grid).totals
  // Long windows that begin in neighbouring weeks hardly differ: they are looked at together first.
  for (length, together) in [(2, 1), (4, 1), (8, 2), (13, 3), (26, 5), (52, 8)]
  where length < grid.weeks {
    for first in stride(from: 0, through: grid.weeks - length, by: together) {
      let starts = first...min(grid.weeks - length, first + together - 1)
      let bins = window.standingOut(grid, starts: starts, length: length)
      if bins.isEmpty { continue }
      for start in starts {
        guard tellsOfOthers(totals, start..<start + length, thresholds) else { continue }
        for bin in bins {
          let (weeks, bin) = (start..<(start + length), Int(bin))
          guard let band = band(grid, weeks, bin, thresholds) else { continue }
          let isUsual = among.map { $0.supplies(band, of: grid, bin, thresholds) } ?? false
          if !isUsual { found.append((band, bin)) }
        }
      }
    }
  }
  found.sort { $0.band.lnP < $1.band.lnP }
  var kept: [(band: CreationBand, bin: Int)] = []
  for candidate in found {
    let clash = kept.contains {
      $0.bin == candidate.bin && $0.band.weeks.overlaps(candidate.band.weeks)
    }
    if !clash { kept.append(candidate) }
  }
  return kept.map(\.band)
}

private func band(
  _ grid: CreationGrid, _ weeks: Range<Int>, _ bin: Int, _ thresholds: BandThresholds
) -> CreationBand? {
  let observed = grid.count(weeks.lowerBound, weeks.upperBound, bin)
  guard observed >= thresholds.count else { return nil }
  guard !grid.isCommon(observed, weeks, bin, ratio: thresholds.ratio) else { return nil }
  let expected = grid.expectedCount(weeks, bin)
  let ratio = Double(observed) / (expected + 0.5)
  guard ratio >= thresholds.ratio else { return nil }
  guard let usual = grid.usualRatio(weeks, bin, expected: expected, thresholds),
    ratio >= thresholds.contrast * usual
  else { return nil }
  let lnP = lnPoissonTail(atLeast: observed, mean: 1.25 * expected + 0.5)
  guard lnP < thresholds.lnP else { return nil }
  return CreationBand(
    weeks: weeks, days: grid.days(ofBin: bin), excess: Double(observed) - expected, lnP: lnP)
}

/// Whether enough followers came in other weeks to tell what these have of their own; `totals` are those of all
/// bins in the weeks before each.
private func tellsOfOthers(
  _ totals: [Int], _ weeks: Range<Int>, _ thresholds: BandThresholds
) -> Bool {
  let inside = totals[weeks.upperBound] - totals[weeks.lowerBound]
  let outside = (totals.last ?? 0) - inside
  return Double(outside) >= thresholds.outside * Double(inside)
}

extension CreationGrid {
  /// What the neighbours of a bin make expect in some weeks.
  fileprivate func expectedCount(_ weeks: Range<Int>, _ bin: Int) -> Double {
    neighbours(bin, bins) { Double(count(weeks.lowerBound, weeks.upperBound, $0)) }
  }

  /// How many times what its neighbours make expect a bin supplies outside of some weeks.
  ///
  /// nil where too few are expected there, beside those expected in the weeks, to tell.
  fileprivate func usualRatio(
    _ weeks: Range<Int>, _ bin: Int, expected: Double, _ thresholds: BandThresholds
  ) -> Double? {
    func outside(_ bin: Int) -> Double {
      Double(count(0, self.weeks, bin) - count(weeks.lowerBound, weeks.upperBound, bin))
    }
    let usual = neighbours(bin, bins, outside)
    guard usual >= thresholds.outside * expected else { return nil }
    return (outside(bin) + 0.5) / (usual + 0.5)
  }

  /// Whether the followers of this grid come from the dates of a band in other weeks, too, or none of them tell.
  ///
  /// `bin`: that of the band in its own grid, whose first bin is one of this one's.
  fileprivate func supplies(
    _ band: CreationBand, of grid: CreationGrid, _ bin: Int, _ thresholds: BandThresholds
  ) -> Bool {
    let own = bin + (grid.firstDay - firstDay) / width
    let expected = expectedCount(band.weeks, own)
    guard let usual = usualRatio(band.weeks, own, expected: expected, thresholds) else {
      return true
    }
    let observed = Double(grid.count(band.weeks.lowerBound, band.weeks.upperBound, bin))
    return observed < thresholds.contrast * usual * (grid.expectedCount(band.weeks, bin) + 0.5)
  }
}

extension CreationGrid {
  /// Whether more than half of a bin's neighbours in some weeks leave it too small a ratio, as most are told by: then
  /// so does their median.
  fileprivate func isCommon(_ observed: Int, _ weeks: Range<Int>, _ bin: Int, ratio: Double)
    -> Bool
  {
    let most = Int32((Double(observed) / ratio - 0.5).rounded(.down))
    var (high, all) = (0, 0)
    withSums(of: weeks) { before, upTo in
      func look(_ neighbours: Range<Int>) {
        let neighbours = neighbours.clamped(to: 0..<bins)
        for neighbour in neighbours { high += upTo[neighbour] - before[neighbour] > most ? 1 : 0 }
        all += neighbours.count
      }
      let (nearest, farthest) = (BandWindow.distances.lowerBound, BandWindow.distances.upperBound)
      look(bin - farthest..<bin - nearest + 1)
      look(bin + nearest..<bin + farthest + 1)
    }
    return 2 * high > all
  }
}

/// What the neighbours of a bin make expect: their median, or 0.6 of their upper quartile.
private func neighbours(_ bin: Int, _ bins: Int, _ count: (Int) -> Double) -> Double {
  withUnsafeTemporaryAllocation(
    of: Double.self, capacity: 2 * BandWindow.distances.count
  ) { neighbours in
    var number = 0
    // Sorted as they come: they are few.
    func insert(_ value: Double) {
      var place = number
      while place > 0, neighbours[place - 1] > value {
        neighbours[place] = neighbours[place - 1]
        place -= 1
      }
      neighbours[place] = value
      number += 1
    }
    for distance in BandWindow.distances {
      if bin - distance >= 0 { insert(count(bin - distance)) }
      if bin + distance < bins { insert(count(bin + distance)) }
    }
    guard number > 0 else { return 0 }
    let last = number - 1
    let median = (neighbours[last / 2] + neighbours[(last + 1) / 2]) / 2
    let quartile = neighbours[min(last, (last * 3 + 2) / 4)]
    return max(median, 0.6 * quartile)
  }
}
