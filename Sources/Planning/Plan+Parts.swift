import Columns
import Plans

extension Plan {
  /// The plan with `derive w = split(x, "…") | explode w` as rows of the parts, of which no array is made
  /// before.
  func withPartsExploded() -> Plan {
    let plan = mappingInputs { $0.withPartsExploded() }
    guard case .expand(let input, .elements(let name)) = plan.node,
      case .project(let rows, var columns) = input.node,
      let position = columns.firstIndex(where: { $0.name == name }),
      let (text, separator) = columns[position].expression.splitText
    else { return plan }
    columns[position] = NamedExpression(name, text)
    return rows.projected(to: columns, range: input.range)
      .expanded(.parts(name, separator: separator), range: range)
  }
}

extension ScalarExpression {
  /// The text that the expression splits at a constant, and the constant; nil for another expression.
  fileprivate var splitText: (ScalarExpression, String)? {
    guard case .call(.split, let arguments) = node, arguments.count == 2,
      case .constant(.string(let separator)) = arguments[1].node
    else { return nil }
    return (arguments[0], separator)
  }
}
