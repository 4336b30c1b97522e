package import Diagnostics

/// Parses a text into a tree of what could be understood and diagnostics of the rest.
///
/// Never fails. Diagnostics come in the order of the text, one for each place where something is wrong. Takes
/// linear time; trees are at most 600 levels high, so that a recursive walk is safe.
package func parse(_ source: Source) -> (program: Program, diagnostics: [Diagnostic]) {
  var parser = Parser(source)
  let program = parser.parseProgram()
  return (program, parser.diagnostics.sorted { $0.place < $1.place })
}

extension Diagnostic {
  /// What messages are ordered by.
  fileprivate var place: (Int, Int) { (range?.start ?? 0, range?.end ?? 0) }
}

/// Whether a text may run as it is, for the prompt, which else asks for another line.
///
/// It may not when it is right so far and ends inside a bracket or a string, or behind `|`, a comma
/// or an operator. A text with an error is complete: more lines would not mend it.
package func isComplete(_ source: Source) -> Bool {
  var parser = Parser(source)
  _ = parser.parseProgram()
  return !parser.isUnfinished
}
