package import Calendars
package import Columns
package import Diagnostics
package import Plans

/// Everything that a statement may name, as a value handed in by the session.
package struct Scope: Sendable {
  /// The loaded tables, by name.
  package var tables: [String: Table] = [:]
  /// The tables named with `let`.
  package var bindings: [String: Binding] = [:]
  /// The scalars named with `let`.
  package var scalars: [String: ScalarExpression] = [:]
  /// What `def` defined.
  package var definitions: [String: Definition] = [:]
  /// Script parameters that have a value.
  package var parameters: [String: ParameterValue] = [:]
  /// The last result (`_`); nil before the first.
  package var last: Plan?
  /// The files that a statement reads without `load`, by the path as written; see
  /// `requiredFiles(of:verbs:)`.
  package var files: [String: Table] = [:]
  /// The time of the session's clock: microseconds since 1970 UTC.
  package var now: Int64
  /// In which days begin.
  package var zone: TimeZoneRules
  package var verbs: VerbTable
  /// Says what is wrong with a regular expression (RE2); nil when nothing is.
  package var checkRegex: @Sendable (String) -> String?
  /// Reads a small text file (a saved model); nil where there is none or it may not be read.
  package var readText: @Sendable (String) -> String? = { _ in nil }
  /// The SHA-256 of a file in hexadecimal; nil where it cannot or may not be read.
  package var hashOfFile: @Sendable (String) -> String? = { _ in nil }
  /// Computes the plan on whose rows columns depend (`pivot`); nil where no data may be read, as
  /// while a line is typed: what stands behind such a verb is then not checked.
  package var compute: (@Sendable (Plan) -> Result<Table, Diagnostic>)?

  package init(
    verbs: VerbTable, now: Int64, zone: TimeZoneRules = .utc,
    checkRegex: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.verbs = verbs
    self.now = now
    self.zone = zone
    self.checkRegex = checkRegex
  }
}
