import CKernels

/// How many rows lie within two cells of a row's own, within each span of ranks around it, counted one by
/// one: for the few rows that are worth it.
struct SpanCounts {
  /// By span, the row itself among them.
  let band: SlidingCounts.Lanes

  /// `place` has a full margin on either side.
  init(_ cells: [UInt16], around place: Int) {
    var band = SlidingCounts.Lanes()
    cells.withUnsafeBufferPointer { cells in
      guard let own = cells.baseAddress.map({ $0 + place }) else { return }
      withUnsafeMutableBytes(of: &band) { lanes in
        guard let counts = lanes.baseAddress?.assumingMemoryBound(to: UInt16.self) else { return }
        SpanCounts.spans.withUnsafeBufferPointer { spans in
          guard let first = spans.baseAddress else { return }
          ck_span_counts_u16(own, own.pointee &- 2, first, spans.count, counts)
        }
      }
    }
    self.band = band
  }

  private static let spans = SlidingCounts.spans.map { Int64($0) }
}
