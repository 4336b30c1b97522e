import Columns
import Formats
import Glibc
package import Tasks

/// Loads a file, the files of a pattern, or standard input (`-`) as one table.
///
/// Several files become one table with the union of their columns, by name, and a column `file`.
/// Types are inferred from all rows. Progress counts the bytes of the files.
/// - Throws: `LoadFailure` when nothing could be loaded; damage inside a file is repaired, listed and
///   said in the report instead. `Interrupted` becomes the failure `interrupted`.
package func load(
  _ pattern: String, as name: String, options: LoadOptions, workers: Workers
) throws(LoadFailure) -> LoadedTable {
  try load([pattern], as: name, options: options, workers: workers)
}

/// As the function above, with sizes that tests make tiny.
package func load(
  _ pattern: String, as name: String, options: LoadOptions, workers: Workers, tuning: LoadTuning
) throws(LoadFailure) -> LoadedTable {
  try load([pattern], as: name, options: options, workers: workers, tuning: tuning)
}

/// As the function above, for several files or patterns, in this order.
package func load(
  _ patterns: [String], as name: String, options: LoadOptions, workers: Workers
) throws(LoadFailure) -> LoadedTable {
  try load(patterns, as: name, options: options, workers: workers, tuning: LoadTuning())
}

/// As the function above, with sizes that tests make tiny.
package func load(
  _ patterns: [String], as name: String, options: LoadOptions, workers: Workers,
  tuning: LoadTuning
) throws(LoadFailure) -> LoadedTable {
  let shownPatterns = patterns.map(shown).joined(separator: ", ")
  let loading = TableLoading(name: name, options: options, workers: workers, tuning: tuning)
  return try failures(of: shownPatterns) { try loading.run(patterns) }
}

/// Runs a load whose errors are told of its files, given as they are shown.
func failures<Result>(
  of files: String, _ body: () throws -> Result
) throws(LoadFailure) -> Result {
  do { return try body() } catch {
    switch error {
    case let failure as LoadFailure: throw failure
    case is Interrupted: throw LoadFailure("interrupted")
    case let failure as ReadFailure:
      throw LoadFailure("'\(files)' cannot be read: \(failure.reason)")
    default: throw LoadFailure("'\(files)' cannot be loaded")
    }
  }
}

/// Seconds of a clock that only goes forward.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
