import CKernels

/// How many rows lie within two cells of a row's own, within each span of ranks around it, counted one by
/// one: for the few rows that are worth it.
///
/// Cells may be taken several together.
struct SpanCounts {
  /// By span, the row itself among them.
  let band: SlidingCounts.Lanes

  /// `place` has a full margin on either side; so many cells, from 0 on, make one.
  init(_ cells: [UInt16], size: Int, around place: Int) {
    var band = SlidingCounts.Lanes()
    cells.withUnsafeBufferPointer { cells in
      guard let own = cells.baseAddress.map({ $0 + place }) else { return }
      withUnsafeMutableBytes(of: &band) { lanes in
        guard let counts = lanes.baseAddress?.assumingMemoryBound(to: UInt16.self) else { return }
        SpanCounts.spans.withUnsafeBufferPointer { spans in
          guard let first = spans.baseAddress else { return }
          let size = UInt16(size)
          let lowest = (own.pointee / size &- 2) &* size
          ck_span_counts_u16(own, lowest, 5 * size, first, spans.count, counts)
        }
      }
    }
    self.band = band
  }

  private static let spans = SlidingCounts.spans.map { Int64($0) }
}
