import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  func checkStatement(_ statement: Statement) -> CheckedStatement? {
    switch statement.kind {
    case .load(let stage): checkLoad(stage).map { .load($0) }
    case .attach(let stage): .attach(stage.verb.range)
    case .binding(let name, let value): checkBinding(name, value)
    case .definition(let name, let parameters, let body):
      checkDefinition(Definition(name: name.text, parameters: parameters, body: body), name)
    case .parameter(let parameter): checkDeclaration(parameter, at: statement.range)
    case .explain(let pipeline): checkExplain(pipeline)
    case .sql: later("sql", statement)
    case .verify: later("verify", statement)
    case .pipeline(let pipeline): checkRun(pipeline)
    }
  }

  private func later(_ word: String, _ statement: Statement) -> CheckedStatement? {
    let start = statement.range.start
    report(
      "'\(word)' is not in this version yet", at: SourceRange(start, start + word.utf8.count))
    return nil
  }

  // MARK: Pipelines

  private func checkRun(_ pipeline: Pipeline) -> CheckedStatement? {
    switch value(of: pipeline) {
    case .scalar(let scalar): return scalar.map { .scalar($0) }
    case .rows: return checkedPipeline(pipeline).map { .run($0) }
    }
  }

  private func checkExplain(_ pipeline: Pipeline) -> CheckedStatement? {
    guard case .rows = value(of: pipeline) else {
      report("'explain' takes a pipeline", hint: tableHint, at: pipeline.range)
      return nil
    }
    return checkedPipeline(pipeline).map { .explain($0) }
  }

  private func checkedPipeline(_ pipeline: Pipeline) -> CheckedPipeline? {
    guard let rows = checkPipeline(pipeline, isStatement: true) else { return nil }
    let name = pipeline.stages.last.flatMap { resultName($0) }
    return CheckedPipeline(
      plan: rows.plan, notes: notes, remarks: remarks, presentation: presentation, save: save,
      name: name)
  }

  /// The name of `as name`.
  private func resultName(_ stage: Stage) -> String? {
    guard let clause = stage.clauses.first(where: { $0.word == .named }) else { return nil }
    return self.name(in: clause)?.text
  }

  /// The one name of an `as` clause, or nil with an error.
  func name(in clause: Clause) -> Name? {
    guard clause.items.count == 1, let item = clause.items.first, item.name == nil,
      case .name(let name) = item.value.kind
    else {
      if !clause.items.isEmpty {
        report("'as' takes a name", hint: "as result", at: clause.range)
      }
      return nil
    }
    return name
  }

  private enum Value {
    case rows
    case scalar(ScalarExpression?)
  }

  /// Whether a pipeline is a single value: an expression without stages, or the name of a scalar.
  private func value(of pipeline: Pipeline) -> Value {
    guard pipeline.stages.isEmpty else { return .rows }
    switch pipeline.origin {
    case .expression(let expression):
      if isRows(expression) { return .rows }
      return .scalar(check(expression, .constant))
    case .name(let name) where scope.scalars[name.text] != nil:
      return .scalar(checkName(name, at: name.range, .constant))
    case .name(let name):
      guard case .scalar = scope.parameters[name.text] else { return .rows }
      return .scalar(checkName(name, at: name.range, .constant))
    default: return .rows
    }
  }

  private func isRows(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .parameter(let name): return isTable(name.text)
    case .call(let name, let items):
      guard let definition = scope.definitions[name.text], !items.isEmpty else { return false }
      return definition.givesRows
    default: return false
    }
  }

  // MARK: Let, def, param

  private func checkBinding(_ name: Name, _ pipeline: Pipeline) -> CheckedStatement? {
    let isFree = checkNewName(name, "let")
    switch value(of: pipeline) {
    case .scalar(let scalar):
      guard isFree, let scalar else { return nil }
      return .bindScalar(name: name.text, scalar.placed(at: nil))
    case .rows:
      guard let rows = checkPipeline(pipeline), isFree else { return nil }
      return .bind(name: name.text, plan: rows.plan.placed(at: nil))
    }
  }

  private func checkNewName(_ name: Name, _ word: String) -> Bool {
    if name.text == "_" {
      report("'_' is the last result and cannot be given", at: name.range)
      return false
    }
    guard scope.tables[name.text] != nil else { return true }
    report(
      "'\(name.text)' is a table", hint: "tables do not change; give the \(word) another name",
      at: name.range)
    return false
  }

  /// The body is checked when it is used; here only what needs no table.
  private func checkDefinition(_ definition: Definition, _ name: Name) -> CheckedStatement? {
    if scope.verbs[name.text] != nil || scope.verbs.later.contains(name.text) {
      report("'\(name.text)' is a verb", hint: "give the def another name", at: name.range)
    } else if Catalogue.function(named: name.text) != nil
      || Catalogue.aggregate(named: name.text) != nil || Catalogue.window(named: name.text) != nil
    {
      report("'\(name.text)' is a function", hint: "give the def another name", at: name.range)
    }
    for (position, parameter) in definition.parameters.enumerated() {
      let before = definition.parameters[..<position]
      if before.contains(where: { $0.name.text == parameter.name.text }) {
        report("two parameters are called '\(parameter.name.text)'", at: parameter.name.range)
      }
    }
    checkVerbs(of: definition.body, in: definition, depth: 0)
    return .define(definition)
  }

  private func checkVerbs(of pipeline: Pipeline, in definition: Definition, depth: Int) {
    for stage in pipeline.stages {
      let name = stage.verb
      if name.text == definition.name {
        report("'\(name.text)' uses itself", at: name.range)
      } else if scope.verbs[name.text] == nil, scope.definitions[name.text] == nil {
        reportUnknownVerb(name)
      }
    }
    if case .pipeline(let inner) = pipeline.origin, depth < Checker.maximumPipelineDepth {
      checkVerbs(of: inner, in: definition, depth: depth + 1)
    }
  }

  private func checkDeclaration(
    _ parameter: Parameter, at range: SourceRange
  ) -> CheckedStatement? {
    guard let type = parameterType(parameter, at: range) else { return nil }
    guard let expression = parameter.defaultValue else {
      return .declareParameter(
        ParameterDeclaration(name: parameter.name.text, type: type, defaultValue: nil))
    }
    guard let value = parameterDefault(parameter, expression, type) else { return nil }
    return .declareParameter(
      ParameterDeclaration(name: parameter.name.text, type: type, defaultValue: value))
  }

  private func parameterType(_ parameter: Parameter, at range: SourceRange) -> ParameterType? {
    guard let name = parameter.type else {
      report(
        "a parameter needs a type", hint: "param \(parameter.name.text): string", at: range)
      return nil
    }
    if let type = ParameterType(name: name.text) { return type }
    report(
      "no type '\(name.text)'",
      hint: Suggestion.hint(for: name.text, among: ParameterType.names)
        ?? "there are \(ParameterType.names.joined(separator: ", "))", at: name.range)
    return nil
  }

  private func parameterDefault(
    _ parameter: Parameter, _ expression: Expression, _ type: ParameterType
  ) -> ParameterValue? {
    switch type {
    case .table: return rows(of: expression).map { .table($0.plan) }
    case .scalar(let scalarType):
      let option = VerbSignature.Option(parameter.name.text, scalarType, "")
      let item = Item(name: nil, value: expression, direction: nil, range: expression.range)
      return value(of: option, item).map { .scalar($0, scalarType) }
    }
  }
}

extension Definition {
  /// Whether a call of it can only be a table: its body has stages, or is a pipeline in brackets.
  var givesRows: Bool {
    if !body.stages.isEmpty { return true }
    if case .pipeline = body.origin { return true }
    return false
  }
}
