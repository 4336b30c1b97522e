/// A place where lines are typed.
protocol LineReading: AnyObject {
  /// One line, or several that were pasted or recalled.
  func readLine(_ request: LineRequest) -> LineOutcome
  /// Makes an entry reachable with the keys of the history.
  func remember(_ entry: String)
  /// Has the next line begin with this text, the cursor at its end.
  func prefill(_ text: String)
  /// Whether more lines wait that belong to the last.
  var hasContinuation: Bool { get }
}

/// What a line is asked with.
struct LineRequest {
  /// Without control characters; painted by the reader of lines.
  var prompt: String
  /// The lines that were typed before and that this one continues; empty for none.
  var before = ""
}

/// How the typing of a line ended.
enum LineOutcome: Equatable {
  case line(String)
  /// Ctrl-C: everything typed so far is given up.
  case interrupted
  /// Up in an empty line that continues a statement: the statement is to be edited whole.
  case wantsWhole
  /// Ctrl-D in an empty line, or the end of the input.
  case end
}
