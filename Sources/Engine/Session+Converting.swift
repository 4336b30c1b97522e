import Checking
import Diagnostics
import Loading
import Results
import Tasks

/// A file in, a file out.
extension Session {
  /// Loads `input` under the names of the file and writes it to `path`; to the reader when nil.
  package func convert(
    _ input: String, to path: String?, format: String?, keepsText: Bool, replaces: Bool
  ) -> (events: [SessionEvent], end: ProgramEnd) {
    var options = Loading.LoadOptions()
    options.dayZone = settings.zone
    options.raw = true
    options.types = !keepsText
    var events: [SessionEvent] = []
    do throws(StatementFailure) {
      if let path {
        let request = SaveRequest(
          path: path, format: format, replace: replaces, range: SourceRange(0, 0))
        if let parts = try parts(input, options), let note = try save(parts, to: request) {
          events.append(.loadReport(parts.report.lines()))
          return (events + [.result(StatementResult(.nothing, notes: [note]))], .allRan)
        }
      }
      let loaded = try read([input], as: "input", options, at: nil)
      events.append(.loadReport(loaded.report.lines()))
      guard let path else {
        return (events + [.result(StatementResult(.table(loaded.table)))], .allRan)
      }
      let request = SaveRequest(
        path: path, format: format, replace: replaces, range: SourceRange(0, 0))
      let note = try save(loaded.table, to: request)
      return (events + [.result(StatementResult(.nothing, notes: [note]))], .allRan)
    } catch {
      switch error {
      case .interrupted: return (events, .interrupted)
      case .diagnostic(let diagnostic):
        return (events + [.diagnostic(diagnostic, source: nil)], .failed)
      }
    }
  }

  /// The rows of a large file, part by part; nil for files that are loaded as a whole.
  private func parts(
    _ path: String, _ options: Loading.LoadOptions
  ) throws(StatementFailure) -> TableParts? {
    do throws(LoadFailure) {
      return try tableParts(
        path, as: "input", options: options, workers: settings.workers,
        tuning: settings.loadTuning)
    } catch {
      if settings.workers.cancellation.isRequested { throw .interrupted }
      throw .because(error.message, hint: error.hint, at: nil)
    }
  }
}
