/// How many rows lie within two cells of a row's own, within each span of ranks around it, counted one by
/// one: for the few rows that are worth it.
struct SpanCounts {
  /// By span, the row itself among them.
  private(set) var band = SlidingCounts.Lanes()

  /// `place` has a full margin on either side.
  init(_ cells: [UInt16], around place: Int) {
    let lowest = cells[place] &- 2
    cells.withUnsafeBufferPointer { cells in
      var (inner, sum) = (0, UInt16(1))
      for (lane, span) in SlidingCounts.spans.enumerated() {
        for other in place &- span..<place &- inner {
          sum &+= cells[other] &- lowest <= 4 ? 1 : 0
        }
        for other in place &+ inner &+ 1..<place &+ span &+ 1 {
          sum &+= cells[other] &- lowest <= 4 ? 1 : 0
        }
        band[lane] = sum
        inner = span
      }
    }
  }
}
