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

private func summarise<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
  _ slice: BufferSlice<Stored>, _ rowCount: Int, _ validity: Bitmap?
) -> (range: ClosedRange<Int64>, isAscending: Bool)? {
  if rowCount == 0 { return nil }
  let values = slice.pointer
  if let validity {
    return presentRange(values, rowCount, validity.words.pointer).map { ($0, false) }
  }
  // What does not ascend shows it soon, as a rule.
  var sorted = 1
  while sorted < rowCount, values[sorted] >= values[sorted &- 1] { sorted &+= 1 }
  if sorted == rowCount { return (Int64(values[0])...Int64(values[rowCount - 1]), true) }
  var low = values[0]
  var high = values[0]
  for row in 0..<rowCount {
    let value = values[row]
    low = value < low ? value : low
    high = value > high ? value : high
  }
  return (Int64(low)...Int64(high), false)
}

/// The least and greatest of the values whose bit is set.
private func presentRange<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
  _ values: UnsafePointer<Stored>, _ rowCount: Int, _ validity: UnsafePointer<UInt64>
) -> ClosedRange<Int64>? {
  var low = Stored.max
  var high = Stored.min
  for row in 0..<rowCount {
    let isPresent = validity[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 != 0
    let (least, most) = isPresent ? (values[row], values[row]) : (Stored.max, Stored.min)
    low = least < low ? least : low
    high = most > high ? most : high
  }
  return low <= high ? Int64(low)...Int64(high) : nil
}
