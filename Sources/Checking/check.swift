package import Diagnostics
package import Parsing
package import Plans

/// Checks a statement against what is in scope: everything that is wrong with it, at once.
///
/// The statement is nil when any diagnostic is an error. Never reads files, never evaluates. Cost:
/// linear in the statement, definitions expanded.
package func check(
  _ statement: Statement, in scope: Scope
) -> (statement: CheckedStatement?, diagnostics: [Diagnostic]) {
  let checker = Checker(scope: scope)
  let checked = checker.checkStatement(statement)
  let sorted = checker.diagnostics.sorted { ($0.range?.start ?? 0) < ($1.range?.start ?? 0) }
  return (checker.hasErrors ? nil : checked, sorted)
}

/// The plan of a pipeline as far as it can be understood, for completion; nil when its columns are
/// not known.
///
/// What is wrong in it is not said. Never reads files, never evaluates.
package func understood(_ pipeline: Pipeline, in scope: Scope) -> Plan? {
  Checker(scope: scope).checkPipeline(pipeline)?.plan
}
