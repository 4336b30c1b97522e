package import Diagnostics
package import Results

/// What a session tells while it runs a program, in order.
package enum SessionEvent: Sendable {
  case result(StatementResult)
  /// `source` is nil where no program is to blame, as for a file of the command line.
  case diagnostic(Diagnostic, source: Source?)
  /// What became of a file: lines for the reader.
  case loadReport([String])
}

/// How a program ended.
package enum ProgramEnd: Sendable, Hashable {
  case allRan
  /// At least one statement failed.
  case failed
  case interrupted
}
