/// What is known of a segment without reading it: filters skip segments by it.
package struct SegmentStatistics: Sendable, Hashable {
  package let nullCount: Int
  /// The least and greatest value of an integer-stored segment (scaled), nulls left out; nil when
  /// there is none or the segment is not stored as integers.
  package let integerRange: ClosedRange<Int64>?
  /// Whether an integer-stored segment without nulls never decreases from row to row.
  package let isAscending: Bool

  package init(nullCount: Int, integerRange: ClosedRange<Int64>? = nil, isAscending: Bool = false) {
    self.nullCount = nullCount
    self.integerRange = integerRange
    self.isAscending = isAscending
  }

  /// Reads the values once, O(n); integers that do not fit once they are scaled have no range.
  package init(of values: Segment.Values, scale: Int64, rowCount: Int, validity: Bitmap?) {
    let nullCount = validity.map { rowCount - $0.prefixPopulation(rowCount) } ?? 0
    let summary: (range: ClosedRange<Int64>, isAscending: Bool)? =
      switch values {
      case .int8(let slice): summarise(slice, rowCount, validity)
      case .int16(let slice): summarise(slice, rowCount, validity)
      case .int32(let slice): summarise(slice, rowCount, validity)
      case .int64(let slice): summarise(slice, rowCount, validity)
      case .bits, .float64, .text, .codes8, .codes16: nil
      }
    self.init(
      nullCount: nullCount, integerRange: summary.flatMap { $0.range.multiplied(by: scale) },
      isAscending: nullCount == 0 && summary?.isAscending ?? false)
  }
}

extension ClosedRange<Int64> {
  /// nil where an end does not fit; the factor is positive.
  fileprivate func multiplied(by factor: Int64) -> ClosedRange? {
    let low = lowerBound.multipliedReportingOverflow(by: factor)
    let high = upperBound.multipliedReportingOverflow(by: factor)
    return low.overflow || high.overflow ? nil : low.partialValue...high.partialValue
  }
}

extension Bitmap {
  fileprivate func prefixPopulation(_ rows: Int) -> Int {
    rows == count ? population : prefix(rows).population
  }
}

private func summarise<Stored: BoundedInteger>(
  _ slice: BufferSlice<Stored>, _ rowCount: Int, _ validity: Bitmap?
) -> (range: ClosedRange<Int64>, isAscending: Bool)? {
  if rowCount == 0 { return nil }
  guard let validity else {
    let bounds = valueBounds(slice.pointer, count: rowCount)
    return (Int64(bounds.low)...Int64(bounds.high), bounds.isAscending)
  }
  return presentRange(slice.pointer, rowCount, validity).map { ($0, false) }
}

/// The range of rows that are not null; 64 at once where all of them are there.
private func presentRange<Stored: BoundedInteger>(
  _ values: UnsafePointer<Stored>, _ rowCount: Int, _ validity: Bitmap
) -> ClosedRange<Int64>? {
  var low = Stored.max
  var high = Stored.min
  for word in 0..<(rowCount + 63) / 64 {
    let rows = min(64, rowCount - word * 64)
    let all = ~UInt64(0) >> UInt64(64 - rows)
    var bits = validity.words.pointer[word] & all
    if bits == all {
      let bounds = valueBounds(values + word * 64, count: rows)
      (low, high) = (min(low, bounds.low), max(high, bounds.high))
      continue
    }
    while bits != 0 {
      let value = values[word * 64 + bits.trailingZeroBitCount]
      (low, high) = (min(low, value), max(high, value))
      bits &= bits - 1
    }
  }
  return low <= high ? Int64(low)...Int64(high) : nil
}
