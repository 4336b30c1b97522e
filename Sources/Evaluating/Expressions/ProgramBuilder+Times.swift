import Calendars
import Columns
import Diagnostics
import Kernels
import Plans

extension ProgramBuilder {
  mutating func time(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    let argument = arguments[0]
    let name = function.rawValue
    func part(_ part: TimePartStep.Part) -> Step { TimePartStep(argument, part) }
    switch function {
    case .day: return period(nil, argument)
    case .week: return period(.week, argument)
    case .month: return period(.month, argument)
    case .quarter: return period(.quarter, argument)
    case .year: return add(name, arguments, .int) { part(.year) }
    case .hour: return add(name, arguments, .int) { part(.hour) }
    case .weekday: return add(name, arguments, .int) { part(.weekday) }
    case .date where type(argument) == .string: return parse(argument, .date, expression)
    case .date: return period(nil, argument)
    case .time where type(argument) == .string: return parse(argument, .time, expression)
    case .time: return type(argument) == .date ? startOfDay(argument) : argument
    case .epoch:
      let times = type(argument) == .date ? startOfDay(argument) : argument
      return add(name, [times], .int) { EpochStep(times) }
    case .formatDate: return try formatDate(arguments, expression)
    default:
      let ids = type(argument) == .string ? parse(argument, .int, expression) : argument
      return add(name, [ids], .time) { SnowflakeStep(ids) }
    }
  }

  private mutating func formatDate(
    _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    guard let text = text(arguments[1]) else { return constant(.null, .string) }
    let pattern: TimePattern
    do {
      pattern = try TimePattern(text)
    } catch {
      throw .diagnostic(Diagnostic(error.message, at: expression.range))
    }
    return add("format_date", arguments, .string) { FormatDateStep(arguments[0], pattern) }
  }

  private mutating func period(_ period: DayKernels.Period?, _ argument: Int) -> Int {
    if period == nil && type(argument) == .date { return argument }
    return add("period \(period.map(\.rawValue) ?? 0)", [argument], .date) {
      PeriodStep(argument, period)
    }
  }

  /// The times at which dates begin in the zone; in UTC nothing is computed.
  mutating func startOfDay(_ argument: Int) -> Int {
    let isUTC = context.zone.isUTC
    return add("start of day", [argument], .time) {
      isUTC
        ? ReinterpretStep(argument, .time, factor: microsPerDay) : StartOfDayStep(argument)
    }
  }

  private mutating func parse(
    _ argument: Int, _ type: DataType, _ expression: ScalarExpression
  ) -> Int {
    let label = lossLabel(expression, type)
    return add("parse", [argument], type) { ParseStep(argument, type, lossLabel: label) }
  }

  mutating func conversion(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) -> Int {
    let argument = arguments[0]
    let source = type(argument)
    if source == expression.type { return argument }
    switch function {
    case .toString: return add("string", arguments, .string) { ToStringStep(argument) }
    case .toFloat:
      return source == .string ? parse(argument, .float, expression) : toFloat(argument)
    default:
      if source == .string { return parse(argument, .int, expression) }
      let label = lossLabel(expression, .int)
      return add("int", arguments, .int) { ToIntStep(argument, lossLabel: label) }
    }
  }

  /// What a note says of values that did not convert: `values of 'x' are not an int`.
  private func lossLabel(_ expression: ScalarExpression, _ type: DataType) -> String {
    let article = type == .int ? "an" : "a"
    guard case .call(_, let arguments) = expression.node, let source = arguments.first else {
      return "values are not \(article) \(type.rawValue)"
    }
    return "values of '\(source.text)' are not \(article) \(type.rawValue)"
  }
}
