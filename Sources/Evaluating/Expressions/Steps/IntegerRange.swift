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

  /// All magnitudes.
  var magnitudes: IntegerRange? {
    if lowerBound == .min { return nil }
    let greatest = Swift.max(abs(lowerBound), abs(upperBound))
    return (lowerBound > 0 ? lowerBound : upperBound < 0 ? -upperBound : 0)...greatest
  }

  /// All quotients by a number above 0, rounded down.
  func floorDivided(by divisor: Int64) -> IntegerRange {
    floorQuotient(lowerBound, divisor)...floorQuotient(upperBound, divisor)
  }

  /// The lesser, or the greater, of a value of each.
  func extremes(_ other: IntegerRange, isLeast: Bool) -> IntegerRange {
    isLeast
      ? Swift.min(lowerBound, other.lowerBound)...Swift.min(upperBound, other.upperBound)
      : Swift.max(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// The range that holds both.
  func union(_ other: IntegerRange) -> IntegerRange {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// Whether all values fit in 32 bits.
  var fits32: Bool { lowerBound >= Int64(Int32.min) && upperBound <= Int64(Int32.max) }
}

private func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
  value / divisor - (value % divisor < 0 ? 1 : 0)
}
