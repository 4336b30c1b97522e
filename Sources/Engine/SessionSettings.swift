package import Calendars
package import Loading
package import Tasks

/// What holds for a whole session; fixed when it begins.
package struct SessionSettings: Sendable {
  package var workers: Workers
  /// In which days begin, and in which times are shown.
  package var zone: TimeZoneRules = .utc
  /// No writing, no reading outside `namedFiles`; cannot be switched off again.
  package var isSafe = false
  /// The files of the command line, which a safe session may read.
  package var namedFiles: Set<String> = []
  /// Off only to compare: the same rows come out.
  package var optimises = true
  /// The most rows of a block, a multiple of 64; other than usual only to compare.
  package var blockRows = 1 << 14
  /// Sizes of the conversion of files; other than usual only to compare.
  package var loadTuning = LoadTuning()
  /// The clock; microseconds since 1970 UTC.
  package var now: @Sendable () -> Int64

  package init(workers: Workers, now: @escaping @Sendable () -> Int64) {
    self.workers = workers
    self.now = now
  }
}
