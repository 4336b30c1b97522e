import CKernels

/// How long some accounts have been there when a list was taken.
package struct AccountLives {
  /// Days from creation to the capture, at least 1; NaN where unknown.
  package let days: [Double]
  /// The same, NaN also for those created behind it.
  package let ages: [Double]

  /// Times in microseconds since 1970, `Int64.min` where unknown.
  package init(_ created: [Int64], until captured: Int64) {
    var ages = [Double](repeating: 0, count: created.count)
    days = [Double](unsafeUninitializedCapacity: created.count) { days, count in
      if let days = days.baseAddress {
        ck_days_until(created, created.count, captured, days, &ages)
      }
      count = created.count
    }
    self.ages = ages
  }

  /// Marks by a byte each for which of some counts a number a day is known, and for which it is at least `least`.
  package func addRates(
    _ counts: [Double], atLeast least: Double, isKnown: inout [UInt8], isMore: inout [UInt8]
  ) {
    ck_add_rate_signs(counts, days, days.count, least, &isKnown, &isMore)
  }
}
