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
    var cut = 0
    let format = isWorkbook(request) ? nil : try outputFormat(request)
    do {
      let file = try AtomicFile(request.path, replaces: request.replace)
      if let format {
        try write(table, as: format, zone: settings.zone) { try file.append($0) }
      } else {
        try file.write { cut = try writeWorkbook(table, zone: settings.zone, to: $0) }
      }
      try requireUndamaged()
      try file.commit()
    } catch let problem as WorkbookProblem {
      throw problem.failure(table, request)
    } catch let problem as ArrowProblem {
      throw .because(
        "cannot write '\(request.path)': \(problem.reason)", hint: problem.hint, at: request.range)
    } catch let failure as StatementFailure {
      throw failure
    } catch let problem as AtomicFile.Problem {
      throw .because(problem.message, hint: problem.hint, at: request.range)
    } catch {
      throw .because("cannot write '\(request.path)'", at: request.range)
    }
    let note = cut > 0 ? "; \(cut) texts were cut to the 32,767 characters of a cell" : ""
    return "wrote \(table.rowCount) rows to \(request.path)\(note)"
  }

  private func isWorkbook(_ request: SaveRequest) -> Bool { formatName(request) == "xlsx" }

  private func formatName(_ request: SaveRequest) -> String {
    (request.format ?? request.path.split(separator: ".").last.map(String.init) ?? "").lowercased()
  }

  private func outputFormat(_ request: SaveRequest) throws(StatementFailure) -> OutputFormat {
    let name = formatName(request)
    if let format = OutputFormat(named: name) { return format }
    let known = SaveRequest.formats.joined(separator: ", ")
    throw .because(
      "no format '\(name)'",
      hint: "the formats are \(known): say with format = \"csv\"", at: request.range, blame: .query)
  }
}

extension WorkbookProblem {
  fileprivate func failure(_ table: Table, _ request: SaveRequest) -> StatementFailure {
    switch self {
    case .tooLarge:
      .because(
        "a sheet holds \(workbookLimits.rows) rows of \(workbookLimits.columns) columns; this "
          + "table has \(table.rowCount) of \(table.columns.count)",
        hint: "save it as csv, or take a part of it", at: request.range)
    case .unwritable(let reason):
      .because("cannot write '\(request.path)': \(reason)", at: request.range)
    }
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
    case "feather", "ipc": self = .arrow
    case let name: self.init(rawValue: name)
    }
  }
}
