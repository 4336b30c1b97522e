package import Calendars
package import Diagnostics
package import Engine
import Formats
import Glibc
package import Rendering
package import Results

/// Joins a session to standard output and standard error.
package final class Console {
  /// How results are written; nil is a table to a terminal, csv to a pipe.
  package var form: ResultWriter.Form? { didSet { writer = nil } }
  package var theme = Theme.dark { didSet { writer = nil } }
  /// Whether errors begin with `file:line:column:`.
  package var showsPlaces: Bool
  /// Whether a result could not be written.
  package private(set) var hasFailed = false
  private let colours: Colours
  private let zone: TimeZoneRules
  /// Whether a reader sits before it: results fit the window, each is a run of its own.
  private let isForReader: Bool
  private let standardOutput: StandardOutput
  private var file: OutputFile?
  private var writer: ResultWriter?

  /// Writes results in a form, times in a zone.
  package init(
    form: ResultWriter.Form?, zone: TimeZoneRules, colours: Colours, showsPlaces: Bool,
    isForReader: Bool = false
  ) {
    self.form = form
    self.zone = zone
    self.colours = colours
    self.showsPlaces = showsPlaces
    self.isForReader = isForReader
    standardOutput = StandardOutput(isInterruptible: true)
  }

  /// Where results go now.
  private var output: StandardOutput { file?.output ?? standardOutput }

  /// The looks of what goes to standard error.
  package var errorStyle: Style { colours.style(of: STDERR_FILENO, theme: theme) }

  /// The looks of what goes to standard output; its rows fit the window before a reader.
  package var style: Style {
    var style = colours.style(of: STDOUT_FILENO, theme: theme)
    guard isForReader else { return style }
    let height = Terminal.height(STDOUT_FILENO) ?? 48
    style.rows = max(6, min(40, height - 8))
    return style
  }

  /// The name of the form in use.
  package var formName: String {
    switch file?.form ?? form ?? defaultForm {
    case .table: "table"
    case .file(let format): format.rawValue
    }
  }

  private var defaultForm: ResultWriter.Form {
    Terminal.isTerminal(STDOUT_FILENO) ? .table : .file(.csv)
  }

  // MARK: Events

  /// Shows one event: rows to standard output, words to standard error.
  package func show(_ event: SessionEvent) throws {
    ProgressLine.wipe()
    switch event {
    case .loadReport(let lines):
      let style = errorStyle
      for line in lines { StandardError.line(dim(SafeText.escapedLine(line), style)) }
    case .diagnostic(let diagnostic, let source): show(diagnostic, in: source)
    case .result(let result): try show(result)
    }
  }

  /// Shows what is wrong.
  package func show(_ diagnostic: Diagnostic, in source: Source?) {
    DiagnosticText(style: errorStyle, showsPlace: showsPlaces).lines(diagnostic, in: source)
      .forEach(StandardError.line)
  }

  /// Shows a result; with a style of its own where it is to look otherwise.
  package func show(_ result: StatementResult, style: Style? = nil) throws {
    do {
      try write(result, style)
    } catch let problem as Diagnostic {
      show(problem, in: nil)
      hasFailed = true
    }
    try output.flush()
    let looks = errorStyle
    for note in result.notes {
      StandardError.line(dim("note: " + SafeText.escapedLine(note), looks))
    }
  }

  /// A quiet remark to the reader.
  package func remark(_ text: String) {
    ProgressLine.wipe()
    StandardError.line(dim(text, errorStyle))
  }

  /// Lines of the shell's own, such as help, where results go.
  package func lines(_ lines: [String]) throws {
    for line in lines { try output.line(line) }
    try output.flush()
  }

  /// Writes what is pending.
  package func flush() throws { try output.flush() }

  private func dim(_ text: String, _ style: Style) -> String {
    isForReader ? style.paint(text, .faint) : text
  }

  private func write(_ result: StatementResult, _ style: Style?) throws {
    let output = self.output
    if file == nil, case .file(let format) = form, !format.isText,
      Terminal.isTerminal(STDOUT_FILENO)
    {
      throw Diagnostic(
        "an Arrow stream is not for a terminal", hint: "send it to a file or a program with > or |",
        at: nil)
    }
    if isForReader && file == nil || style != nil { writer = nil }
    var current = writer ?? makeWriter(style)
    defer { writer = style == nil ? current : nil }
    try current.write(result) { try output.bytes($0) }
  }

  private func makeWriter(_ style: Style?) -> ResultWriter {
    if let file { return ResultWriter(form: file.form, style: Style(width: nil), zone: zone) }
    return ResultWriter(form: form ?? defaultForm, style: style ?? self.style, zone: zone)
  }

  // MARK: A file in the place of standard output

  /// Has results go to a new file from now on; throws a `Diagnostic`.
  package func redirect(to path: String) throws(Diagnostic) {
    file = try OutputFile(path, form: form)
    writer = nil
  }

  /// Has results go to standard output again; gives the path of the file that was written.
  package func endRedirection() -> String? {
    let path = file?.path
    file = nil
    writer = nil
    return path
  }
}
