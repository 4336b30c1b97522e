package import Columns
import Synchronization

/// A `let`: a plan with a name, of which what was computed is kept.
package final class Binding: Sendable {
  package let name: String
  package let plan: Plan
  private let state = Mutex(State())

  private struct State {
    /// Some columns of the plan, or all.
    var kept: Table?
    var isRead = false
  }

  package init(name: String, plan: Plan) {
    self.name = name
    self.plan = plan
  }

  /// All that it gives, or nil where not all of it was computed.
  package var table: Table? { table(with: nil) }

  /// What was computed, where it has these columns; nil stands for all.
  package func table(with columns: Set<String>?) -> Table? {
    guard let kept = state.withLock({ $0.kept }) else { return nil }
    if kept.schema.fields.count == plan.schema.fields.count { return kept }
    guard let columns else { return nil }
    return columns.allSatisfy { kept.schema.field($0) != nil } ? kept : nil
  }

  /// Whether columns were computed, some or all.
  package var isKept: Bool { state.withLock { $0.kept != nil } }

  /// Drops what was computed, so that it is computed again.
  package func forget() { state.withLock { $0.kept = nil } }

  /// Keeps what was computed: all columns of the plan, or some.
  package func keep(_ table: Table) { state.withLock { $0.kept = table } }

  /// Whether a statement has read it without keeping it.
  package var isRead: Bool { state.withLock { $0.isRead } }

  /// Notes that a statement read its plan as a part of its own.
  package func noteRead() { state.withLock { $0.isRead = true } }
}
