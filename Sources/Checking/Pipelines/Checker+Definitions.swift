import Diagnostics
import Parsing
import Plans

/// What `def` defined, expanded by substituting the arguments.
extension Checker {
  /// `rows | risky 100`.
  func expandRows(_ definition: Definition, _ stage: Stage, over input: Rows) -> Rows? {
    guard let table = definition.parameters.first else {
      report(
        "'\(definition.name)' takes no table",
        hint: "give it one: def \(definition.name)(t) = t | …",
        at: stage.verb.range)
      return nil
    }
    var items = stage.items
    for clause in stage.clauses {
      guard clause.word == .with else {
        report(
          "'\(definition.name)' has no '\(clause.word.rawValue)'",
          hint: "its arguments: \(usage(of: definition))", at: clause.wordRange)
        continue
      }
      items += clause.items
    }
    guard var locals = locals(of: definition, skipping: 1, items, at: stage.range) else {
      return nil
    }
    locals[table.name.text] = .rows(input)
    return expand(definition, locals, at: stage.range) {
      checkPipeline(definition.body).map {
        Rows(plan: $0.plan, label: "after '\(definition.name)'")
      }
    }
  }

  /// `risky(rows, 100)` where a table is expected.
  func expandCall(
    _ definition: Definition, _ table: Item, _ items: [Item], _ whole: Expression
  ) -> Rows? {
    guard let rows = rows(of: table.value) else { return nil }
    let name = Name(text: definition.name, range: whole.range)
    let stage = Stage(
      verb: name, items: Array(items.dropFirst()), clauses: [], range: whole.range)
    return expandRows(definition, stage, over: rows)
  }

  /// `rate(a, b)` in an expression: the body is a value.
  func expandScalar(
    _ definition: Definition, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard let locals = locals(of: definition, skipping: 0, items, at: whole.range) else {
      return nil
    }
    return expand(definition, locals, at: whole.range) {
      if definition.body.stages.isEmpty {
        switch definition.body.origin {
        case .expression(let expression): return check(expression, context)
        case .name(let name): return checkName(name, at: name.range, context)
        default: break
        }
      }
      return checkPipeline(definition.body).flatMap { scalar(of: $0, at: whole.range) }
    }
  }

  private func expand<Result>(
    _ definition: Definition, _ locals: [String: Environment.Local], at range: SourceRange,
    _ body: () -> Result?
  ) -> Result? {
    guard !environment.expanding.contains(definition.name) else {
      report("'\(definition.name)' uses itself", at: range)
      return nil
    }
    guard countExpansion(at: range) else { return nil }
    let inner = Environment(
      locals: locals, place: place(range), definition: definition.name,
      expanding: environment.expanding + [definition.name])
    return inPipeline(at: range) { within(inner, body) }
  }

  // MARK: Arguments

  /// The arguments by parameter; defaults are filled in, nil with an error where one is missing.
  private func locals(
    of definition: Definition, skipping skipped: Int, _ items: [Item], at range: SourceRange
  ) -> [String: Environment.Local]? {
    let parameters = definition.parameters.dropFirst(skipped)
    var locals: [String: Environment.Local] = [:]
    var isRight = true
    var position = parameters.startIndex
    for item in items {
      if let name = item.name {
        guard parameters.contains(where: { $0.name.text == name.text }) else {
          reportArgument(name, of: definition, Array(parameters))
          isRight = false
          continue
        }
        locals[name.text] = .expression(item.value, environment)
        continue
      }
      guard position < parameters.endIndex else {
        report(
          "'\(definition.name)' takes \(parameters.count) \(parameters.count == 1 ? "argument" : "arguments"), "
            + "found \(items.count)",
          hint: "its arguments: \(usage(of: definition))", at: item.range)
        return nil
      }
      locals[parameters[position].name.text] = .expression(item.value, environment)
      position += 1
    }
    guard isRight else { return nil }
    for parameter in parameters where locals[parameter.name.text] == nil {
      guard let value = parameter.defaultValue else {
        report(
          "'\(definition.name)' needs '\(parameter.name.text)'",
          hint: "its arguments: \(usage(of: definition))", at: range)
        return nil
      }
      let place = environment.place ?? range
      locals[parameter.name.text] = .expression(
        value, Environment(place: place, definition: definition.name))
    }
    return locals
  }

  private func reportArgument(_ name: Name, of definition: Definition, _ parameters: [Parameter]) {
    report(
      "'\(definition.name)' has no argument '\(name.text)'",
      hint: Suggestion.hint(for: name.text, among: parameters.map(\.name.text))
        ?? "its arguments: \(usage(of: definition))", at: name.range)
  }

  private func usage(of definition: Definition) -> String {
    "\(definition.name)(\(definition.parameters.map(\.formatted).joined(separator: ", ")))"
  }
}
