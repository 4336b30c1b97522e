import Calendars
import Columns
import Diagnostics
import Parsing
import Plans

/// An operand of a comparison: its value and, where it names a period of time, its ends.
struct Operand {
  let expression: ScalarExpression
  let period: PeriodLiteral?
  /// Where it was written.
  let range: SourceRange
}

/// A date literal that was read.
struct DateLiteral {
  let period: PeriodLiteral
  let range: SourceRange

  /// As a single value: the first day of a period of days, else the first microsecond.
  var constant: ScalarExpression {
    if let day = period.firstDay { return .constant(.date(Int64(day)), range: range) }
    return .constant(.time(period.start), range: range)
  }
}

extension Checker {
  /// The period that a date literal names, or nil with an error.
  func dateLiteral(_ text: String, at range: SourceRange) -> DateLiteral? {
    guard let period = periodLiteral(text, zone: scope.zone) else {
      report(
        "'\(text)' is not a date", hint: "dates are written 2024-03-01, 2024-03, 2024-03-01T12:00",
        at: range)
      return nil
    }
    return DateLiteral(period: period, range: place(range))
  }

  /// An operand of a comparison.
  func operand(_ expression: Expression, _ context: ExpressionContext) -> Operand? {
    if case .date(let text) = expression.kind {
      return dateLiteral(text, at: expression.range).map {
        Operand(expression: $0.constant, period: $0.period, range: expression.range)
      }
    }
    guard let value = check(expression, context) else { return nil }
    return Operand(expression: value, period: dayPeriod(value), range: expression.range)
  }

  /// The day of a constant date (of a parameter, or a `let`).
  private func dayPeriod(_ value: ScalarExpression) -> PeriodLiteral? {
    guard case .date(let days)? = value.constantValue else { return nil }
    return periodLiteral(formatDate(days: Int(days)), zone: scope.zone)
  }

  /// A constant text compared with a date or time, read as a date, or nil with an error; a number
  /// of four digits is a year.
  ///
  /// Other operands stay as they are.
  func readAsDate(_ operand: Operand, comparedWith other: ScalarExpression) -> Operand? {
    guard other.type.isTemporal else { return operand }
    let text: String
    switch operand.expression.constantValue {
    case .string(let written): text = written
    case .int(let year) where (1000...9999).contains(year): text = String(year)
    default: return operand
    }
    guard let literal = dateLiteral(text, at: operand.range) else { return nil }
    return Operand(expression: literal.constant, period: literal.period, range: operand.range)
  }

  /// A date or time compared with a period: by its ends.
  func compare(
    _ symbol: BinaryOperator, _ value: ScalarExpression, with period: PeriodLiteral,
    at range: SourceRange
  ) -> ScalarExpression {
    let range = place(range)
    func test(_ function: ScalarFunction, _ bound: ScalarExpression) -> ScalarExpression {
      .call(function, [value, bound], type: .bool, range: range)
    }
    let (first, end) = bounds(period, for: value.type, at: range)
    let isSingle = isSingle(period, for: value.type)
    switch symbol {
    case .less: return test(.less, first)
    case .lessOrEqual: return isSingle ? test(.lessOrEqual, first) : test(.less, end)
    case .greater: return isSingle ? test(.greater, first) : test(.greaterOrEqual, end)
    case .greaterOrEqual: return test(.greaterOrEqual, first)
    case .notEqual:
      if isSingle { return test(.notEqual, first) }
      return .call(
        .or, [test(.less, first), test(.greaterOrEqual, end)], type: .bool, range: range)
    default:
      if isSingle { return test(.equal, first) }
      return .call(
        .and, [test(.greaterOrEqual, first), test(.less, end)], type: .bool, range: range)
    }
  }

  /// The first value of a period and the first one behind it, as dates or times.
  private func bounds(
    _ period: PeriodLiteral, for type: DataType, at range: SourceRange
  ) -> (ScalarExpression, ScalarExpression) {
    guard type == .date else {
      return (
        .constant(.time(period.start), range: range), .constant(.time(period.end), range: range)
      )
    }
    let first = period.firstDay ?? dayOf(period.start)
    return (
      .constant(.date(Int64(first)), range: range),
      .constant(.date(Int64(period.endDay ?? (first + 1))), range: range)
    )
  }

  /// The day of a time in the zone.
  private func dayOf(_ micros: Int64) -> Int {
    let seconds = Int((Double(micros) / 1_000_000).rounded(.down))
    let local = seconds + scope.zone.offsetSeconds(atUTC: seconds)
    return Int((Double(local) / 86_400).rounded(.down))
  }

  /// Whether a period holds one value of the type only.
  private func isSingle(_ period: PeriodLiteral, for type: DataType) -> Bool {
    if type == .date { return period.unit != .month && period.unit != .year }
    return period.unit == .instant
  }
}

extension DataType {
  /// Date or time.
  var isTemporal: Bool { self == .date || self == .time }
}
