package import Columns
import Synchronization

/// A `let`: a plan with a name, computed at most once.
package final class Binding: Sendable {
  package let name: String
  package let plan: Plan
  private let kept = Mutex<Table?>(nil)

  package init(name: String, plan: Plan) {
    self.name = name
    self.plan = plan
  }

  /// What was computed, or nil before the first use.
  package var table: Table? { kept.withLock { $0 } }

  /// Drops what was computed, so that it is computed again.
  package func forget() { kept.withLock { $0 = nil } }

  /// Keeps what was computed.
  package func keep(_ table: Table) { kept.withLock { $0 = table } }
}
