/// Neighbours of one row made near its date, by reach, and what they are held against.
struct NeighbourCounts {
  typealias Reaches = SIMD4<Int32>

  /// Neighbours made near the row's date, itself not counted.
  let near: Reaches
  /// Neighbours that take part.
  let looked: Reaches
  /// Rows of the surroundings, twice the reach left out, of the same dates or ages, and one.
  private(set) var same: Reaches
  /// Rows of those surroundings that take part, and one.
  private let around: Reaches

  /// Against the same creation dates: how many rows of each span are near, and take part.
  @inline(__always)
  init(band: SlidingCounts.Lanes, totals: SlidingCounts.Lanes) {
    let band = SIMD8<Int32>(truncatingIfNeeded: band)
    let totals = SIMD8<Int32>(truncatingIfNeeded: totals)
    near = band.lowHalf &- 1
    looked = totals.lowHalf &- 1
    same = NeighbourCounts.surroundings(band)
    around = NeighbourCounts.surroundings(totals)
  }

  /// And against the same ages at following, where those are more.
  mutating func add(ages band: SlidingCounts.Lanes) {
    let sameAges = NeighbourCounts.surroundings(SIMD8<Int32>(truncatingIfNeeded: band))
    same.replace(with: sameAges, where: sameAges .> same)
  }

  /// The fewest neighbours that are telling.
  static let leastNear = 5

  /// Whether neighbours are telling at a reach: enough of them, and half again as many as expected.
  func isTelling(_ reach: Int) -> Bool {
    near[reach] >= Self.leastNear
      && 2 * near[reach] * around[reach] > 3 * same[reach] * looked[reach]
  }

  /// How many neighbours the surroundings let expect, at least one half.
  func expected(_ reach: Int) -> Double {
    max(0.5, Double(same[reach]) / Double(around[reach]) * Double(looked[reach]))
  }

  /// What lies in the surroundings outside twice each reach, and one.
  @inline(__always)
  private static func surroundings(_ spans: SIMD8<Int32>) -> Reaches {
    spans[5] &- Reaches(spans[1], spans[2], spans[3], spans[4]) &+ 1
  }
}
