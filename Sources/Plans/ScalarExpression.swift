package import Columns
package import Diagnostics

/// A checked expression: typed, names resolved, implicit conversions written out.
package struct ScalarExpression: Sendable {
  package indirect enum Node: Sendable {
    /// A column of the input, by its name in the input's schema.
    case column(String)
    case constant(Scalar)
    /// An operator or function; the argument types are those of one of its overloads.
    case call(ScalarFunction, [ScalarExpression])
    /// Whether the value is one of these constants, none of them null; null gives null.
    case isIn(ScalarExpression, [Scalar])
    /// Whether the value is among those of the only column of a plan, whose nulls match nothing.
    case isInPlan(ScalarExpression, Plan)
    /// The value of a plan of one column and one row; no row gives null, more is an error.
    case scalarPlan(Plan)
  }

  package let node: Node
  package let type: DataType
  /// Where it stands in the program, for errors that only the data can show (overflow).
  package let range: SourceRange?

  package init(_ node: Node, type: DataType, range: SourceRange? = nil) {
    self.node = node
    self.type = type
    self.range = range
  }

  /// A column of the input.
  package static func column(_ field: Field, range: SourceRange? = nil) -> ScalarExpression {
    ScalarExpression(.column(field.name), type: field.type, range: range)
  }

  /// A constant; `type` says what a null is.
  package static func constant(
    _ value: Scalar, type: DataType? = nil, range: SourceRange? = nil
  ) -> ScalarExpression {
    ScalarExpression(.constant(value), type: value.type ?? type ?? .string, range: range)
  }

  /// A call whose arguments have the types of one of the function's overloads.
  package static func call(
    _ function: ScalarFunction, _ arguments: [ScalarExpression], type: DataType,
    range: SourceRange? = nil
  ) -> ScalarExpression {
    ScalarExpression(.call(function, arguments), type: type, range: range)
  }

  /// The name of the column that it is; nil for anything else.
  package var columnName: String? {
    if case .column(let name) = node { name } else { nil }
  }

  /// The names of the input's columns that it reads; subplans read their own input.
  package var columnNames: Set<String> {
    switch node {
    case .column(let name): [name]
    case .constant, .scalarPlan: []
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.columnNames) }
    case .isIn(let value, _), .isInPlan(let value, _): value.columnNames
    }
  }

  /// The conditions all of which are true where this one is: those that `and` joins.
  package var conjuncts: [ScalarExpression] {
    guard case .call(.and, let sides) = node else { return [self] }
    return sides.flatMap(\.conjuncts)
  }

  /// The same expression with each column replaced by what `replacement` gives for its name.
  package func replacingColumns(
    _ replacement: (String) -> ScalarExpression?
  ) -> ScalarExpression {
    func over(_ node: Node) -> ScalarExpression { ScalarExpression(node, type: type, range: range) }
    switch node {
    case .column(let name): return replacement(name) ?? self
    case .constant, .scalarPlan: return self
    case .call(let function, let arguments):
      return over(.call(function, arguments.map { $0.replacingColumns(replacement) }))
    case .isIn(let value, let set): return over(.isIn(value.replacingColumns(replacement), set))
    case .isInPlan(let value, let plan):
      return over(.isInPlan(value.replacingColumns(replacement), plan))
    }
  }
}

/// An expression and the name of the column that it makes.
package struct NamedExpression: Sendable {
  package let name: String
  package let expression: ScalarExpression

  package init(_ name: String, _ expression: ScalarExpression) {
    self.name = name
    self.expression = expression
  }
}
