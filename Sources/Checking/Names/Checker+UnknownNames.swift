import Columns
import Diagnostics
import Parsing
import Plans

/// Messages for names that mean nothing, or too much.
extension Checker {
  func reportAmbiguous(_ name: Name, _ kinds: [String], _ context: ExpressionContext) {
    let kinds = kinds.map { kind in
      kind == "a column" ? "a column \(context.rows?.label ?? "")" : kind
    }
    let hint =
      kinds.contains("a parameter")
      ? "`\(name.text)` in backquotes is the column, $\(name.text) the parameter"
      : "`\(name.text)` in backquotes is the column; give the let another name"
    report(
      "'\(name.text)' is \(kinds.joined(separator: " and "))", hint: hint, at: name.range)
  }

  /// No column, parameter or scalar of this name.
  func reportUnknown(_ name: Name, _ context: ExpressionContext) {
    if isTable(name.text) {
      report(
        "'\(name.text)' is a table", hint: "a value of it: (\(name.text) | group n = count())",
        at: name.range)
      return
    }
    guard let rows = context.rows else {
      report(
        "nothing is called '\(name.text)'", hint: hintWithoutColumns(name.text), at: name.range)
      return
    }
    report(
      "no column '\(name.text)' \(rows.label)", hint: columnHint(name.text, rows), at: name.range)
  }

  func isTable(_ name: String) -> Bool {
    if case .table = scope.parameters[name] { return true }
    if case .rows = environment.locals[name] { return true }
    return scope.tables[name] != nil || scope.bindings[name] != nil
  }

  /// What a column may have been meant to be, or the columns there are.
  func columnHint(_ name: String, _ rows: Rows) -> String? {
    let columns = rows.schema.fields.flatMap { [$0.name] + ($0.originalName.map { [$0] } ?? []) }
    let scalars = Array(scope.scalars.keys) + Array(environment.locals.keys)
    if let hint = Suggestion.hint(for: name, among: columns + scalars) { return hint }
    if let last = name.split(separator: ".").last, name.contains("."),
      rows.schema.field(String(last)) != nil
    {
      return "write \(quotedName(String(last))): columns are named without their table"
    }
    if let hint = parameterHint(name) { return hint }
    let names = rows.schema.names
    if names.isEmpty { return nil }
    let shown = names.prefix(10).map(quotedName).joined(separator: ", ")
    return "there are \(shown)" + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }

  private func parameterHint(_ name: String) -> String? {
    scope.parameters[name] != nil ? "the parameter is $\(name)" : nil
  }

  private func hintWithoutColumns(_ name: String) -> String? {
    let names =
      Array(scope.tables.keys) + Array(scope.bindings.keys) + Array(scope.scalars.keys)
      + Array(scope.parameters.keys)
    if let hint = Suggestion.hint(for: name, among: names) { return hint }
    if Catalogue.function(named: name) != nil { return "a function is called: \(name)(…)" }
    if Catalogue.aggregate(named: name) != nil {
      return "an aggregate stands in group: t | group x = \(name)(…)"
    }
    return names.isEmpty ? "load a file first: load \"followers.csv\" as t" : tableHint
  }

  /// The tables there are, for messages.
  var tableHint: String? {
    let names = (Array(scope.tables.keys) + Array(scope.bindings.keys)).sorted()
    if names.isEmpty { return "load a file first: load \"followers.csv\" as t" }
    let shown = names.prefix(8).map(quotedName).joined(separator: ", ")
    return "there are \(shown)" + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }

  /// No table of this name.
  func reportUnknownTable(_ name: Name) {
    if name.text == "_" {
      report("there is no last result yet", hint: "run a pipeline first", at: name.range)
      return
    }
    if scope.scalars[name.text] != nil {
      report(
        "'\(name.text)' is a single value", hint: "a pipeline begins with a table", at: name.range)
      return
    }
    let names = Array(scope.tables.keys) + Array(scope.bindings.keys)
    let tables = names + scope.parameters.keys.filter(isTable)
    let function = Catalogue.function(named: name.text).map { "a function is called: \($0.usage)" }
    report(
      "no table '\(name.text)'",
      hint: Suggestion.hint(for: name.text, among: tables) ?? function ?? tableHint, at: name.range)
  }
}
