import Columns
import Kernels
import Plans

/// What the statistics of a segment say about a condition.
enum SegmentDecision: Equatable {
  /// It is true of all rows: the segment needs no filter.
  case everyRow
  /// It is true of no row, and null for this many.
  case noRow(nulls: Int)
}

/// Decides a condition for a whole segment by the statistics of its columns, or gives nil.
///
/// `statistics` gives those of a column by its name in the input. Decided are comparisons of
/// integers, dates, times and durations with constants, tests for null, and what `and`, `or` and
/// `not` make of them.
func decides(
  _ condition: ScalarExpression, rowCount: Int, statistics: (String) -> SegmentStatistics?
) -> SegmentDecision? {
  guard let outcome = Outcome(condition, rowCount, statistics) else { return nil }
  if outcome.value { return outcome.nulls == 0 ? .everyRow : nil }
  return .noRow(nulls: outcome.nulls)
}

/// A condition that is the same for all rows but those where one column is null.
private struct Outcome {
  var value: Bool
  /// The rows for which it is null.
  var nulls = 0
  /// The column that is null there.
  var column: String?

  init(value: Bool) { self.value = value }

  init?(
    _ condition: ScalarExpression, _ rowCount: Int,
    _ statistics: (String) -> SegmentStatistics?
  ) {
    switch condition.node {
    case .constant(.bool(let value)): self.init(value: value)
    case .isIn(let value, let set):
      self.init(isIn: value, set, rowCount, statistics)
    case .call(let function, let arguments):
      self.init(function, arguments, rowCount, statistics)
    case .constant, .column, .isInPlan, .scalarPlan: return nil
    }
  }

  private init?(
    _ function: ScalarFunction, _ arguments: [ScalarExpression], _ rowCount: Int,
    _ statistics: (String) -> SegmentStatistics?
  ) {
    switch function {
    case .not:
      guard let inner = Outcome(arguments[0], rowCount, statistics) else { return nil }
      self = inner
      value.toggle()
    case .and, .or:
      let sides = arguments.map { Outcome($0, rowCount, statistics) }
      self.init(sides, isAnd: function == .and)
    case .coalesce:
      // Nulls of the first are what the constant behind it says.
      guard arguments.count == 2, case .constant(.bool(let other)) = arguments[1].node,
        let first = Outcome(arguments[0], rowCount, statistics),
        first.nulls == 0 || first.value == other
      else { return nil }
      self.init(value: first.value)
    case .isNull, .isNotNull:
      guard case .column(let name) = arguments[0].node, let known = statistics(name),
        known.nullCount == 0 || known.nullCount == rowCount
      else { return nil }
      self.init(value: (known.nullCount == rowCount) == (function == .isNull))
    default:
      guard let comparison = Comparison(function) else { return nil }
      self.init(comparison, arguments, rowCount, statistics)
    }
  }

  /// `and` or `or` of sides, some of them not decided.
  private init?(_ sides: [Outcome?], isAnd: Bool) {
    // One side that has no nulls and decides alone is enough.
    if sides.contains(where: { $0?.nulls == 0 && $0?.value == !isAnd }) {
      self.init(value: !isAnd)
      return
    }
    var result = Outcome(value: isAnd)
    for side in sides {
      guard let side else { return nil }
      if side.nulls > 0 && result.nulls > 0 && side.column != result.column { return nil }
      // Where both are null of one column, so is the result; the others have one value.
      if side.nulls > 0 {
        result.nulls = side.nulls
        result.column = side.column
      }
      result.value = isAnd ? result.value && side.value : result.value || side.value
    }
    self = result
  }

  /// A column compared with a constant.
  private init?(
    _ comparison: Comparison, _ arguments: [ScalarExpression], _ rowCount: Int,
    _ statistics: (String) -> SegmentStatistics?
  ) {
    let name: String
    let constant: Int64
    var comparison = comparison
    switch (arguments[0].node, arguments[1].node) {
    case (.column(let column), .constant(let value)):
      guard let integer = value.integer else { return nil }
      (name, constant) = (column, integer)
    case (.constant(let value), .column(let column)):
      guard let integer = value.integer else { return nil }
      (name, constant) = (column, integer)
      comparison = comparison.mirrored
    default: return nil
    }
    guard let known = statistics(name) else { return nil }
    let decided = known.integerRange.map { Self.decide(comparison, $0, constant) }
    guard let value = decided ?? (known.nullCount == rowCount ? false : nil) else { return nil }
    self.init(value: value)
    nulls = known.nullCount
    column = name
  }

  /// Whether all values of a range compare alike with a constant.
  private static func decide(
    _ comparison: Comparison, _ range: ClosedRange<Int64>, _ constant: Int64
  ) -> Bool? {
    func order(_ value: Int64) -> Int { value < constant ? -1 : value > constant ? 1 : 0 }
    let low = order(range.lowerBound)
    let high = order(range.upperBound)
    // Between the bounds lie values that are equal to the constant, or could be.
    if low != high && (low < 0 && high > 0 || comparison == .equal || comparison == .notEqual) {
      return nil
    }
    return comparison.holds(low) == comparison.holds(high) ? comparison.holds(low) : nil
  }

  /// A column that is none of the constants by its range.
  private init?(
    isIn value: ScalarExpression, _ set: [Scalar], _ rowCount: Int,
    _ statistics: (String) -> SegmentStatistics?
  ) {
    guard case .column(let name) = value.node, let known = statistics(name),
      let range = known.integerRange
    else { return nil }
    for constant in set {
      guard let integer = constant.integer, !range.contains(integer) else { return nil }
    }
    self.init(value: false)
    nulls = known.nullCount
    column = name
  }
}

extension Comparison {
  /// The comparison of an operator; nil for other functions.
  init?(_ function: ScalarFunction) {
    switch function {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }
}
