import CKernels

/// The followers of a range and of its surroundings, with empty places beyond the ends of the list, so
/// that every window fits, and one more.
struct RankedStretch {
  /// The most that evidence is told to be above or below the usual.
  static let mostWeight: Int16 = 30
  /// How many places lie before the range.
  static let margin = OrderEvidence.surroundings

  private let order: FollowRanks
  private let count: Int
  /// The ranks that there are, and the place of the first of them.
  private let known: Range<Int>
  private let place: Int

  init(_ order: FollowRanks, around rows: Range<Int>) {
    let first = rows.lowerBound - RankedStretch.margin
    self.order = order
    count = rows.count + 2 * RankedStretch.margin + 1
    known = max(0, first)..<max(0, min(order.rows.count, first + count))
    place = known.lowerBound - first
  }

  /// The cells of all places; 0 for whoever takes no part.
  func cells(_ kind: FollowDates.Kind) -> [UInt16] {
    column { FollowDates.writeCells(kind, of: order.dates + known.lowerBound, known.count, to: $0) }
  }

  /// Weights of evidence less the usual, in 1,024ths: whole numbers, so that sums are exact.
  func weights() -> [Int16] {
    column { out in
      guard let rows = order.rows.baseAddress else { return }
      ck_ranked_weights(
        rows + known.lowerBound, known.count, order.evidence, order.usual, out)
    }
  }

  /// Zeros beyond the ends, and between them what is written.
  private func column<Value: FixedWidthInteger>(
    _ write: (UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { out, filled in
      out[..<place].initialize(repeating: 0)
      out[(place + known.count)...].initialize(repeating: 0)
      if let base = out.baseAddress, !known.isEmpty { write(base + place) }
      filled = count
    }
  }
}
