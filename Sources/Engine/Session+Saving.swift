import Checking
import Columns
import Diagnostics
package import Formats

/// Tables to files.
extension Session {
  /// Writes a table as a file, whole or not at all, and says what was written.
  func save(_ table: Table, to request: SaveRequest) throws(StatementFailure) -> String {
    if settings.isSafe {
      throw .because("--safe writes no files", at: request.range, blame: .query)
    }
    let format = try outputFormat(request)
    do {
      let file = try AtomicFile(request.path, replaces: request.replace)
      try write(table, as: format, zone: settings.zone) { try file.append($0) }
      try file.commit()
    } catch let problem as AtomicFile.Problem {
      throw .because(problem.message, hint: problem.hint, at: request.range)
    } catch {
      throw .because("cannot write '\(request.path)'", at: request.range)
    }
    return "wrote \(table.rowCount) rows to \(request.path)"
  }

  private func outputFormat(_ request: SaveRequest) throws(StatementFailure) -> OutputFormat {
    let name = request.format ?? request.path.split(separator: ".").last.map(String.init) ?? ""
    if let format = OutputFormat(named: name) { return format }
    let known = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw .because(
      name == "arrow" ? "arrow files are not in this version yet" : "no format '\(name)'",
      hint: "the formats are \(known): say with format = \"csv\"", at: request.range, blame: .query)
  }
}

extension OutputFormat {
  /// The format of that name or file ending; nil when there is none.
  package init?(named name: String) {
    switch name.lowercased() {
    case "md": self = .markdown
    case "ndjson": self = .jsonl
    // A saved scorecard is lines of text.
    case "txt", "model": self = .tsv
    case let name: self.init(rawValue: name)
    }
  }
}
