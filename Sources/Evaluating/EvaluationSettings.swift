package import Calendars
package import Plans
package import Tasks

/// What evaluation needs beside the plan.
package struct EvaluationSettings: Sendable {
  package var workers: Workers
  package var zone: TimeZoneRules
  /// The most rows of a block, a multiple of 64: enough that the work for a block as such is small
  /// beside that for its rows, and few enough for the cache.
  package var blockRows: Int
  /// A better plan of these columns (nil for all): of bindings, and of plans in expressions, which are planned when
  /// they are computed.
  package var planning: @Sendable (Plan, _ columns: Set<String>?) -> Plan = { plan, _ in plan }
  /// What the columns of bindings that are kept depend on.
  package var keeping = Keeping.columnsRead(later: [])

  package enum Keeping: Sendable {
    /// Those that the plan or one of those computed after it reads.
    case columnsRead(later: [Plan])
    /// All: what else will be read is not known yet.
    case all
  }

  package init(workers: Workers, zone: TimeZoneRules = .utc, blockRows: Int = 1 << 14) {
    self.workers = workers
    self.zone = zone
    self.blockRows = blockRows
  }
}
