package import Columns
package import Diagnostics

/// Every window function; the raw value is its spelling in the language.
///
/// Computed for each row along an order of rows, within the row's partition.
package enum WindowFunction: String, Sendable, Hashable, CaseIterable {
  /// The value n rows before (after); null beyond the ends.
  case lag, lead
  /// 1, 2, … along the order.
  case rowNumber = "row_number"
  /// 1 + the number of rows before the first one whose sort keys are equal.
  case rank
  /// The sum so far, 0 before the first value; int sums are checked, floats added in row order.
  case cumsum
  /// The least (greatest) value so far, null before the first; NaN above all other numbers.
  case runningMin = "running_min"
  case runningMax = "running_max"
  /// Of the values that are not null among this row and the k − 1 before it.
  case rollingCount = "rolling_count"
  case rollingMean = "rolling_mean"
  case rollingMedian = "rolling_median"
  /// The median of the distances from the median, not scaled.
  case rollingMAD = "rolling_mad"
}

/// A window function with its arguments.
package struct WindowCall: Sendable {
  package let function: WindowFunction
  /// Over the input's columns; nil for `row_number()` and `rank()`.
  package let argument: ScalarExpression?
  /// The rows of `lag` and `lead` (from 0), the k of the rolling functions (from 1).
  package let parameter: Int?
  package let type: DataType
  package let range: SourceRange?

  package init(
    _ function: WindowFunction, _ argument: ScalarExpression? = nil, parameter: Int? = nil,
    type: DataType, range: SourceRange? = nil
  ) {
    self.function = function
    self.argument = argument
    self.parameter = parameter
    self.type = type
    self.range = range
  }
}

/// A window function and the name of the column that it makes.
package struct NamedWindow: Sendable {
  package let name: String
  package let call: WindowCall

  package init(_ name: String, _ call: WindowCall) {
    self.name = name
    self.call = call
  }
}
