import Columns

extension ScalarExpression {
  /// As it would be written in a program, on one line; for `explain` and the names of columns.
  ///
  /// Very deep expressions are cut with `…`.
  package var text: String { text(depth: 0).text }

  /// The text and how tightly its outermost operator binds (100: an operand).
  private func text(depth: Int) -> (text: String, binding: Int) {
    guard depth < 64 else { return ("…", 100) }
    switch node {
    case .column(let name): return (quotedName(name), 100)
    case .constant(let value): return (value.text, 100)
    case .isIn(let value, let set):
      let shown = set.prefix(8).map(\.text) + (set.count > 8 ? ["… \(set.count) values"] : [])
      return ("\(value.text(depth + 1, above: 40)) in (\(shown.joined(separator: ", ")))", 40)
    case .isInPlan(let value, let plan):
      return ("\(value.text(depth + 1, above: 40)) in (\(plan.brief))", 40)
    case .scalarPlan(let plan): return ("(\(plan.brief))", 100)
    case .call(let function, let arguments):
      return callText(function, arguments, depth: depth)
    }
  }

  private func text(_ depth: Int, above binding: Int) -> String {
    let own = text(depth: depth)
    return own.binding > binding ? own.text : "(\(own.text))"
  }

  private func callText(
    _ function: ScalarFunction, _ arguments: [ScalarExpression], depth: Int
  ) -> (text: String, binding: Int) {
    if let binding = function.binding, arguments.count == 2 {
      // Left-associative: the right operand of an equal binding keeps its parentheses.
      let left = arguments[0].text(depth + 1, above: binding - 1)
      let right = arguments[1].text(depth + 1, above: binding)
      return ("\(left) \(function.rawValue) \(right)", binding)
    }
    if arguments.count == 1 {
      switch function {
      case .not: return ("not \(arguments[0].text(depth + 1, above: 29))", 30)
      case .negate: return ("-\(arguments[0].text(depth + 1, above: 80))", 80)
      case .isNull, .isNotNull:
        return ("\(arguments[0].text(depth + 1, above: 40)) \(function.rawValue)", 40)
      default: break
      }
    }
    let name = function == .coalesce ? "coalesce" : function.rawValue
    let list = arguments.map { $0.text(depth: depth + 1).text }.joined(separator: ", ")
    return ("\(name)(\(list))", 100)
  }
}

/// A name as a program writes it: in backquotes where it is no plain word.
package func quotedName(_ name: String) -> String {
  let isPlain =
    name.utf8.first.map { $0 == 0x5F || isLetter($0) } ?? false
    && name.utf8.allSatisfy { $0 == 0x5F || isLetter($0) || (0x30...0x39).contains($0) }
  return isPlain ? name : "`\(name)`"
}

private func isLetter(_ byte: UInt8) -> Bool {
  (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
}

extension ScalarFunction {
  /// How tightly it binds as an operator between two operands; nil when it is written as a call.
  var binding: Int? {
    switch self {
    case .or: 10
    case .and: 20
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .containsIgnoringCase, .matches:
      40
    case .coalesce: 50
    case .add, .subtract: 60
    case .multiply, .divide, .floorDivide, .remainder: 70
    default: nil
    }
  }
}
