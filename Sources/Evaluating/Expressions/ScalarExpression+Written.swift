import Calendars
import Columns
import Plans

extension ScalarExpression {
  /// The expression as a reader would write it, for messages; conversions are left out.
  var written: String {
    switch node {
    case .column(let name): return name
    case .constant(let value): return value.written
    case .isIn(let value, let set):
      return "\(value.written) in (\(set.map(\.written).joined(separator: ", ")))"
    case .isInPlan(let value, _): return "\(value.written) in (…)"
    case .scalarPlan: return "(…)"
    case .call(let function, let arguments): return call(function, arguments)
    }
  }

  private func call(_ function: ScalarFunction, _ arguments: [ScalarExpression]) -> String {
    let texts = arguments.map { argument in
      argument.isOperation ? "(\(argument.written))" : argument.written
    }
    switch function {
    case .toFloat where arguments.first?.type == .int, .time where arguments.first?.type == .date:
      return arguments.first?.written ?? ""
    case .negate: return "-\(texts.joined())"
    case .not: return "not \(texts.joined())"
    case .isNull, .isNotNull: return "\(texts.joined()) \(function.rawValue)"
    default:
      if isOperation { return texts.joined(separator: " \(function.rawValue) ") }
      let arguments = arguments.map(\.written).joined(separator: ", ")
      return "\(function.rawValue)(\(arguments))"
    }
  }

  /// Whether it is written between its arguments.
  private var isOperation: Bool {
    guard case .call(let function, let arguments) = node, arguments.count == 2 else { return false }
    switch function {
    case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .add,
      .subtract, .multiply, .divide, .floorDivide, .remainder, .coalesce, .containsIgnoringCase,
      .matches:
      return true
    default: return false
    }
  }
}

extension Scalar {
  /// The constant as a reader would write it.
  fileprivate var written: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .date(let days): formatDate(days: Int(days))
    case .time(let micros): formatTime(micros: micros, zone: .utc)
    case .duration(let micros): formatDuration(micros: micros)
    }
  }
}
