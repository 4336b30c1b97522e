/// The operators and functions of a case, named as the language writes them.
enum Function: String, Sendable, CaseIterable {
  case or, and, not
  case isNull = "== null"
  case isNotNull = "!= null"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case otherwise = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case negate = "-x"
  case resembles = "~"
  case resemblesNot = "!~"
  case coalesce
  case choice = "if"
  case cases = "case"
  case least, greatest
  case lower, upper, trim, length, contains, replace, substring
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case split, similarity, digits
  case day, week, month, quarter, year, hour, weekday, epoch
  case toDate = "date"
  case toTime = "time"
  case snowflakeTime = "snowflake_time"
  case abs, round, floor, ceil, sqrt, ln, log10, exp, pow, clamp, bin
  case toInt = "int"
  case toFloat = "float"
  case toText = "string"
  case wilsonLow = "wilson_low"
  case wilsonHigh = "wilson_high"

  /// How tightly an operator binds, 1 the loosest; nil for functions.
  var level: Int? {
    switch self {
    case .or: 1
    case .and: 2
    case .not: 3
    case .isNull, .isNotNull, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .resembles, .resemblesNot:
      4
    case .otherwise: 5
    case .add, .subtract: 6
    case .multiply, .divide, .floorDivide, .remainder: 7
    case .negate: 8
    default: nil
    }
  }

  static let comparisons: [Function] = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ]
}

/// The aggregates of a case, named as the language writes them.
enum Aggregate: String, Sendable, CaseIterable {
  case count, sum, avg, median, quantile, min, max, stddev, distinct, share, ratio, first, last
  case mode, any, all, corr, gini, entropy, spark
  case maxBy = "max_by"
  case minBy = "min_by"
  case medianLow = "median_low"
  case medianHigh = "median_high"
}

/// The functions of `window`, named as the language writes them.
enum WindowFunction: String, Sendable, CaseIterable {
  case lag, lead, rank, cumsum
  case rowNumber = "row_number"
  case runningMin = "running_min"
  case runningMax = "running_max"
  case rollingCount = "rolling_count"
  case rollingMean = "rolling_mean"
  case rollingMedian = "rolling_median"
  case rollingMad = "rolling_mad"
}
