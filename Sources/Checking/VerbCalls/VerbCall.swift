import Columns
package import Diagnostics
package import Parsing
package import Plans

/// One use of a verb: its arguments as written, and the means to check them.
package final class VerbCall {
  package let stage: Stage
  package let signature: VerbSignature
  let rows: Rows
  let checker: Checker
  private var unknownColumns: Set<String>

  init(stage: Stage, verb: any Verb, rows: Rows, checker: Checker) {
    self.stage = stage
    signature = verb.signature
    self.rows = rows
    self.checker = checker
    unknownColumns = rows.unknownColumns
  }

  /// The rows that come in.
  package var input: Plan { rows.plan }

  /// The place of the stage, for the plan's steps.
  package var range: SourceRange { checker.place(stage.range) }

  /// The items behind the verb.
  package var items: [Item] { stage.items }

  /// A clause, or nil where it was not written.
  package func clause(_ word: Clause.Word) -> Clause? {
    stage.clauses.first { $0.word == word }
  }

  /// The items of a clause; none where it was not written.
  package func items(of word: Clause.Word) -> [Item] { clause(word)?.items ?? [] }

  // MARK: Saying something

  /// Reports an error.
  package func report(_ message: String, hint: String? = nil, at range: SourceRange) {
    checker.report(message, hint: hint, at: range)
  }

  /// A sentence for the reader, whatever the rows are.
  package func note(_ sentence: String) {
    if !checker.notes.contains(sentence) { checker.notes.append(sentence) }
  }

  /// Sentences that depend on the rows.
  package func remark(_ remark: Remark) { checker.remarks.append(remark) }

  /// Has the result shown to a reader in another way than as rows, where the stage ends the statement.
  package func present(_ presentation: Presentation) {
    if checker.isAtEnd { checker.presentation = presentation }
  }

  /// Has the result written to a file; an error unless the stage ends the statement.
  package func save(_ request: SaveRequest) {
    guard checker.isAtEnd else {
      report("'\(stage.verb.text)' stands at the end of a statement", at: stage.verb.range)
      return
    }
    checker.save = request
  }

  /// Counts a column as there whose expression was wrong, so that its uses are not reported too.
  package func markUnknown(_ column: String) { unknownColumns.insert(column) }

  /// Whether a column is one of those whose expression was wrong.
  package func isUnknown(_ column: String) -> Bool { unknownColumns.contains(column) }

  /// The rows that go on to the next stage.
  func rows(with plan: Plan) -> Rows {
    let before = Set(rows.schema.names)
    let keepsAll = before.isSubset(of: plan.schema.names)
    return Rows(
      plan: plan, label: keepsAll ? rows.label : "after '\(stage.verb.text)'",
      unknownColumns: unknownColumns)
  }

  /// The rows of another plan within this stage, for checking expressions over them.
  func rows(over plan: Plan?) -> Rows {
    var other = rows
    if let plan { other.plan = plan }
    other.unknownColumns = unknownColumns
    return other
  }
}
