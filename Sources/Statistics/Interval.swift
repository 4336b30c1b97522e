/// A closed interval, such as a confidence interval.
package struct Interval: Hashable, Sendable {
  /// The lower limit.
  package var low: Double
  /// The upper limit.
  package var high: Double

  /// An interval of its limits; `low` is at most `high`.
  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The interval with its distance to `center` multiplied: what a finite population asks for.
  package func scaled(by factor: Double, around center: Double) -> Interval {
    Interval(low: center - (center - low) * factor, high: center + (high - center) * factor)
  }
}

/// The normal quantile of a two-sided 95 % interval.
package let normal95 = 1.959963984540054
