import Calendars
import Checking
import Columns
import Diagnostics
import Formats
import Glibc
import Loading
import Parsing
import Plans
import Tasks

/// Files to tables.
extension Session {
  /// Loads a file of the command line under its own name.
  package func loadFile(_ path: String) -> (events: [SessionEvent], end: ProgramEnd) {
    do throws(StatementFailure) {
      let name = unusedName(tableName(forPath: path))
      let loaded = try read(path, as: name, unsaidOptions, at: nil)
      fileTables.append(name)
      return ([.loadReport(define(loaded))], .allRan)
    } catch {
      switch error {
      case .interrupted: return ([], .interrupted)
      case .diagnostic(let diagnostic): return ([.diagnostic(diagnostic, source: nil)], .failed)
      }
    }
  }

  /// Loads the files that a statement names without `load`.
  func loadFiles(of statement: Statement, into events: inout [SessionEvent])
    throws(StatementFailure)
  {
    for (path, range) in requiredFiles(of: statement, verbs: scope.verbs)
    where scope.files[path] == nil {
      let loaded = try read(path, as: tableName(forPath: path), unsaidOptions, at: range)
      events.append(.loadReport(loaded.report.lines()))
      scope.files[path] = loaded.table
    }
  }

  func load(_ request: LoadRequest, into events: inout [SessionEvent]) throws(StatementFailure) {
    let options = try loadOptions(request.options)
    let patterns = request.patterns.map(\.text)
    let name = request.name ?? tableName(forPath: patterns[0])
    for pattern in request.patterns { try requireReadable(pattern.text, at: pattern.range) }
    let loaded = try read(patterns, as: name, options, at: request.patterns[0].range)
    events.append(.loadReport(define(loaded)))
  }

  private func read(
    _ path: String, as name: String, _ options: Loading.LoadOptions, at range: SourceRange?
  ) throws(StatementFailure) -> LoadedTable {
    try requireReadable(path, at: range)
    return try read([path], as: name, options, at: range)
  }

  func read(
    _ patterns: [String], as name: String, _ options: Loading.LoadOptions, at range: SourceRange?
  ) throws(StatementFailure) -> LoadedTable {
    do throws(LoadFailure) {
      let loaded = try Loading.load(
        patterns, as: name, options: options, workers: settings.workers)
      mappedFiles.add(loaded.mappedFiles)
      return loaded
    } catch {
      if settings.workers.cancellation.isRequested { throw .interrupted }
      throw .because(error.message, hint: error.hint, at: range)
    }
  }

  /// The text of a file of under a mebibyte that the session may read; nil where there is none.
  static func smallText(_ path: String, _ settings: SessionSettings) -> String? {
    guard !settings.isSafe || settings.namedFiles.contains(path) else { return nil }
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return count < bytes.count ? String(validating: bytes[..<count], as: UTF8.self) : nil
  }

  /// The SHA-256 of a file that the session may read; nil where there is none.
  static func sha256(
    _ path: String, _ settings: SessionSettings, _ hashes: FileHashes
  ) -> String? {
    guard !settings.isSafe || settings.namedFiles.contains(path) else { return nil }
    return hashes.sha256(of: path, unless: settings.workers.cancellation)
  }

  private func requireReadable(_ path: String, at range: SourceRange?) throws(StatementFailure) {
    guard settings.isSafe, !settings.namedFiles.contains(path) else { return }
    throw .because(
      "--safe reads only the files named on the command line", hint: "name '\(path)' there",
      at: range)
  }

  /// The name, or with `_2`, `_3`, … where a table has it: two files may be called alike.
  private func unusedName(_ name: String) -> String {
    if scope.tables[name] == nil { return name }
    var number = 2
    while scope.tables["\(name)_\(number)"] != nil { number += 1 }
    return "\(name)_\(number)"
  }

  /// Names the tables of a load and gives its report.
  private func define(_ loaded: LoadedTable) -> [String] {
    let name = loaded.table.name
    let replaced = scope.tables[name] == nil ? [] : ["  replaces the table '\(name)' of before"]
    scope.bindings[name] = nil
    scope.scalars[name] = nil
    scope.tables[name] = loaded.table
    if let rejects = loaded.rejects { scope.tables[rejects.name] = rejects }
    let written = Name.written(name)
    let odd = written == name ? [] : ["  its name is written \(written), between backquotes"]
    return loaded.report.lines() + replaced + odd
  }

  /// How files are read of which nothing is said: a date is a day of the session.
  private var unsaidOptions: Loading.LoadOptions {
    var options = Loading.LoadOptions()
    options.dayZone = settings.zone
    return options
  }

  private func loadOptions(_ given: [String: LoadRequest.Option]) throws(StatementFailure)
    -> Loading.LoadOptions
  {
    var options = unsaidOptions
    for (name, option) in given.sorted(by: { $0.key < $1.key }) {
      try set(name, option, in: &options)
    }
    return options
  }

  private func set(
    _ name: String, _ option: LoadRequest.Option, in options: inout Loading.LoadOptions
  ) throws(StatementFailure) {
    switch (name, option.value) {
    case ("header", .bool(let value)): options.header = value
    case ("types", .bool(let value)): options.types = value
    case ("raw", .bool(let value)): options.raw = value
    case ("null", .string(let text)): options.nulls = [text]
    case ("delimiter", .string(let text)): options.delimiter = try delimiter(text, at: option.range)
    case ("encoding", .string(let text)):
      guard let charset = Charset(text) else {
        throw .because(
          "no encoding '\(text)'", hint: "such as windows-1252, windows-1251, shift_jis, utf-8",
          at: option.range, blame: .query)
      }
      options.charset = charset
    case ("zone", .string(let text)):
      guard let zone = TimeZoneRules.named(text) else {
        let hint = Suggestion.hint(for: text, among: TimeZoneRules.allIdentifiers())
        throw .because("no time zone '\(text)'", hint: hint, at: option.range, blame: .query)
      }
      options.zone = zone
    case ("dates", .string(let text)): options.dates = DateOrder(rawValue: text)
    case ("table", .string(let text)): options.table = text
    case ("platform", .string(let text)): options.platform = .init(rawValue: text)
    case ("selection", .string(let text)): options.selection = .init(rawValue: text)
    case ("captured_at", let value): options.capturedAt = value.integer
    case ("stated_followers", let value): options.statedFollowers = value.integer
    default: break
    }
  }

  private func delimiter(_ text: String, at range: SourceRange) throws(StatementFailure) -> UInt8 {
    let text = text == "tab" ? "\t" : text
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 0x22, byte >= 0x20 || byte == 9
    else {
      throw .because(
        "the delimiter is one character", hint: "such as \",\" or \"tab\"", at: range, blame: .query
      )
    }
    return byte
  }
}
