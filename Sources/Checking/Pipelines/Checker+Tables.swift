import Columns
import Diagnostics
import Parsing
import Plans

/// What names, files and brackets give as rows.
extension Checker {
  /// The rows of a table, a `let`, a table parameter or the last result; nil with an error.
  func rows(named name: Name) -> Rows? {
    switch environment.locals[name.text] {
    case .rows(let rows): return rows
    case .expression(let expression, let outer): return within(outer) { rows(of: expression) }
    case nil: break
    }
    let range = place(name.range)
    if name.text == "_", let last = scope.last {
      return Rows(plan: last, label: "in the last result")
    }
    if let table = scope.tables[name.text] {
      return Rows(plan: .table(table, range: range), label: "in \(name.text)")
    }
    if let binding = scope.bindings[name.text] {
      return Rows(plan: .binding(binding, range: range), label: "in \(name.text)")
    }
    if case .table(let plan) = scope.parameters[name.text] {
      return Rows(plan: plan, label: "in \(name.text)")
    }
    reportUnknownTable(name)
    return nil
  }

  /// The rows of an expression that stands for a table; nil with an error.
  func rows(of expression: Expression) -> Rows? {
    if let rows = rowsOrNothing(of: expression) { return rows.found }
    if case .missing = expression.kind { return nil }
    report(
      "a table is expected here", hint: "a name, or a pipeline in brackets: (t | filter …)",
      at: expression.range)
    return nil
  }

  /// The rows of an expression; nil where it can be no table, `found` nil after an error.
  func rowsOrNothing(of expression: Expression) -> (found: Rows?, Void)? {
    switch expression.kind {
    case .name(let name): return (rows(named: name), ())
    case .parameter(let name):
      guard environment.locals[name.text] != nil || scope.parameters[name.text] != nil else {
        reportUnknownParameter(name, at: expression.range)
        return (nil, ())
      }
      return isScalarParameter(name.text) ? nil : (rows(named: name), ())
    case .string(let path): return (rows(ofFile: path, at: expression.range), ())
    case .handle(let name): return (rows(ofHandle: name, at: expression.range), ())
    case .pipeline(let pipeline): return (checkPipeline(pipeline), ())
    case .call(let name, let items):
      guard let definition = scope.definitions[name.text], let first = items.first else {
        return nil
      }
      return (expandCall(definition, first, items, expression), ())
    default: return nil
    }
  }

  private func isScalarParameter(_ name: String) -> Bool {
    if environment.locals[name] != nil { return false }
    if case .scalar = scope.parameters[name] { return true }
    return false
  }

  func rows(ofFile path: String, at range: SourceRange) -> Rows? {
    guard let table = scope.files[path] else {
      report("the file \"\(path)\" is not loaded", at: range)
      return nil
    }
    return Rows(plan: .table(table, range: place(range)), label: "in \"\(path)\"")
  }

  // MARK: Scalars of tables

  /// `(t | group n = count())` in an expression.
  func checkScalarPipeline(_ pipeline: Pipeline, at range: SourceRange) -> ScalarExpression? {
    // A single value in brackets, as in `(limit)`.
    if pipeline.stages.isEmpty, case .expression(let expression) = pipeline.origin {
      return check(expression, .constant)
    }
    return checkPipeline(pipeline).flatMap { scalar(of: $0, at: range) }
  }

  /// The only column of rows, as a value; that it is one row is seen when it runs.
  func scalar(of rows: Rows, at range: SourceRange) -> ScalarExpression? {
    let fields = rows.schema.fields
    guard fields.count == 1 else {
      guard rows.unknownColumns.isEmpty else { return nil }
      report(
        "a table in an expression has one column and one row, found \(fields.count) columns",
        hint: "end it with | group x = … or | select x", at: range)
      return nil
    }
    return ScalarExpression(.scalarPlan(rows.plan), type: fields[0].type, range: place(range))
  }
}
