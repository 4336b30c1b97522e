import Checking
import Columns
import Diagnostics
import Engine
import Parsing
import Plans
import Rendering
import Results

/// What the dot commands do.
extension StatementRunner {
  func showHelp(on word: String) throws -> ProgramEnd {
    let help = HelpIndex(verbs: session.scope.verbs, commands: DotCommand.descriptions())
    try console.lines(help.lines(for: word, style: console.style))
    return .allRan
  }

  func showTables() throws -> ProgramEnd {
    let scope = session.scope
    var rows: [[Scalar]] = scope.tables.keys.sorted().compactMap { name in
      scope.tables[name].map {
        [.string(name), .string("table"), .int(Int64($0.rowCount)), .int(Int64($0.columns.count))]
      }
    }
    rows += scope.bindings.keys.sorted().map { name in
      let columns = scope.bindings[name]?.plan.schema.fields.count
      return [.string(name), .string("let"), .null, columns.map { .int(Int64($0)) } ?? .null]
    }
    rows += scope.scalars.keys.sorted().map { [.string($0), .string("let"), .null, .null] }
    rows += scope.definitions.keys.sorted().map { [.string($0), .string("def"), .null, .null] }
    if rows.isEmpty {
      console.remark("no tables yet: load \"FILE.csv\" as NAME")
      return .allRan
    }
    let fields = [
      Field(name: "name", type: .string), Field(name: "kind", type: .string),
      Field(name: "rows", type: .int), Field(name: "columns", type: .int),
    ]
    let table = Table(name: "tables", fields: fields, rows: rows)
    try console.show(StatementResult(.table(table)), style: console.style)
    return .allRan
  }

  func showSchema(of name: String) throws -> ProgramEnd {
    let scope = session.scope
    let schemas = scope.tables.mapValues(\.schema).merging(
      scope.bindings.mapValues(\.plan.schema)
    ) { table, _ in table }
    var chosen = schemas.keys.sorted()
    if name == "_", let last = scope.last {
      try showColumns(of: [("_", last.schema)])
      return .allRan
    }
    if !name.isEmpty {
      guard schemas[name] != nil else {
        let hint = Suggestion.hint(for: name, among: chosen) ?? ".tables lists what there is"
        throw Diagnostic("no table '\(name)'", hint: hint, at: nil)
      }
      chosen = [name]
    }
    if chosen.isEmpty { console.remark("no tables yet: load \"FILE.csv\" as NAME") }
    try showColumns(of: chosen.compactMap { name in schemas[name].map { (name, $0) } })
    return .allRan
  }

  private func showColumns(of schemas: [(name: String, schema: Schema)]) throws {
    if schemas.isEmpty { return }
    let isNamed = schemas.count > 1
    let rows: [[Scalar]] = schemas.flatMap { name, schema in
      schema.fields.map { field in
        let written = field.originalName.flatMap { $0 == field.name ? nil : $0 }
        return (isNamed ? [.string(name)] : []) + [
          .string(field.name), .string(field.type.rawValue), written.map { .string($0) } ?? .null,
        ]
      }
    }
    let fields =
      (isNamed ? [Field(name: "table", type: .string)] : []) + [
        Field(name: "column", type: .string), Field(name: "type", type: .string),
        Field(name: "in_file", type: .string),
      ]
    var style = console.style
    style.rows = max(style.rows, 1000)
    let table = Table(name: "schema", fields: fields, rows: rows)
    try console.show(StatementResult(.table(table)), style: style)
  }

  func readFile(_ path: String) throws -> ProgramEnd {
    if path.isEmpty { throw Diagnostic(".read takes a file", hint: ".read \"FILE.dq\"", at: nil) }
    if session.settings.isSafe && !session.settings.namedFiles.contains(path) {
      throw Diagnostic(
        "--safe reads only the files named on the command line", hint: "name '\(path)' there",
        at: nil)
    }
    guard depth < Self.deepest else {
      throw Diagnostic(".read is nested too deep", hint: "does '\(path)' read itself?", at: nil)
    }
    switch InputText.file(path) {
    case .failure(let problem):
      throw Diagnostic("cannot read '\(path)': \(problem.message)", at: nil, blame: .system)
    case .success(let text):
      let showsPlaces = console.showsPlaces
      console.showsPlaces = true
      depth += 1
      defer {
        console.showsPlaces = showsPlaces
        depth -= 1
      }
      return try run(Source(name: path, text: text))
    }
  }

  func setOutput(_ path: String) throws -> ProgramEnd {
    let written = console.endRedirection()
    if path.isEmpty {
      console.remark(written.map { "results are in \(SafeText.escaped($0))" } ?? "results go here")
      return .allRan
    }
    if session.settings.isSafe { throw Diagnostic("--safe writes no files", at: nil) }
    try console.redirect(to: path)
    console.remark("results go to \(SafeText.escaped(path)) as \(console.formName)")
    return .allRan
  }

  func setFormat(_ name: String) throws -> ProgramEnd {
    if name.isEmpty {
      console.remark(console.formName)
      return .allRan
    }
    guard let form = ResultWriter.Form(named: name) else {
      throw Self.unknown("format", name, among: ResultWriter.Form.names)
    }
    console.form = form
    return .allRan
  }

  func setTimer(_ word: String) throws -> ProgramEnd {
    guard word.isEmpty || DotCommand.onOff.contains(word) else {
      throw Self.unknown("setting", word, among: DotCommand.onOff)
    }
    showsTime = word.isEmpty ? !showsTime : word == "on"
    console.remark("timer \(showsTime ? "on" : "off")")
    return .allRan
  }

  func setTheme(_ name: String) throws -> ProgramEnd {
    if name.isEmpty {
      console.remark(console.theme.rawValue)
      return .allRan
    }
    guard let theme = Theme(rawValue: name) else {
      throw Self.unknown("theme", name, among: Theme.allCases.map(\.rawValue))
    }
    console.theme = theme
    return .allRan
  }

  private static func unknown(_ what: String, _ name: String, among names: [String]) -> Diagnostic {
    let hint = Suggestion.hint(for: name, among: names) ?? "one of \(names.joined(separator: ", "))"
    return Diagnostic("no \(what) '\(name)'", hint: hint, at: nil)
  }

  func showLast() throws -> ProgramEnd {
    guard let last = lastResult else {
      console.remark("no result yet")
      return .allRan
    }
    var style = console.style
    style.rows = Self.wholeRows
    style.width = nil
    if case .table(let table) = last.content, table.rowCount > Self.wholeRows {
      console.remark("\(Self.wholeRows) of the rows; `_ | save \"FILE.csv\"` writes all of them")
    }
    try console.show(StatementResult(last.content, name: last.name), style: style)
    return .allRan
  }

  func showHistory(_ argument: String) throws -> ProgramEnd {
    guard let count = argument.isEmpty ? 20 : Int(argument), count > 0 else {
      throw Diagnostic(".history takes a number, found '\(argument)'", at: nil)
    }
    for entry in history.suffix(count) {
      let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
      try console.lines(lines.map { SafeText.escapedLine(String($0)) })
    }
    return .allRan
  }

  func clearScreen() throws -> ProgramEnd {
    if Terminal.understandsEscapes(1) { try console.lines(["\u{1B}[H\u{1B}[2J\u{1B}[H"]) }
    return .allRan
  }

  /// Rows that `.last` shows at most: a terminal is no place for more.
  private static let wholeRows = 10_000
  /// How deep files may read files.
  private static let deepest = 16
}
