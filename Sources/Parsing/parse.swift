package import Diagnostics

/// Parses a text. Never fails: the tree holds what could be understood, the diagnostics the rest.
package func parse(_ source: Source) -> (program: Program, diagnostics: [Diagnostic]) {
  (Program(statements: []), [])
}
