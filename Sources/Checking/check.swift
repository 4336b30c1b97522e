package import Diagnostics
package import Parsing

/// Checks a statement against what is in scope: everything that is wrong with it, at once.
///
/// The statement is nil when any diagnostic is an error. Never reads files, never evaluates.
package func check(
  _ statement: Statement, in scope: Scope
) -> (statement: CheckedStatement?, diagnostics: [Diagnostic]) {
  (nil, [])
}

/// The paths that a statement reads without `load` (`"x.csv" | …`, `join "x.csv" on k`), as written.
///
/// The session loads them first and puts them into `Scope.files` by these paths.
package func requiredFiles(
  of statement: Statement, verbs: VerbTable
) -> [(path: String, range: SourceRange)] {
  []
}
