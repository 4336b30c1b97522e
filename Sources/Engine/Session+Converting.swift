import Checking
import Diagnostics
import Loading
import Results

/// A file in, a file out.
extension Session {
  /// Loads `input` under the names of the file and writes it to `path`; to the reader when nil.
  package func convert(
    _ input: String, to path: String?, format: String?, keepsText: Bool, replaces: Bool
  ) -> (events: [SessionEvent], end: ProgramEnd) {
    var options = Loading.LoadOptions()
    options.raw = true
    options.types = !keepsText
    var events: [SessionEvent] = []
    do throws(StatementFailure) {
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
}
