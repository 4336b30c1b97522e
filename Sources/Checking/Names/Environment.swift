import Diagnostics
import Parsing

/// What the names of a `def`'s body mean while it is expanded; empty outside.
struct Environment {
  /// An argument: its text in the caller's environment, or the rows that came through the pipe.
  enum Local {
    case expression(Expression, Environment)
    case rows(Rows)
  }

  var locals: [String: Local] = [:]
  /// Where the definition is used; its own text may be that of another statement.
  var place: SourceRange?
  /// The definition's name, for messages.
  var definition: String?
  /// The definitions being expanded, outermost first.
  var expanding: [String] = []
}
