import CKernels

/// How many rows lie in each cell within each of six spans of ranks around the present one.
///
/// The spans of one cell are the lanes of one vector, so that a band of cells is five loads. A row that
/// takes no part is counted in cell 0, which no band reads.
struct SlidingCounts: ~Copyable {
  /// One a span.
  typealias Lanes = SIMD8<UInt16>

  /// Ranks on either side: the four reaches, twice the longest, and the surroundings.
  static let spans = OrderEvidence.reaches + [400, OrderEvidence.surroundings]

  /// A row with unusually many neighbours of its own date, before it is looked at closely.
  struct Found {
    /// Its number among the rows.
    let row: Int
    /// How many rows of each span are within two cells of its own, itself among them.
    let band: Lanes
    /// How many take part.
    let totals: Lanes
  }

  private let rows: Int
  private let counts: UnsafeMutablePointer<Lanes>
  /// Those of the stretch, and one more.
  private let cells: UnsafeMutablePointer<UInt16>
  private let found: Buffers

  /// Rows slid over at a time.
  private static let step = 1 << 12

  private struct Buffers {
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: step)
    let bands = UnsafeMutablePointer<Lanes>.allocate(capacity: step)
    let totals = UnsafeMutablePointer<Lanes>.allocate(capacity: step)
  }

  /// The windows around the first place that has a full margin on either side.
  init(_ cells: [UInt16]) {
    rows = cells.count - 2 * RankedStretch.margin
    self.cells = .allocate(capacity: cells.count + 1)
    self.cells.initialize(from: cells, count: cells.count)
    self.cells[cells.count] = 0
    counts = .allocate(capacity: CreationCell.limit)
    counts.initialize(repeating: Lanes(), count: CreationCell.limit)
    for (lane, span) in SlidingCounts.spans.enumerated() {
      for place in RankedStretch.margin - span...RankedStretch.margin + span {
        counts[Int(cells[place])][lane] &+= 1
      }
    }
    found = Buffers()
  }

  deinit {
    counts.deallocate()
    cells.deallocate()
    found.places.deallocate()
    found.bands.deallocate()
    found.totals.deallocate()
  }

  /// Slides over all rows, once; passes on those that may be surprising at some reach.
  borrowing func slide(_ use: (Found) -> Void) {
    for start in stride(from: 0, to: rows, by: SlidingCounts.step) {
      let count = ck_slide(
        cells + RankedStretch.margin + start, min(SlidingCounts.step, rows - start),
        UnsafeMutableRawPointer(counts).assumingMemoryBound(to: UInt16.self), found.places,
        UnsafeMutableRawPointer(found.bands).assumingMemoryBound(to: UInt16.self),
        UnsafeMutableRawPointer(found.totals).assumingMemoryBound(to: UInt16.self))
      for index in 0..<count {
        use(
          Found(
            row: start + Int(found.places[index]), band: found.bands[index],
            totals: found.totals[index]))
      }
    }
  }

  /// The cell of a place.
  @inline(__always)
  borrowing func cell(_ place: Int) -> Int { Int(cells[place]) }
}
