import Checking
import Diagnostics
import Formats
import Plans

/// Files that turn out to be damaged while their values are used.
extension Session {
  /// What to say where the statement that runs met damage; what it computed is forgotten then.
  func damage(at range: SourceRange?) -> Diagnostic? {
    guard let file = mappedFiles.damaged, let reason = file.damage else { return nil }
    scope.last = nil
    scope.files = scope.files.filter { $0.key != file.path }
    for binding in scope.bindings.values { binding.forget() }
    return Diagnostic(
      "'\(file.path)' is damaged: \(reason)",
      hint: "load it again, or the file that it was made from", at: range, blame: .system)
  }

  /// What to say where rows that were shown after a load turned out to be damaged.
  package func damageWhileShown() -> SessionEvent? {
    damage(at: nil).map { .diagnostic($0, source: nil) }
  }

  /// Throws where the statement that runs met damage: nothing is saved of it.
  func requireUndamaged() throws(StatementFailure) {
    if let problem = damage(at: nil) { throw .diagnostic(problem) }
  }
}
