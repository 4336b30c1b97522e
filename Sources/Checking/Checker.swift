import Diagnostics
import Parsing
import Plans

/// The state of checking one statement: what may be named, and what was found wrong.
///
/// Checks recurse over the tree; a tree deeper than `maximumDepth` is reported instead of walked.
final class Checker {
  let scope: Scope
  private(set) var diagnostics: [Diagnostic] = []
  /// What the verbs have to say, whatever the rows are.
  var notes: [String] = []
  /// What the verbs have to say of the rows.
  var remarks: [Remark] = []
  /// Set by the verb `save` and by `to`.
  var save: SaveRequest?
  /// How the last verb has its rows shown to a reader.
  var presentation = Presentation.rows
  /// What the names of a `def`'s body mean, while one is expanded.
  var environment = Environment()
  /// Whether the verb at hand is the last of the statement's own pipeline.
  var isAtEnd = false
  private var depth = 0
  private var pipelineDepth = 0
  private var expansionCount = 0

  /// Levels of expressions; as many as the parser makes.
  static let maximumDepth = 1000
  /// Pipelines in parentheses within one another, definitions included.
  static let maximumPipelineDepth = 50
  /// Stages of one pipeline.
  static let maximumStages = 500
  /// Uses of definitions in one statement, those within definitions included.
  static let maximumExpansions = 10_000
  /// Steps of a plan; a part that is used twice counts twice.
  static let maximumSteps = 50_000

  init(scope: Scope) { self.scope = scope }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  // MARK: Reporting

  /// Reports an error at a place of the statement.
  func report(_ message: String, hint: String? = nil, at range: SourceRange) {
    report(Diagnostic(message, hint: hint, at: range))
  }

  /// Reports a diagnostic; what is wrong in the body of a `def` is said where it is used.
  func report(_ diagnostic: Diagnostic) {
    let message = environment.definition.map { "in '\($0)': " } ?? ""
    let placed = Diagnostic(
      message + diagnostic.message, hint: diagnostic.hint,
      at: diagnostic.range.map(place), severity: diagnostic.severity, blame: diagnostic.blame)
    if !diagnostics.contains(placed) { diagnostics.append(placed) }
  }

  /// Where a part of the tree stands in the statement: in a `def`'s body, at its use.
  func place(_ range: SourceRange) -> SourceRange { environment.place ?? range }

  // MARK: Depth

  /// Runs `body` one level deeper; nil, with an error, where there are too many levels.
  func deeper<Result>(at range: SourceRange, _ body: () -> Result?) -> Result? {
    guard depth < Checker.maximumDepth else {
      report("nested too deeply", hint: "name a part with let", at: range)
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  /// Runs `body` inside another pipeline.
  func inPipeline<Result>(at range: SourceRange, _ body: () -> Result?) -> Result? {
    guard pipelineDepth < Checker.maximumPipelineDepth else {
      report(
        "pipelines nested too deeply", hint: "name one of them with let", at: range)
      return nil
    }
    pipelineDepth += 1
    defer { pipelineDepth -= 1 }
    return body()
  }

  /// Counts one more use of a definition; false, with an error, where there are too many.
  func countExpansion(at range: SourceRange) -> Bool {
    expansionCount += 1
    if expansionCount <= Checker.maximumExpansions { return true }
    // Said once: what is left of the statement runs into it again and again.
    if expansionCount == Checker.maximumExpansions + 1 {
      report(
        "the definitions are used more than \(Checker.maximumExpansions) times in all",
        hint: "name a part with let: it is computed once", at: range)
    }
    return false
  }

  /// Whether a plan is small enough to run; false with an error.
  ///
  /// A definition that uses its table twice doubles the plan at every use.
  func isSmall(_ plan: Plan, at range: SourceRange) -> Bool {
    if plan.size <= Checker.maximumSteps { return true }
    report(
      "the pipeline has more than \(Checker.maximumSteps) steps",
      hint: "name a part of it with let: it is computed once", at: range)
    return false
  }

  /// Runs `body` where names mean something else.
  func within<Result>(_ other: Environment, _ body: () -> Result) -> Result {
    let outer = environment
    environment = other
    defer { environment = outer }
    return body()
  }
}
