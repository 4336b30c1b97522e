import Calendars
import Columns
import Kernels
import Plans

/// What follows for numbers from what is known of the operands.
extension ColumnFacts {
  /// Of a function of integers, times or durations; nil where nothing follows.
  init?(
    integersOf function: ScalarFunction, _ arguments: [ColumnFacts], _ types: [DataType],
    _ constants: [Scalar?]
  ) {
    let ranges = arguments.compactMap(\.range)
    guard ranges.count == arguments.count, let first = ranges.first else { return nil }
    var mayBeNull = arguments.contains(where: \.mayBeNull)
    var range: IntegerRange?
    switch (function, ranges.count) {
    case (.round, 1), (.floor, 1), (.ceil, 1): range = first
    case (.abs, 1): range = first.magnitudes
    case (.negate, 1): range = (0...0).subtracting(first)
    case (.add, 2) where !types.contains(.date): range = first.adding(ranges[1])
    case (.subtract, 2) where !types.contains(.date): range = first.subtracting(ranges[1])
    case (.subtract, 2) where types == [.date, .date]:
      range = first.subtracting(ranges[1])?.multiplying(microsPerDay...microsPerDay)
    case (.multiply, 2): range = first.multiplying(ranges[1])
    case (.floorDivide, 2), (.remainder, 2):
      guard let divisor = constants[1]?.integer, divisor > 0 else { return nil }
      range = function == .remainder ? 0...divisor - 1 : first.floorDivided(by: divisor)
    case (.least, 2), (.greatest, 2):
      range = first.extremes(ranges[1], isLeast: function == .least)
      // A null is skipped: then the other may be any of its range.
      if mayBeNull { range = range?.union(first).union(ranges[1]) }
      mayBeNull = arguments.allSatisfy(\.mayBeNull)
    default: return nil
    }
    guard let range else { return nil }
    self.init(range: range, mayBeNull: mayBeNull)
  }

  /// Of a function that gives floats; nil where nothing follows.
  init?(
    floatsOf function: ScalarFunction, _ arguments: [ColumnFacts], _ constants: [Scalar?]
  ) {
    let operands = arguments.compactMap(\.numbers)
    guard operands.count == arguments.count, let first = operands.first else { return nil }
    var mayBeNull = arguments.contains(where: \.mayBeNull)
    var result: FloatFacts?
    switch (function, operands.count) {
    case (.toFloat, 1): result = first
    case (.negate, 1): result = first.negated
    case (.abs, 1): result = first.absolute
    case (.floor, 1): result = first.rounded(.floor)
    case (.ceil, 1): result = first.rounded(.ceil)
    case (.round, 1): result = first.rounded(.round)
    case (.round, 2):
      let unit = constants[1]?.integer.flatMap(FloatUnit.init(digits:))
      result = unit.flatMap { first.rounded(to: $0) }
    case (.bin, 2):
      guard let width = constants[1]?.number, width > 0 else { return nil }
      result = first.rounded(to: FloatUnit(factor: width))
    case (.exp, 1): result = first.rising(.exp)
    case (.sqrt, 1):
      result = first.risingFromZero(.squareRoot)
      mayBeNull = mayBeNull || first.bounds.lowerBound < 0
    case (.ln, 1), (.log10, 1):
      result = first.risingAboveZero(function == .ln ? .ln : .log10)
      mayBeNull = mayBeNull || first.bounds.lowerBound <= 0
    case (.add, 2): result = first.adding(operands[1])
    case (.subtract, 2): result = first.subtracting(operands[1])
    case (.multiply, 2): result = first.multiplying(operands[1])
    case (.divide, 2), (.floorDivide, 2):
      result = first.divided(by: operands[1])
      if function == .floorDivide { result = result?.rounded(.floor) }
      mayBeNull = mayBeNull || operands[1].mayBeZero
    default: return nil
    }
    guard let result else { return nil }
    self.init(mayBeNull: mayBeNull)
    floats = result
  }

  /// As floats.
  private var numbers: FloatFacts? { floats ?? range.flatMap { FloatFacts($0) } }
}

extension FloatUnit {
  /// The unit of numbers rounded to so many digits behind the point, or before it; nil where it is no
  /// exact power of ten or its inverse.
  fileprivate init?(digits: Int64) {
    guard digits.magnitude <= 22 else { return nil }
    var power = 1.0
    for _ in 0..<digits.magnitude { power *= 10 }
    self = digits < 0 ? FloatUnit(factor: power) : FloatUnit(divisor: power)
  }
}
