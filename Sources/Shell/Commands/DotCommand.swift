import Diagnostics
import Engine
import Formats
import Rendering

/// A command of the shell itself, such as `.tables`.
///
/// One table of them is what runs, what help explains and what Tab completes.
struct DotCommand {
  let description: CommandDescription
  /// Other names, understood and not listed.
  var also: [String] = []
  /// What it does with the text behind its name; throws a `Diagnostic`, or what output throws.
  let run: (StatementRunner, String) throws -> ProgramEnd

  private init(
    _ usage: String, _ summary: String, _ argument: CommandDescription.Argument = .none,
    also: [String] = [], run: @escaping (StatementRunner, String) throws -> ProgramEnd
  ) {
    let name = usage.dropFirst().prefix { $0 != " " }
    description = CommandDescription(
      name: String(name), usage: usage, summary: summary, argument: argument)
    self.also = also
    self.run = run
  }

  /// All commands, in the order of the help.
  static func all() -> [DotCommand] {
    [
      DotCommand(".help [WORD]", "explains a verb, function, topic or command", .topic, also: ["h"])
      {
        try $0.showHelp(on: $1)
      },
      DotCommand(".tables", "lists the tables and the names given by let and def", also: ["t"]) {
        runner, _ in try runner.showTables()
      },
      DotCommand(".schema [TABLE]", "lists the columns of a table, or of all", .table) {
        try $0.showSchema(of: $1)
      },
      DotCommand(".read FILE", "runs a file of statements", .file) { try $0.readFile($1) },
      DotCommand(".output [FILE]", "has results go to a new file; without FILE here again", .file) {
        try $0.setOutput($1)
      },
      DotCommand(
        ".format [FORM]", "how results are written", .choice(ResultWriter.Form.names)
      ) { try $0.setFormat($1) },
      DotCommand(".timer on|off", "whether the time of each statement is shown", .choice(onOff)) {
        try $0.setTimer($1)
      },
      DotCommand(".last", "shows the last result again, whole") { runner, _ in try runner.showLast()
      },
      DotCommand(".history [N]", "lists the last statements") { try $0.showHistory($1) },
      DotCommand(".clear", "clears the screen") { runner, _ in try runner.clearScreen() },
      DotCommand(
        ".theme NAME", "colours for a dark or a light background, or none",
        .choice(Theme.allCases.map(\.rawValue))
      ) { try $0.setTheme($1) },
      DotCommand(".quit", "leaves; so does Ctrl-D", also: ["exit", "q"]) { runner, _ in
        runner.isOver = true
        return .allRan
      },
    ]
  }

  static let onOff = ["on", "off"]

  /// The descriptions of all commands.
  static func descriptions() -> [CommandDescription] { all().map(\.description) }
}

extension StatementRunner {
  /// Whether a line is a dot command: `.5 + 1` is none.
  static func isCommand(_ line: some StringProtocol) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard text.first == "." else { return false }
    return text.dropFirst().first.map { !$0.isNumber } ?? true
  }

  /// Runs a line that is a dot command.
  func runCommand(_ line: String) throws -> ProgramEnd {
    let text = line.drop { $0 == " " || $0 == "\t" }.dropFirst()
    let name = text.prefix { $0 != " " && $0 != "\t" }.lowercased()
    let argument = Self.unquoted(text.dropFirst(name.count))
    let commands = DotCommand.all()
    guard
      let command = commands.first(where: { $0.description.name == name || $0.also.contains(name) })
    else {
      let near = Suggestion.nearest(to: name, among: commands.map(\.description.name))
      let hint = near.first.map { "did you mean '.\($0)'?" } ?? ".help lists all"
      console.show(Diagnostic("no command '.\(name)'", hint: hint, at: nil), in: nil)
      return .failed
    }
    do {
      return try command.run(self, argument)
    } catch let problem as Diagnostic {
      console.show(problem, in: nil)
      return .failed
    }
  }

  /// Without blanks around it, and without quotes where a name stands in them.
  private static func unquoted(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace || last == ";" { text = text.dropLast() }
    if let first = text.first, text.count >= 2, text.last == first, "\"'`".contains(first) {
      text = text.dropFirst().dropLast()
    }
    return String(text)
  }
}
