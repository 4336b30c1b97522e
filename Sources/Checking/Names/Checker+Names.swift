import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// What a name in an expression may mean; more than one at a time is an error.
  private enum Meaning {
    case column(Field)
    case local(Environment.Local)
    case scalar(ScalarExpression)
    case parameter(ParameterValue)
    case binding(Binding)

    var text: String {
      switch self {
      case .column: "a column"
      case .local, .parameter: "a parameter"
      case .scalar, .binding: "a let"
      }
    }
  }

  /// A name in an expression: a column, a parameter or a scalar `let`.
  func checkName(
    _ name: Name, at range: SourceRange, _ context: ExpressionContext
  ) -> ScalarExpression? {
    // A column whose expression was wrong may have any type.
    if context.rows?.unknownColumns.contains(name.text) == true { return nil }
    let meanings = meanings(of: name, context)
    if meanings.count > 1 {
      reportAmbiguous(name, meanings.map(\.text), context)
      return nil
    }
    guard let meaning = meanings.first else {
      reportUnknown(name, context)
      return nil
    }
    return expression(of: meaning, name, at: range, context)
  }

  private func meanings(of name: Name, _ context: ExpressionContext) -> [Meaning] {
    var meanings: [Meaning] = []
    if let field = column(name.text, context) { meanings.append(.column(field)) }
    if name.isQuoted, !meanings.isEmpty { return meanings }
    // The parameters of a definition hide what has their name outside of it.
    if let local = environment.locals[name.text] { return meanings + [.local(local)] }
    if let value = scope.parameters[name.text] { meanings.append(.parameter(value)) }
    if let scalar = scope.scalars[name.text] { meanings.append(.scalar(scalar)) }
    if meanings.isEmpty, let binding = scope.bindings[name.text],
      binding.plan.schema.fields.count == 1
    {
      meanings.append(.binding(binding))
    }
    return meanings
  }

  /// The column of a name; where rows are grouped, a key's name comes first.
  private func column(_ name: String, _ context: ExpressionContext) -> Field? {
    if case .outside(let collector) = context.position, let key = collector.key(named: name) {
      return Field(name: key.name, type: key.expression.type)
    }
    return context.rows?.schema.field(name)
  }

  private func expression(
    of meaning: Meaning, _ name: Name, at range: SourceRange, _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch meaning {
    case .column(let field): return columnExpression(field, name, at: range, context)
    case .scalar(let scalar): return scalar.placed(at: place(range))
    case .parameter(let value): return parameterExpression(value, name, at: range)
    case .binding(let binding):
      let type = binding.plan.schema.fields[0].type
      return ScalarExpression(
        .scalarPlan(.binding(binding, range: place(range))), type: type, range: place(range))
    case .local(.expression(let expression, let outer)):
      return within(outer) { check(expression, context) }
    case .local(.rows(let rows)): return scalar(of: rows, at: range)
    }
  }

  private func columnExpression(
    _ field: Field, _ name: Name, at range: SourceRange, _ context: ExpressionContext
  ) -> ScalarExpression? {
    if case .outside(let collector) = context.position, !collector.mayUse(field.name) {
      report(
        "'\(name.text)' is neither a key nor in an aggregate",
        hint: "add it after by, or write an aggregate: max(\(quotedName(name.text)))", at: range)
      return nil
    }
    return .column(field, range: place(range))
  }

  private func parameterExpression(
    _ value: ParameterValue, _ name: Name, at range: SourceRange
  ) -> ScalarExpression? {
    switch value {
    case .scalar(let scalar, let type):
      return .constant(scalar, type: type, range: place(range))
    case .table(let plan): return scalar(of: Rows(plan: plan, label: "in \(name.text)"), at: range)
    }
  }

  /// `$name`: a script parameter, or one of the `def` that is being expanded.
  func checkParameter(
    _ name: Name, at range: SourceRange, _ context: ExpressionContext
  ) -> ScalarExpression? {
    if let local = environment.locals[name.text] {
      return expression(of: .local(local), name, at: range, context)
    }
    guard let value = scope.parameters[name.text] else {
      reportUnknownParameter(name, at: range)
      return nil
    }
    return parameterExpression(value, name, at: range)
  }

  func reportUnknownParameter(_ name: Name, at range: SourceRange) {
    let known = Array(scope.parameters.keys) + Array(environment.locals.keys)
    report(
      "no parameter '$\(name.text)'",
      hint: Suggestion.hint(for: name.text, among: known)
        ?? "declare it before: param \(name.text): string = \"…\"", at: range)
  }
}
