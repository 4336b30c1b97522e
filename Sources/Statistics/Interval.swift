/// A closed interval, such as a confidence interval.
package struct Interval: Hashable, Sendable {
  package var low: Double
  package var high: Double

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
