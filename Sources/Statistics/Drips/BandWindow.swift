/// The followers of a window of weeks by bin of creation dates, and which bins stand out.
///
/// The neighbours of a bin are those 2 to 8 bins away: the window lies flat, with empty places on either
/// side that stand above nothing.
struct BandWindow: ~Copyable {
  /// Bins on either side of one that are its neighbours, but for the nearest.
  static let distances = 2...8

  private let bins: Int
  private let counts: UnsafeMutablePointer<Int32>
  private let limits: UnsafeMutablePointer<Int32>
  private let above: UnsafeMutablePointer<Int32>
  /// Neighbours of each bin.
  private let neighbours: UnsafeMutablePointer<Int32>

  private static var margin: Int { distances.upperBound }

  init(bins: Int) {
    self.bins = bins
    counts = .allocate(capacity: bins + 2 * Self.margin)
    counts.initialize(repeating: -1, count: bins + 2 * Self.margin)
    limits = .allocate(capacity: bins)
    above = .allocate(capacity: bins)
    neighbours = .allocate(capacity: bins)
    for bin in 0..<bins {
      let places = Self.distances.flatMap { [bin - $0, bin + $0] }
      neighbours[bin] = Int32(places.count { $0 >= 0 && $0 < bins })
    }
  }

  deinit {
    counts.deallocate()
    limits.deallocate()
    above.deallocate()
    neighbours.deallocate()
  }

  /// Reads a window of a grid.
  borrowing func read(_ grid: CreationGrid, _ weeks: Range<Int>) {
    grid.write(weeks, to: counts + Self.margin)
  }

  /// The bins of at least `count` followers that have more than `ratio` times those of half their
  /// neighbours: a cheap test that most fail.
  borrowing func standingOut(count: Int, ratio: Double) -> [Int] {
    // Held here: read through the window they could change with every store.
    let (bins, limits, above) = (bins, limits, above)
    let own = counts + Self.margin
    for bin in 0..<bins {
      // Above a fraction lies what is above its whole part.
      limits[bin] = Int32(Double(own[bin]) / ratio)
      above[bin] = 0
    }
    for distance in Self.distances {
      let (lower, upper) = (own - distance, own + distance)
      for bin in 0..<bins {
        let limit = limits[bin]
        above[bin] &+= (lower[bin] > limit ? 1 : 0) &+ (upper[bin] > limit ? 1 : 0)
      }
    }
    var found: [Int] = []
    let least = Int32(count)
    for bin in 0..<bins where own[bin] >= least && 2 &* above[bin] <= neighbours[bin] {
      found.append(bin)
    }
    return found
  }
}
