package import Calendars
import Columns
import Diagnostics
package import Formats
package import Rendering
package import Results

/// Writes what statements give in one format: rows to one place, words to another.
package struct ResultWriter {
  /// How rows are written.
  package enum Form: Sendable, Hashable {
    /// For a reader.
    case table
    /// For a program.
    case file(OutputFormat)

    /// The form of that name, or nil.
    package init?(named name: String) {
      if name == "table" {
        self = .table
      } else if name == "arrow" {
        // What is not read at its end first must be a stream.
        self = .file(.arrows)
      } else if let format = OutputFormat(named: name) {
        self = .file(format)
      } else {
        return nil
      }
    }

    /// The names that `--format` takes.
    package static let names =
      ["table"] + OutputFormat.allCases.filter { $0 != .arrows }.map(\.rawValue)
  }

  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  private let form: Form
  private let style: Style
  private let zone: TimeZoneRules
  private var tableCount = 0

  package init(form: Form, style: Style, zone: TimeZoneRules) {
    self.form = form
    self.style = style
    self.zone = zone
  }

  /// Writes a result's rows or lines; throws what `sink` throws, or a diagnostic where this form
  /// cannot hold another table.
  package mutating func write(_ result: StatementResult, to sink: Sink) throws {
    switch result.content {
    case .nothing: break
    case .text where !isText:
      throw Diagnostic("text is no table, which an Arrow stream holds", at: nil)
    case .text(let lines): try put(lines, to: sink)
    case .scalar(let value, let table): try write(value, table, to: sink)
    case .report(let table) where form == .table:
      try put(ReportPage(style: style).lines(table), to: sink)
    case .comparison(let table) where form == .table:
      let lines = ComparisonPage(style: style).lines(table)
      try put(lines ?? TextTable(style: style, zone: zone).lines(table), to: sink)
    case .table(let table), .report(let table), .comparison(let table):
      try write(table, named: result.name, to: sink)
    }
  }

  /// A bare value is a line of its own, but an object where objects are wanted.
  private mutating func write(_ value: Scalar, _ table: Table, to sink: Sink) throws {
    switch form {
    case .table, .file(.csv), .file(.tsv), .file(.markdown):
      try put([CellText.whole(value, zone: zone)], to: sink)
    case .file(let format): try put(table, as: format, to: sink)
    }
  }

  private var isText: Bool {
    if case .file(let format) = form { format.isText } else { true }
  }

  private func put(_ table: Table, as format: OutputFormat, to sink: Sink) throws {
    do {
      try Formats.write(table, as: format, zone: zone, to: sink)
    } catch let problem as ArrowProblem {
      throw Diagnostic(problem.reason, hint: problem.hint, at: nil)
    }
  }

  private mutating func write(_ table: Table, named name: String?, to sink: Sink) throws {
    tableCount += 1
    switch form {
    case .table:
      if let name { try put([name], to: sink) }
      try put(TextTable(style: style, zone: zone).lines(table), to: sink)
    case .file(let format):
      if tableCount > 1 && !format.holdsSeveralTables {
        throw Diagnostic(
          "\(format.rawValue) holds one table a run", hint: "use --format jsonl, or `save` each",
          at: nil)
      }
      if tableCount > 1 && format == .markdown { try put([""], to: sink) }
      try put(table, as: format, to: sink)
    }
  }

  private func put(_ lines: [String], to sink: Sink) throws {
    for line in lines {
      var text = line + "\n"
      try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
    }
  }
}

extension OutputFormat {
  fileprivate var holdsSeveralTables: Bool { self == .jsonl || self == .markdown }
}
