package import Calendars
package import Tasks

/// What evaluation needs beside the plan.
package struct EvaluationSettings: Sendable {
  package var workers: Workers
  package var zone: TimeZoneRules
  /// The most rows of a block, a multiple of 64: enough that the work for a block as such is small
  /// beside that for its rows, and few enough for the cache.
  package var blockRows: Int

  package init(workers: Workers, zone: TimeZoneRules = .utc, blockRows: Int = 1 << 14) {
    self.workers = workers
    self.zone = zone
    self.blockRows = blockRows
  }
}
