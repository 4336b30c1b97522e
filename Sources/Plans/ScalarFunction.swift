/// Every operator and scalar function; the raw value is its spelling in the language.
///
/// Null in gives null out, except for `and`, `or` (Kleene's logic), `isNull`, `isNotNull`,
/// `coalesce`, `if`, `case`, `least` and `greatest` (which skip nulls). What each takes and means
/// is in `FunctionCatalogue`.
package enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
  // Logic.
  case or, and, not
  case isNull = "== null"
  case isNotNull = "!= null"
  // Comparison of two values of one type; NaN equals NaN and is greater than any other number.
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  // Arithmetic; integer overflow is a fault of the row. x / 0, x // 0 and x % 0 are null.
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case negate = "negative"
  // Choice.
  case coalesce = "??"
  case ifElse = "if"
  case caseOf = "case"
  case least, greatest
  // Text; positions and lengths count Unicode scalars, from 1.
  case lower, upper, trim, length, contains
  /// Contains, ignoring case: `~`.
  case containsIgnoringCase = "~"
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case replace, substring, matches, extract
  /// `replace(x, /pattern/, by)`.
  case replaceRegex = "replace_regex"
  case digits, json, similarity, split
  // Time, in the zone of the session.
  case day, week, month, quarter, year, hour, weekday
  case date, time
  case epoch
  case snowflakeTime = "snowflake_time"
  case formatDate = "format_date"
  // Numbers.
  case abs, round, floor, ceil, sqrt, ln, log10, exp, pow, clamp, bin
  // Conversions; text that does not read as the type gives null and is counted.
  case toInt = "int"
  case toFloat = "float"
  case toString = "string"
  // Statistics: the bounds of a Wilson interval of k of n (methods: part 7).
  case wilsonLow = "wilson_low"
  case wilsonHigh = "wilson_high"
}
