import Kernels

/// What is known of floats before they are computed.
struct FloatFacts: Sendable {
  /// Where they lie; no NaN is among them.
  let bounds: ClosedRange<Double>
  /// What all are multiples of; nil where any number of the bounds may come.
  let unit: FloatUnit?

  /// Beyond this floats skip whole numbers.
  private static let wholeLimit = 0x1p53

  /// Nil where a bound is no finite number.
  init?(_ one: Double, _ other: Double, _ unit: FloatUnit? = nil) {
    guard one.isFinite, other.isFinite else { return nil }
    bounds = min(one, other)...max(one, other)
    self.unit = unit
  }

  /// Those of integers.
  init?(_ range: ClosedRange<Int64>) {
    self.init(Double(range.lowerBound), Double(range.upperBound), .one)
  }

  /// Those of one number.
  init?(_ constant: Double) {
    self.init(constant, constant, constant.rounded() == constant ? .one : nil)
  }

  /// The number, where there is one only.
  private var constant: Double? {
    bounds.lowerBound == bounds.upperBound ? bounds.lowerBound : nil
  }

  var isWhole: Bool { unit?.isWhole ?? false }

  private var magnitude: Double { max(bounds.lowerBound.magnitude, bounds.upperBound.magnitude) }

  /// Whether 0 may be among them.
  var mayBeZero: Bool { bounds.contains(0) }

  // Rounding to the nearest keeps the order of results: their bounds are those of the operands' bounds.

  func adding(_ other: FloatFacts) -> FloatFacts? {
    FloatFacts(
      bounds.lowerBound + other.bounds.lowerBound, bounds.upperBound + other.bounds.upperBound,
      isWhole && other.isWhole ? .one : nil)
  }

  func subtracting(_ other: FloatFacts) -> FloatFacts? {
    negated.flatMap { other.adding($0) }?.negated
  }

  var negated: FloatFacts? { FloatFacts(-bounds.upperBound, -bounds.lowerBound, unit) }

  var absolute: FloatFacts? {
    let least = mayBeZero ? 0 : min(bounds.lowerBound.magnitude, bounds.upperBound.magnitude)
    return FloatFacts(least, magnitude, unit)
  }

  func multiplying(_ other: FloatFacts) -> FloatFacts? {
    extremes(other, unit(times: other.constant) ?? other.unit(times: constant), *)
  }

  /// Quotients by what is not 0.
  func divided(by other: FloatFacts) -> FloatFacts? {
    guard let positive = other.positive else {
      guard let negative = other.negated?.positive else { return nil }
      return divided(by: negative)?.negated
    }
    if other.bounds.lowerBound >= 0 {
      return extremes(positive, unit(over: other.constant), /)
    }
    guard let negative = other.negated?.positive, let upper = divided(by: positive),
      let lower = divided(by: negative)?.negated
    else { return nil }
    return upper.union(lower)
  }

  /// Those above 0, where these begin at some number.
  private var positive: FloatFacts? {
    let least = bounds.lowerBound > 0 ? bounds.lowerBound : isWhole ? 1 : 0
    guard least > 0, bounds.upperBound >= least else { return nil }
    return FloatFacts(least, bounds.upperBound, unit)
  }

  /// A function that rises, of what is above 0.
  func risingAboveZero(_ function: FloatFunction) -> FloatFacts? { positive?.rising(function) }

  /// A function that rises, of what is not below 0.
  func risingFromZero(_ function: FloatFunction) -> FloatFacts? {
    if bounds.upperBound < 0 { return nil }
    return FloatFacts(max(0, bounds.lowerBound), bounds.upperBound)?.rising(function)
  }

  /// A function that rises but for its last digits.
  func rising(_ function: FloatFunction) -> FloatFacts? {
    FloatFacts(
      function.value(bounds.lowerBound).nextDown.nextDown,
      function.value(bounds.upperBound).nextUp.nextUp)
  }

  /// Rounded, to a whole number or to a multiple of a unit.
  func rounded(_ function: FloatFunction) -> FloatFacts? {
    FloatFacts(function.value(bounds.lowerBound), function.value(bounds.upperBound), .one)
  }

  /// Rounded to a multiple of a unit, up or down.
  func rounded(to unit: FloatUnit) -> FloatFacts? {
    guard let multiples = unit.multiples(in: bounds) else { return nil }
    return FloatFacts(
      unit.value(multiples.lowerBound - 1), unit.value(multiples.upperBound + 1), unit)
  }

  /// What is one or the other.
  func union(_ other: FloatFacts) -> FloatFacts? {
    FloatFacts(
      min(bounds.lowerBound, other.bounds.lowerBound),
      max(bounds.upperBound, other.bounds.upperBound),
      unit == other.unit ? unit : isWhole && other.isWhole ? .one : nil)
  }

  /// All results of an operation that rises or falls with each operand.
  private func extremes(
    _ other: FloatFacts, _ unit: FloatUnit?, _ operation: (Double, Double) -> Double
  ) -> FloatFacts? {
    var results: [Double] = []
    for left in [bounds.lowerBound, bounds.upperBound] {
      for right in [other.bounds.lowerBound, other.bounds.upperBound] {
        results.append(operation(left, right))
      }
    }
    guard let least = results.min(), let greatest = results.max() else { return nil }
    return FloatFacts(least, greatest, unit)
  }

  private func unit(times constant: Double?) -> FloatUnit? {
    guard let constant, constant != 0, isWhole, let unit, magnitude < FloatFacts.wholeLimit,
      unit == .one || constant.rounded() == constant,
      magnitude * constant.magnitude < FloatFacts.wholeLimit
    else { return nil }
    return FloatUnit(factor: unit.factor * constant.magnitude)
  }

  private func unit(over constant: Double?) -> FloatUnit? {
    guard let constant, constant != 0, unit == .one, magnitude < FloatFacts.wholeLimit
    else { return nil }
    return FloatUnit(divisor: constant.magnitude)
  }
}

extension FloatFunction {
  /// Of one number, as of many.
  fileprivate func value(_ number: Double) -> Double {
    var result = number
    withUnsafeMutablePointer(to: &result) { compute(UnsafePointer($0), count: 1, into: $0) }
    return result
  }
}
