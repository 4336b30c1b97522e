/// The values that an operation of integers can give; nil where Int64 may overflow.
typealias IntegerRange = ClosedRange<Int64>

extension ClosedRange<Int64> {
  /// All sums.
  func adding(_ other: IntegerRange) -> IntegerRange? {
    let (low, lowOverflow) = lowerBound.addingReportingOverflow(other.lowerBound)
    let (high, highOverflow) = upperBound.addingReportingOverflow(other.upperBound)
    return lowOverflow || highOverflow ? nil : low...high
  }

  /// All differences.
  func subtracting(_ other: IntegerRange) -> IntegerRange? {
    let (low, lowOverflow) = lowerBound.subtractingReportingOverflow(other.upperBound)
    let (high, highOverflow) = upperBound.subtractingReportingOverflow(other.lowerBound)
    return lowOverflow || highOverflow ? nil : low...high
  }

  /// All products: the extremes are among those of the bounds.
  func multiplying(_ other: IntegerRange) -> IntegerRange? {
    var products: [Int64] = []
    for left in [lowerBound, upperBound] {
      for right in [other.lowerBound, other.upperBound] {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { return nil }
        products.append(product)
      }
    }
    guard let low = products.min(), let high = products.max() else { return nil }
    return low...high
  }

  /// The range that holds both.
  func union(_ other: IntegerRange) -> IntegerRange {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// Whether all values fit in 32 bits.
  var fits32: Bool { lowerBound >= Int64(Int32.min) && upperBound <= Int64(Int32.max) }
}
