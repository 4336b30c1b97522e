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
  /// The expected followers of the other weeks, against the window's: a date that nobody came from in
  /// other weeks for lack of weeks cannot be told from one that always supplies.
  package var outside = 0.25
}

/// The bands of a grid, strongest first, no two of one bin in overlapping weeks.
///
/// Part 4a of the method: the count of a window of weeks in a bin against its neighbouring bins, in the
/// same weeks, by a Poisson tail; the ratio against that of all other weeks. Windows of 2 to 52 weeks.
/// O(6 × weeks × bins × 14), less where counts are small.
func creationBands(_ grid: CreationGrid, _ thresholds: BandThresholds) -> [CreationBand] {
  var found: [(band: CreationBand, bin: Int)] = []
  let window = BandWindow(bins: grid.bins, thresholds)
  // Long windows that begin in neighbouring weeks hardly differ: they are looked at together first.
  for (length, together) in [(2, 1), (4, 1), (8, 2), (13, 3), (26, 5), (52, 8)]
  where length < grid.weeks {
    for first in stride(from: 0, through: grid.weeks - length, by: together) {
      let starts = first...min(grid.weeks - length, first + together - 1)
      let bins = window.standingOut(grid, starts: starts, length: length)
      if bins.isEmpty { continue }
      for start in starts {
        for bin in bins {
          let (weeks, bin) = (start..<(start + length), Int(bin))
          if let band = band(grid, weeks, bin, thresholds) { found.append((band, bin)) }
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
  func inside(_ bin: Int) -> Double {
    Double(grid.count(weeks.lowerBound, weeks.upperBound, bin))
  }
  func outside(_ bin: Int) -> Double { Double(grid.count(0, grid.weeks, bin)) - inside(bin) }
  guard !grid.isCommon(observed, weeks, bin, ratio: thresholds.ratio) else { return nil }
  let expected = expectedCount(bin, grid.bins, inside)
  let ratio = Double(observed) / (expected + 0.5)
  guard ratio >= thresholds.ratio else { return nil }
  let expectedOutside = expectedCount(bin, grid.bins, outside)
  let usual = (outside(bin) + 0.5) / (expectedOutside + 0.5)
  guard expectedOutside >= thresholds.outside * expected else { return nil }
  guard ratio >= thresholds.contrast * usual else { return nil }
  let lnP = lnPoissonTail(atLeast: observed, mean: 1.25 * expected + 0.5)
  guard lnP < thresholds.lnP else { return nil }
  return CreationBand(
    weeks: weeks, days: grid.days(ofBin: bin), excess: Double(observed) - expected, lnP: lnP)
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
private func expectedCount(_ bin: Int, _ bins: Int, _ count: (Int) -> Double) -> Double {
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
