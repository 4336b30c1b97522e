package import Columns
package import Diagnostics

/// Every aggregate; the raw value is its spelling in the language.
///
/// Nulls are skipped.
package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  /// Without argument the rows, with a bool the true ones, else the values that are not null.
  case count
  /// Int sums are checked: overflow is an error; float sums go by fixed stripes of rows.
  case sum
  case avg, median, quantile, min, max
  /// The first argument where the second is greatest (least); the first such row.
  case maxBy = "max_by"
  case minBy = "min_by"
  /// The sample standard deviation; null under two values.
  case stddev
  /// The number of different values.
  case distinct
  /// The share of the rows where a condition is neither null nor false, among those not null.
  case share
  /// Sum of the first argument over sum of the second, of the rows where both are present.
  case ratio
  /// The first (last) value that is not null, in row order.
  case first, last
  /// The most frequent value; the first seen of those that tie.
  case mode
  case any, all
  /// The bounds of the distribution-free 95 % interval of the median (methods: part 7); null under 6.
  case medianLow = "median_low"
  case medianHigh = "median_high"
  /// Pearson's correlation of the rows where both arguments are present.
  case corr
  /// Gini's coefficient of inequality; null where a value is negative or all are 0.
  case gini
  /// Shannon's entropy, in bits, of how often the values occur.
  case entropy
  /// The values in row order as up to 20 bars of text.
  case spark
}

/// An aggregate over the rows of a group.
package struct AggregateCall: Sendable {
  package let function: AggregateFunction
  /// Over the input's columns; none for `count()`.
  package let arguments: [ScalarExpression]
  /// The p of `quantile(x, p)`, 0 to 1.
  package let parameter: Double?
  package let type: DataType
  package let range: SourceRange?

  package init(
    _ function: AggregateFunction, _ arguments: [ScalarExpression], parameter: Double? = nil,
    type: DataType, range: SourceRange? = nil
  ) {
    self.function = function
    self.arguments = arguments
    self.parameter = parameter
    self.type = type
    self.range = range
  }
}

/// An aggregate and the name of the column that it makes.
package struct NamedAggregate: Sendable {
  package let name: String
  package let call: AggregateCall

  package init(_ name: String, _ call: AggregateCall) {
    self.name = name
    self.call = call
  }
}

extension AggregateFunction {
  /// Whether its value is the same in whatever order rows come: all sums are exact.
  package var ignoresOrder: Bool {
    switch self {
    case .count, .share, .any, .all, .sum, .avg, .ratio, .stddev, .min, .max, .distinct, .median,
      .quantile, .medianLow, .medianHigh, .corr, .gini, .entropy:
      true
    case .first, .last, .minBy, .maxBy, .mode, .spark: false
    }
  }
}
