/// How many rows lie in each cell within each of six spans of ranks around the present row.
///
/// The spans of one cell are the lanes of one vector, so that a band of cells is five loads. Vectors are
/// stored whole: what was just stored can be loaded at once. A row that takes no part is counted in
/// cell 0, which no band reads.
struct SlidingCounts: ~Copyable {
  /// One a span.
  typealias Lanes = SIMD8<UInt16>

  /// Ranks on either side: the four reaches, twice the longest, and the surroundings.
  static let spans = OrderEvidence.reaches + [400, OrderEvidence.surroundings]

  private let counts: UnsafeMutablePointer<Lanes>
  private let cells: UnsafeMutablePointer<UInt16>
  private let spans: UnsafeMutablePointer<Int>
  /// A one in the lane of each span.
  private let ones: UnsafeMutablePointer<Lanes>
  /// The windows' sizes.
  private let sizes: Lanes

  /// The windows around the first place that has a full margin on either side.
  init(_ cells: [UInt16]) {
    self.cells = .allocate(capacity: cells.count)
    self.cells.initialize(from: cells, count: cells.count)
    counts = .allocate(capacity: CreationCell.limit)
    counts.initialize(repeating: Lanes(), count: CreationCell.limit)
    spans = .allocate(capacity: SlidingCounts.spans.count)
    spans.initialize(from: SlidingCounts.spans, count: SlidingCounts.spans.count)
    ones = .allocate(capacity: SlidingCounts.spans.count)
    var sizes = Lanes()
    for (lane, span) in SlidingCounts.spans.enumerated() {
      var one = Lanes()
      one[lane] = 1
      (ones + lane).initialize(to: one)
      sizes[lane] = UInt16(2 * span + 1)
      for place in RankedStretch.margin - span...RankedStretch.margin + span {
        counts[Int(cells[place])] &+= one
      }
    }
    self.sizes = sizes
  }

  deinit {
    counts.deallocate()
    cells.deallocate()
    spans.deallocate()
    ones.deallocate()
  }

  /// Moves all windows one place on, to a place with a full margin on either side.
  @inline(__always)
  borrowing func advance(to place: Int) {
    for lane in 0..<6 {
      let (span, one) = (spans[lane], ones[lane])
      counts[Int(cells[place &+ span])] &+= one
      counts[Int(cells[place &- span &- 1])] &-= one
    }
  }

  /// The cell of a place.
  @inline(__always)
  borrowing func cell(_ place: Int) -> Int { Int(cells[place]) }

  /// How many lie within two cells of one, by span.
  @inline(__always)
  borrowing func band(_ cell: Int) -> Lanes {
    (counts[cell &- 2] &+ counts[cell &- 1]) &+ (counts[cell] &+ counts[cell &+ 1])
      &+ counts[cell &+ 2]
  }

  /// How many take part, by span.
  @inline(__always)
  borrowing func totals() -> Lanes { sizes &- counts[0] }
}
