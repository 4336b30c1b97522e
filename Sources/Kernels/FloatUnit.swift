import CKernels

/// What floats may be whole multiples of: the multiple `k` is `k` × `factor` ÷ `divisor`, rounded
/// after each.
package struct FloatUnit: Equatable, Sendable {
  package let factor: Double
  package let divisor: Double

  /// Beyond so many multiples a float is not told from its neighbours.
  private static let limit = 0x1p50

  /// Both are positive, one of them is 1.
  package init(factor: Double = 1, divisor: Double = 1) {
    self.factor = factor
    self.divisor = divisor
  }

  /// Whole numbers.
  package static let one = FloatUnit()

  /// Whether all its multiples are whole numbers.
  package var isWhole: Bool { divisor == 1 && factor.rounded() == factor }

  /// A multiple.
  package func value(_ multiple: Int64) -> Double { Double(multiple) * factor / divisor }

  /// The multiples between two floats, and perhaps one more on either side; nil where they are too many.
  package func multiples(in bounds: ClosedRange<Double>) -> ClosedRange<Int64>? {
    let low = (bounds.lowerBound * (divisor / factor)).rounded(.down)
    let high = (bounds.upperBound * (divisor / factor)).rounded(.up)
    guard low.magnitude < FloatUnit.limit, high.magnitude < FloatUnit.limit else { return nil }
    return Int64(low)...Int64(high)
  }

  /// Writes which multiple each float is, and the least number for what is none of `range`; false
  /// where that is so of any.
  @discardableResult
  package func writeMultiples(
    of values: UnsafePointer<Double>, count: Int, in range: ClosedRange<Int64>,
    into multiples: UnsafeMutablePointer<Int64>
  ) -> Bool {
    ck_multiples_f64(
      values, factor, divisor, range.lowerBound, range.upperBound, multiples, count) != 0
  }
}
