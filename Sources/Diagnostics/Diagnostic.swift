/// One message to the user: what is wrong, where, and what to do about it.
package struct Diagnostic: Error, Sendable, Hashable {
  /// How much it weighs: an error stops the statement, the others do not.
  package enum Severity: String, Sendable {
    case error, warning, note
  }

  /// Whose doing it is; errors of the query are found before anything runs.
  package enum Blame: String, Sendable {
    /// The text of the program.
    case query
    /// The rows of a file or table.
    case data
    /// Files, pipes, permissions.
    case system
    /// Ctrl-C.
    case interrupt
  }

  package let severity: Severity
  package let blame: Blame
  /// What is wrong, without a full stop: `no column 'folowers' in acme`.
  package let message: String
  /// What to do, printed right after the message, as in `did you mean 'followers'?`.
  package let hint: String?
  /// Where in the program; nil when no place of it is to blame.
  package let range: SourceRange?

  /// Makes a message; severity `error` and blame `query` unless told.
  package init(
    _ message: String,
    hint: String? = nil,
    at range: SourceRange?,
    severity: Severity = .error,
    blame: Blame = .query
  ) {
    self.message = message
    self.hint = hint
    self.range = range
    self.severity = severity
    self.blame = blame
  }

  /// The same message, with this place where it has none.
  package func placed(at place: SourceRange) -> Diagnostic {
    guard range == nil else { return self }
    return Diagnostic(message, hint: hint, at: place, severity: severity, blame: blame)
  }
}
