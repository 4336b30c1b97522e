import Calendars
import Columns
import Plans

extension ScalarExpression {
  /// The expression in the words of the language.
  var words: String { written(inside: 0) }

  /// How tightly an operator binds; 0 for none, functions most.
  private static func tightness(_ function: ScalarFunction) -> Int? {
    switch function {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .containsIgnoringCase:
      4
    case .coalesce: 5
    case .add, .subtract: 6
    case .multiply, .divide, .floorDivide, .remainder: 7
    default: nil
    }
  }

  private func written(inside outer: Int) -> String {
    switch node {
    case .column(let name): return ScalarExpression.quoted(name)
    case .constant(let value): return ScalarExpression.literal(value)
    case .isIn(let value, let set):
      let list = set.prefix(5).map(ScalarExpression.literal) + (set.count > 5 ? ["…"] : [])
      return value.written(inside: 4) + " in (" + list.joined(separator: ", ") + ")"
    case .isInPlan(let value, _): return value.written(inside: 4) + " in (…)"
    case .scalarPlan: return "(…)"
    case .call(let function, let arguments): return written(function, arguments, inside: outer)
    }
  }

  private func written(
    _ function: ScalarFunction, _ arguments: [ScalarExpression], inside outer: Int
  ) -> String {
    if let own = ScalarExpression.tightness(function), arguments.count == 2 {
      let left = arguments[0].written(inside: own)
      let right = arguments[1].written(inside: own + 1)
      let text = "\(left) \(function.rawValue) \(right)"
      return own < outer ? "(\(text))" : text
    }
    switch function {
    case .isNull, .isNotNull:
      let text = arguments.first.map { $0.written(inside: 4) + " " + function.rawValue } ?? ""
      return outer > 4 ? "(\(text))" : text
    case .not: return "not " + (arguments.first?.written(inside: 3) ?? "")
    case .negate: return "-" + (arguments.first?.written(inside: 8) ?? "")
    default:
      let list = arguments.map { $0.written(inside: 0) }.joined(separator: ", ")
      return "\(function.rawValue)(\(list))"
    }
  }

  /// A name as it is written in a program.
  static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), 0x80...:
        true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
      default: false
      }
    }
    return isPlain && !name.isEmpty ? name : "`\(name)`"
  }

  private static func literal(_ value: Scalar) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .int(let integer): "\(integer)"
    case .float(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .date(let days): formatDate(days: Int(days))
    case .time(let instant): formatTime(micros: instant, zone: .utc)
    case .duration(let length): formatDuration(micros: length)
    }
  }
}
