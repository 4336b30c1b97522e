import CKernels

/// The followers of windows of weeks by bin of creation dates, and which bins may stand out.
///
/// The neighbours of a bin are those 2 to 8 bins away: the window lies flat, with empty places on either
/// side that stand above nothing.
struct BandWindow: ~Copyable {
  /// Bins on either side of one that are its neighbours, but for the nearest.
  static let distances = 2...8

  private let bins: Int
  /// Twice the ratio by which a bin stands out of a neighbour, in whole numbers.
  private let twiceRatio: Int32
  private let counts: UnsafeMutablePointer<Int32>
  /// Twice the ratio times the counts.
  private let raised: UnsafeMutablePointer<Int32>
  /// Neighbours of each bin.
  private let neighbours: UnsafeMutablePointer<Int32>
  private let found: UnsafeMutablePointer<UInt32>
  private let least: ck_least_count

  private static var margin: Int { distances.upperBound }
  /// Bins are looked at eight at a time.
  private static var lanes: Int { 8 }

  /// Ratios count in halves.
  init(bins: Int, _ thresholds: BandThresholds) {
    self.bins = bins
    twiceRatio = Int32((2 * thresholds.ratio).rounded())
    least = LeastBandCount(thresholds).kernel
    let places = bins + 2 * Self.margin + Self.lanes
    counts = .allocate(capacity: places)
    counts.initialize(repeating: -1, count: places)
    raised = .allocate(capacity: places)
    raised.initialize(repeating: -1, count: places)
    neighbours = .allocate(capacity: bins + Self.lanes)
    // No bins stand out behind the last.
    neighbours.initialize(repeating: -1, count: bins + Self.lanes)
    let (nearest, farthest) = (Self.distances.lowerBound, Self.distances.upperBound)
    for bin in 0..<bins {
      let (before, behind) = (min(bin, farthest), min(bins - 1 - bin, farthest))
      neighbours[bin] = Int32(max(0, before - nearest + 1) + max(0, behind - nearest + 1))
    }
    found = .allocate(capacity: bins + Self.lanes)
  }

  deinit {
    counts.deallocate()
    raised.deallocate()
    neighbours.deallocate()
    found.deallocate()
  }

  /// The bins that may stand out in one of some windows of so many weeks, given by where they begin.
  ///
  /// A cheap test that most fail: at least the least followers in all weeks of these windows together, by which
  /// the bin stands out of half its neighbours in the weeks that the windows share. Valid until the next is
  /// asked for.
  borrowing func standingOut(
    _ grid: CreationGrid, starts: ClosedRange<Int>, length: Int
  ) -> UnsafeBufferPointer<UInt32> {
    let (own, raised) = (counts + Self.margin, raised + Self.margin)
    let (bins, twiceRatio) = (bins, twiceRatio)
    let all = starts.lowerBound..<starts.upperBound + length
    let shared = starts.upperBound..<starts.lowerBound + length
    grid.withSums(of: all) { before, upTo in ck_window_counts(before, upTo, bins, own) }
    grid.withSums(of: shared) { before, upTo in
      ck_raised_counts(before, upTo, twiceRatio, bins, raised)
    }
    let number = ck_standing_out(own, raised, neighbours, bins, least, found)
    return UnsafeBufferPointer(start: found, count: number)
  }
}
