import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// The rows that a pipeline gives; nil when an error leaves its columns unknown.
  ///
  /// `isStatement`: its last stage may name, save and remark on the result.
  func checkPipeline(_ pipeline: Pipeline, isStatement: Bool = false) -> Rows? {
    inPipeline(at: pipeline.range) {
      guard pipeline.stages.count <= Checker.maximumStages else {
        report(
          "a pipeline of more than \(Checker.maximumStages) stages",
          hint: "name a part of it with let", at: pipeline.range)
        return nil
      }
      var rows = checkOrigin(pipeline, isStatement: isStatement)
      for (position, stage) in pipeline.stages.enumerated() {
        isAtEnd = isStatement && position == pipeline.stages.count - 1
        if let input = rows {
          rows = checkStage(stage, over: input).flatMap {
            isSmall($0.plan, at: stage.range) ? $0 : nil
          }
        } else {
          checkWithoutRows(stage)
        }
      }
      return rows
    }
  }

  private func checkOrigin(_ pipeline: Pipeline, isStatement: Bool) -> Rows? {
    switch pipeline.origin {
    case .name(let name): return rows(named: name)
    case .handle(let name): return rows(ofHandle: name, at: pipeline.originRange)
    case .file(let path, let range): return rows(ofFile: path, at: range)
    case .pipeline(let inner): return checkPipeline(inner)
    case .verb(let stage):
      guard scope.verbs[stage.verb.text]?.signature.isSource == true else {
        reportUnknownVerb(stage.verb)
        return nil
      }
      isAtEnd = isStatement && pipeline.stages.isEmpty
      return checkStage(stage, over: Rows(plan: .nothing, label: ""))
    case .expression(let expression):
      if let rows = rowsOrNothing(of: expression) { return rows.found }
      // A stage behind a value: the value is checked for its own errors too.
      let before = diagnostics.count
      _ = check(expression, .constant)
      if diagnostics.count == before {
        report(
          "a pipeline begins with a table", hint: tableHint, at: pipeline.originRange)
      }
      return nil
    case .missing: return nil
    }
  }

  // MARK: Stages

  func checkStage(_ stage: Stage, over input: Rows) -> Rows? {
    if let verb = scope.verbs[stage.verb.text] {
      let call = VerbCall(stage: stage, verb: verb, rows: input, checker: self)
      call.checkSignature()
      let plan = verb.lower(call)
      call.checkEnding()
      return plan.map { call.rows(with: $0) }
    }
    if let definition = scope.definitions[stage.verb.text] {
      return expandRows(definition, stage, over: input)
    }
    reportUnknownVerb(stage.verb)
    return nil
  }

  /// What can be said of a stage whose columns are unknown: its verb, clauses and options.
  private func checkWithoutRows(_ stage: Stage) {
    guard let verb = scope.verbs[stage.verb.text] else {
      if scope.definitions[stage.verb.text] == nil { reportUnknownVerb(stage.verb) }
      return
    }
    let nothing = Rows(plan: .nothing, label: "")
    VerbCall(stage: stage, verb: verb, rows: nothing, checker: self).checkSignature()
  }

  func reportUnknownVerb(_ name: Name) {
    if scope.verbs.later.contains(name.text) {
      report(
        "'\(name.text)' is not in this version yet", hint: nil, at: name.range)
      return
    }
    let known = scope.verbs.names + Array(scope.definitions.keys)
    var hint = Suggestion.hint(for: name.text, among: known)
    if hint == nil, Catalogue.aggregate(named: name.text) != nil {
      hint = "an aggregate stands in group: | group x = \(name.text)(…)"
    } else if hint == nil, Catalogue.window(named: name.text) != nil {
      hint = "a window function stands in window: | window x = \(name.text)(…)"
    } else if hint == nil, Catalogue.function(named: name.text) != nil {
      hint = "a function stands in derive: | derive x = \(name.text)(…)"
    }
    if hint == nil { hint = verbHabits[name.text.lowercased()] }
    report("no verb '\(name.text)'", hint: hint, at: name.range)
  }
}

/// What verbs of other languages are called here.
private let verbHabits: [String: String] = [
  "having": "filter after group does that",
  "update": "derive gives a column new values",
  "set": "derive gives a column new values",
  "delete": "filter keeps the rows that are true",
  "unique": "distinct does that",
  "merge": "join does that",
  "concat": "union does that",
  "append": "union does that",
  "write": "save does that",
  "export": "save does that",
  "skip": "window i = row_number() | filter i > 10 leaves the first ten out",
  "offset": "window i = row_number() | filter i > 10 leaves the first ten out",
  "render": "nothing draws charts; spark(x) in group gives a line of bars",
  "print": "the result of a pipeline is printed by itself",
]

extension Plan {
  /// No columns and no rows.
  static let nothing = Plan.table(Table(name: "", schema: Schema([]), columns: []))
}
