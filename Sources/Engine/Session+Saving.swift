import Checking
import Columns
import Diagnostics
package import Formats
import Loading
import Tasks

/// Tables to files.
extension Session {
  /// Writes a table as a file, whole or not at all, and says what was written.
  func save(_ table: Table, to request: SaveRequest) throws(StatementFailure) -> String {
    var cut = 0
    let format = isWorkbook(request) ? nil : try outputFormat(request)
    try writeFile(request) { file in
      if let format {
        try write(table, as: format, zone: settings.zone, on: settings.workers) {
          try file.append($0)
        }
      } else {
        do {
          try file.write { cut = try writeWorkbook(table, zone: settings.zone, to: $0) }
        } catch let problem as WorkbookProblem {
          throw problem.failure(table, request)
        }
      }
      try requireUndamaged()
    }
    let note = cut > 0 ? "; \(cut) texts were cut to the 32,767 characters of a cell" : ""
    return "wrote \(table.rowCount) rows to \(request.path)\(note)"
  }

  /// Writes a large file's rows part by part; nil where the format needs them all at once.
  func save(_ parts: TableParts, to request: SaveRequest) throws(StatementFailure) -> String? {
    guard !isWorkbook(request) else { return nil }
    let format = try outputFormat(request)
    guard format.isText else { return nil }
    try writeFile(request) { file in
      let writer = TextWriter(parts.schema, as: format, zone: settings.zone, on: settings.workers) {
        try file.append($0)
      }
      try parts.forEach { try writer.append($0) }
      try writer.finish()
    }
    return "wrote \(parts.report.rows) rows to \(request.path)"
  }

  /// Makes a file that is there whole or not at all; what goes wrong is told.
  private func writeFile(
    _ request: SaveRequest, _ body: (AtomicFile) throws -> Void
  ) throws(StatementFailure) {
    if settings.isSafe {
      throw .because("--safe writes no files", at: request.range, blame: .query)
    }
    do {
      let file = try AtomicFile(request.path, replaces: request.replace)
      try body(file)
      try file.commit()
    } catch let problem as ArrowProblem {
      throw .because(
        "cannot write '\(request.path)': \(problem.reason)", hint: problem.hint, at: request.range)
    } catch let failure as StatementFailure {
      throw failure
    } catch let problem as AtomicFile.Problem {
      throw .because(problem.message, hint: problem.hint, at: request.range)
    } catch let failure as LoadFailure {
      if settings.workers.cancellation.isRequested { throw .interrupted }
      throw .because(failure.message, hint: failure.hint, at: request.range)
    } catch is Interrupted {
      throw .interrupted
    } catch {
      throw .because("cannot write '\(request.path)'", at: request.range)
    }
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
