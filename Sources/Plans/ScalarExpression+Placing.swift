package import Diagnostics

extension ScalarExpression {
  /// The same expression with every part at one place, or at none: for text of another statement.
  package func placed(at place: SourceRange?) -> ScalarExpression {
    let node: Node =
      switch node {
      case .column, .constant, .scalarPlan: node
      case .call(let function, let arguments):
        .call(function, arguments.map { $0.placed(at: place) })
      case .isIn(let value, let set): .isIn(value.placed(at: place), set)
      case .isInPlan(let value, let plan): .isInPlan(value.placed(at: place), plan)
      }
    return ScalarExpression(node, type: type, range: place)
  }
}
