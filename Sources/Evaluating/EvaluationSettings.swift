package import Calendars
package import Tasks

/// What evaluation needs beside the plan.
package struct EvaluationSettings: Sendable {
  package var workers: Workers
  package var zone: TimeZoneRules
  /// Rows a block; a multiple of 64 except in tests, which cut segments smaller instead.
  package var blockRows: Int

  package init(workers: Workers, zone: TimeZoneRules = .utc, blockRows: Int = 4096) {
    self.workers = workers
    self.zone = zone
    self.blockRows = blockRows
  }
}
