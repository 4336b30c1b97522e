import CKernels

/// The followers of a window of weeks by bin of creation dates, and which bins stand out.
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

  private static var margin: Int { distances.upperBound }
  /// Bins are looked at eight at a time.
  private static var lanes: Int { 8 }

  /// `ratio` counts in halves.
  init(bins: Int, ratio: Double) {
    self.bins = bins
    twiceRatio = Int32((2 * ratio).rounded())
    let places = bins + 2 * Self.margin + Self.lanes
    counts = .allocate(capacity: places)
    counts.initialize(repeating: -1, count: places)
    raised = .allocate(capacity: places)
    raised.initialize(repeating: -1, count: places)
    neighbours = .allocate(capacity: bins + Self.lanes)
    // No bins stand out behind the last.
    neighbours.initialize(repeating: -1, count: bins + Self.lanes)
    for bin in 0..<bins {
      let places = Self.distances.flatMap { [bin - $0, bin + $0] }
      neighbours[bin] = Int32(places.count { $0 >= 0 && $0 < bins })
    }
    found = .allocate(capacity: bins + Self.lanes)
  }

  deinit {
    counts.deallocate()
    raised.deallocate()
    neighbours.deallocate()
    found.deallocate()
  }

  /// Reads a window of a grid.
  borrowing func read(_ grid: CreationGrid, _ weeks: Range<Int>) {
    let (own, raised) = (counts + Self.margin, raised + Self.margin)
    let (bins, twiceRatio) = (bins, twiceRatio)
    grid.withSums(before: weeks.lowerBound) { before in
      grid.withSums(before: weeks.upperBound) { upTo in
        ck_window_counts(before, upTo, twiceRatio, bins, own, raised)
      }
    }
  }

  /// The bins of at least `count` followers that stand out of half their neighbours by the ratio.
  ///
  /// A cheap test that most fail. Valid until the next is asked for.
  borrowing func standingOut(count: Int) -> UnsafeBufferPointer<UInt32> {
    let number = ck_standing_out(
      counts + Self.margin, raised + Self.margin, neighbours, bins, Int32(count), found)
    return UnsafeBufferPointer(start: found, count: number)
  }
}
