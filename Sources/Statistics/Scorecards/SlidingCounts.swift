import CKernels

/// How many rows lie in each cell within each of six spans of ranks around the present one, by creation dates in
/// cells of four widths at once.
///
/// The spans of one cell are the lanes of one vector, so that a band of cells is five loads. Only the two
/// narrower widths are counted: the others are three and six times the second, and so are their cells. A row
/// that takes no part is counted in cell 0, which no band reads.
struct SlidingCounts: ~Copyable {
  /// One a span.
  typealias Lanes = SIMD8<UInt16>

  /// Ranks on either side: the four reaches, twice the longest, and the surroundings.
  static let spans = OrderEvidence.reaches + [400, OrderEvidence.surroundings]

  /// A row with unusually many neighbours of its own date, before it is looked at closely.
  struct Found {
    /// Its number among the rows.
    let row: Int
    /// By width how many rows of each span are within two cells of its own, itself among them.
    fileprivate let bands: UnsafePointer<Lanes>
    /// A bit for each width at which they are unusually many.
    fileprivate let widths: UInt8
    /// How many take part.
    let totals: Lanes

    /// The neighbours at a width where they are unusually many, else nil.
    func band(_ width: Int) -> Lanes? {
      widths >> UInt8(width) & 1 == 0 ? nil : bands[width]
    }
  }

  private let rows: Int
  private let narrow: Windows
  private let wide: Windows
  private let found: Buffers

  /// Rows slid over at a time.
  private static let step = 1 << 12

  private struct Buffers {
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: step)
    let widths = UnsafeMutablePointer<UInt8>.allocate(capacity: step)
    let bands = UnsafeMutablePointer<Lanes>.allocate(capacity: step * OrderEvidence.widths.count)
    let totals = UnsafeMutablePointer<Lanes>.allocate(capacity: step)
  }

  /// The windows around the first place that has a full margin on either side: takes the cells of the first and of
  /// the second width, and one more of each.
  init(narrow: [UInt16], wide: [UInt16]) {
    rows = narrow.count - 2 * RankedStretch.margin - 1
    self.narrow = Windows(narrow, limit: CreationCell.limit)
    self.wide = Windows(wide, limit: CreationCell.wideLimit)
    found = Buffers()
  }

  deinit {
    narrow.deallocate()
    wide.deallocate()
    found.places.deallocate()
    found.widths.deallocate()
    found.bands.deallocate()
    found.totals.deallocate()
  }

  /// Slides over all rows, once; passes on those that may be more surprising at some reach than `least` of
  /// the row.
  borrowing func slide(over least: [Float], _ use: (Found) -> Void) {
    precondition(least.count == rows, "one a row")
    for start in stride(from: 0, to: rows, by: SlidingCounts.step) {
      let count = found(from: start, least)
      for index in 0..<count {
        use(
          Found(
            row: start + Int(found.places[index]),
            bands: UnsafePointer(found.bands + index * OrderEvidence.widths.count),
            widths: found.widths[index], totals: found.totals[index]))
      }
    }
  }

  /// How many are found of the rows of a step, which are in `found` then.
  private borrowing func found(from start: Int, _ least: [Float]) -> Int {
    narrow.cells.withUnsafeBufferPointer { narrowCells in
      wide.cells.withUnsafeBufferPointer { wideCells in
        least.withUnsafeBufferPointer { least in
          guard let narrowCells = narrowCells.baseAddress, let wideCells = wideCells.baseAddress,
            let least = least.baseAddress
          else { return 0 }
          let place = RankedStretch.margin + start
          return ck_slide(
            narrowCells + place, wideCells + place, least + start,
            min(SlidingCounts.step, rows - start), narrow.numbers, wide.numbers, found.places,
            found.widths, SlidingCounts.numbers(found.bands), SlidingCounts.numbers(found.totals))
        }
      }
    }
  }

  fileprivate static func numbers(
    _ lanes: UnsafeMutablePointer<Lanes>
  ) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: UInt16.self)
  }
}

/// The counts at one width.
private struct Windows {
  /// Times `CK_CELL_SCALE`.
  let cells: [UInt16]
  private let counts: UnsafeMutablePointer<SlidingCounts.Lanes>

  var numbers: UnsafeMutablePointer<UInt16> { SlidingCounts.numbers(counts) }

  /// `limit`: one past the highest cell that may be read.
  init(_ cells: [UInt16], limit: Int) {
    self.cells = [UInt16](unsafeUninitializedCapacity: cells.count) { scaled, filled in
      cells.withUnsafeBufferPointer { cells in
        for place in 0..<cells.count { scaled[place] = cells[place] &* UInt16(CK_CELL_SCALE) }
      }
      filled = cells.count
    }
    counts = .allocate(capacity: limit)
    counts.initialize(repeating: SlidingCounts.Lanes(), count: limit)
    for (lane, span) in SlidingCounts.spans.enumerated() {
      for place in RankedStretch.margin - span...RankedStretch.margin + span {
        counts[Int(cells[place])][lane] &+= 1
      }
    }
  }

  func deallocate() {
    counts.deallocate()
  }
}
