import Calendars
import Diagnostics
import Engine
import Rendering
import Results
import Tasks

/// What a user sees of a program: rows, notes and errors in the order in which they come.
enum Transcript {
  /// Runs over tables of Tests/Golden/data, at a fixed width and a fixed time, without colour.
  static func of(program: String) -> String {
    // 2024-04-01T00:00:00Z: after every date of the data.
    var settings = SessionSettings(workers: Workers(count: 2), now: { 1_711_929_600_000_000 })
    settings.isSafe = false
    let session = Session(settings: settings)
    for name in tables(of: program) {
      _ = session.loadFile("\(GoldenCase.folder)/data/\(name).csv")
    }
    let style = Style(width: 100, rows: 12)
    var writer = ResultWriter(form: .table, style: style, zone: .utc)
    let errors = DiagnosticText(style: style, showsPlace: false)
    var seen = ""
    let source = Source(name: "case", text: program)
    _ = session.run(source, keepsGoing: true) { event in
      switch event {
      case .loadReport: break
      case .diagnostic(let diagnostic, let source):
        for line in errors.lines(diagnostic, in: source) { seen += line + "\n" }
      case .result(let result):
        do {
          try writer.write(result) { seen += String(decoding: $0, as: UTF8.self) }
        } catch {
          seen += "error: \(error)\n"
        }
        for note in result.notes { seen += "note: \(note)\n" }
      }
    }
    return seen
  }

  /// `acme` and `rival`, and those of the larger tables that the program names.
  private static func tables(of program: String) -> [String] {
    ["acme", "rival"] + ["bought", "daily"].filter { program.contains($0 + " ") }
  }
}
