/// The followers of a window of weeks by bin of creation dates, and which bins stand out.
///
/// The neighbours of a bin are those 2 to 8 bins away: the window lies flat, with empty places on either
/// side that stand above nothing, and is looked at eight bins at a time.
struct BandWindow: ~Copyable {
  /// Bins on either side of one that are its neighbours, but for the nearest.
  static let distances = 2...8

  private typealias Lanes = SIMD8<Int32>

  private let bins: Int
  /// Twice the ratio by which a bin stands out of a neighbour, in whole numbers.
  private let twiceRatio: Int32
  private let counts: UnsafeMutablePointer<Int32>
  /// Twice the ratio times the counts.
  private let raised: UnsafeMutablePointer<Int32>
  /// Neighbours of each bin.
  private let neighbours: UnsafeMutablePointer<Int32>

  private static var margin: Int { distances.upperBound }
  private static var lanes: Int { Lanes.scalarCount }

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
  }

  deinit {
    counts.deallocate()
    raised.deallocate()
    neighbours.deallocate()
  }

  /// Reads a window of a grid.
  borrowing func read(_ grid: CreationGrid, _ weeks: Range<Int>) {
    let (own, raised, twiceRatio) = (counts + Self.margin, raised + Self.margin, twiceRatio)
    grid.write(weeks, to: own)
    for bin in 0..<bins { raised[bin] = own[bin] &* twiceRatio }
  }

  /// The bins of at least `count` followers that have more than the ratio times those of half their
  /// neighbours: a cheap test that most fail.
  borrowing func standingOut(count: Int) -> [Int] {
    var found: [Int] = []
    let own = UnsafeRawPointer(counts + Self.margin)
    let raised = UnsafeRawPointer(raised + Self.margin)
    let least = Lanes(repeating: Int32(count))
    for first in stride(from: 0, to: bins, by: Self.lanes) {
      let counts = own.loadUnaligned(fromByteOffset: 4 * first, as: Lanes.self)
      let twice = counts &+ counts
      var above = Lanes()
      for distance in Self.distances {
        let before = raised.loadUnaligned(fromByteOffset: 4 * (first - distance), as: Lanes.self)
        let after = raised.loadUnaligned(fromByteOffset: 4 * (first + distance), as: Lanes.self)
        // The sign of a difference is -1 where a neighbour is above.
        above &-= ((twice &- before) &>> 31) &+ ((twice &- after) &>> 31)
      }
      let neighbours = UnsafeRawPointer(neighbours + first).loadUnaligned(as: Lanes.self)
      let fails = ((neighbours &- above &- above) | (counts &- least)) &>> 31
      if fails.wrappedSum() == -Int32(Self.lanes) { continue }
      for lane in 0..<Self.lanes where fails[lane] == 0 { found.append(first + lane) }
    }
    return found
  }
}
