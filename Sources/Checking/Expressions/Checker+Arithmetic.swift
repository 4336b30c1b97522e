import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `+ - * / // %` and `??`.
  func checkArithmetic(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    let first = check(left, context)
    let second = check(right, context)
    guard let first, let second else { return nil }
    let entry = Catalogue.entry(of: symbol.arithmetic)
    let swaps = isSwapped(symbol, first.type, second.type)
    return resolve(
      entry, swaps ? [second, first] : [first, second], Call(entry: entry, expression: whole)
    ).map { dateStaysDate($0, symbol) }
  }

  /// `7d + t` and `3 * 7d` are read the other way round.
  private func isSwapped(_ symbol: BinaryOperator, _ left: DataType, _ right: DataType) -> Bool {
    switch symbol {
    case .add: left == .duration && right.isTemporal
    case .multiply: left.isNumeric && right == .duration
    default: false
    }
  }

  /// A date and a constant number of whole days give a date, not a time.
  private func dateStaysDate(
    _ result: ScalarExpression, _ symbol: BinaryOperator
  ) -> ScalarExpression {
    guard case .call(let function, let arguments) = result.node, arguments.count == 2,
      arguments[0].type == .date, arguments[1].type == .duration,
      symbol == .add || symbol == .subtract
    else { return result }
    let dayMicroseconds: Int64 = 86_400_000_000
    guard case .duration(let micros)? = arguments[1].constantValue, micros % dayMicroseconds == 0
    else { return result }
    return .call(function, arguments, type: .date, range: result.range)
  }
}

extension BinaryOperator {
  /// The function of plans; for the operators that are no comparison.
  fileprivate var arithmetic: ScalarFunction {
    switch self {
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .coalesce: .coalesce
    default: .add
    }
  }
}
