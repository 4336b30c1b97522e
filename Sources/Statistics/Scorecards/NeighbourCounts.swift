/// How many rows lie in each cell within each of six spans of ranks around the present row.
///
/// The spans of one cell lie side by side, so that a band of cells is five loads. A row that takes no
/// part is counted in cell 0, which no band reads.
struct SlidingCounts: ~Copyable {
  /// One a span.
  typealias Lanes = SIMD8<UInt16>

  /// Ranks on either side: the four reaches, twice the longest, and the surroundings.
  static let spans = OrderEvidence.reaches + [400, OrderEvidence.surroundings]

  private let counts: UnsafeMutablePointer<UInt16>
  private let cells: UnsafeMutablePointer<UInt16>
  private let spans: UnsafeMutablePointer<Int>
  /// The first span that is kept.
  private let firstSpan: Int
  /// The windows' sizes.
  private let sizes: Lanes

  /// The windows around the first place that has a full margin on either side.
  init(_ cells: [UInt16], firstSpan: Int = 0) {
    self.cells = .allocate(capacity: cells.count)
    self.cells.initialize(from: cells, count: cells.count)
    counts = .allocate(capacity: CreationCell.limit * Lanes.scalarCount)
    counts.initialize(repeating: 0, count: CreationCell.limit * Lanes.scalarCount)
    spans = .allocate(capacity: SlidingCounts.spans.count)
    spans.initialize(from: SlidingCounts.spans, count: SlidingCounts.spans.count)
    self.firstSpan = firstSpan
    var sizes = Lanes()
    for (lane, span) in SlidingCounts.spans.enumerated() where lane >= firstSpan {
      sizes[lane] = UInt16(2 * span + 1)
      for place in RankedStretch.margin - span...RankedStretch.margin + span {
        counts[Int(cells[place]) * Lanes.scalarCount + lane] += 1
      }
    }
    self.sizes = sizes
  }

  deinit {
    counts.deallocate()
    cells.deallocate()
    spans.deallocate()
  }

  /// Moves all windows one place on, to a place with a full margin on either side.
  @inline(__always)
  borrowing func advance(to place: Int) {
    for lane in firstSpan..<6 {
      let span = spans[lane]
      counts[Int(cells[place &+ span]) &* 8 &+ lane] &+= 1
      counts[Int(cells[place &- span &- 1]) &* 8 &+ lane] &-= 1
    }
  }

  /// The cell of a place.
  borrowing func cell(_ place: Int) -> Int { Int(cells[place]) }

  /// How many lie within two cells of one, by span.
  @inline(__always)
  borrowing func band(_ cell: Int) -> Lanes {
    (at(cell - 2) &+ at(cell - 1)) &+ (at(cell) &+ at(cell + 1)) &+ at(cell + 2)
  }

  /// How many take part, by span.
  @inline(__always)
  borrowing func totals() -> Lanes { sizes &- at(0) }

  @inline(__always)
  private borrowing func at(_ cell: Int) -> Lanes {
    UnsafeRawPointer(counts + cell &* 8).loadUnaligned(as: Lanes.self)
  }
}

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

  /// Against the same creation dates.
  @inline(__always)
  init(_ made: borrowing SlidingCounts, cell: Int) {
    let band = SIMD8<Int32>(truncatingIfNeeded: made.band(cell))
    let totals = SIMD8<Int32>(truncatingIfNeeded: made.totals())
    near = band.lowHalf &- 1
    looked = totals.lowHalf &- 1
    same = NeighbourCounts.surroundings(band)
    around = NeighbourCounts.surroundings(totals)
  }

  /// And against the same ages at following, where those are more.
  @inline(__always)
  mutating func add(_ age: borrowing SlidingCounts, cell: Int) {
    let sameAges = NeighbourCounts.surroundings(
      SIMD8<Int32>(truncatingIfNeeded: age.band(cell)))
    same.replace(with: sameAges, where: sameAges .> same)
  }

  /// The reaches at which there are at least five, and half again as many as expected.
  var telling: SIMDMask<SIMD4<Int32>> {
    @inline(__always) get {
      (near .>= 5) .& (2 &* near &* around .> 3 &* same &* looked)
    }
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
