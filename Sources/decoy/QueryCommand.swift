import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Shell
import Tasks

/// `decoy [FILE …] [-c PROGRAM]`: loads files, runs a program, or the shell.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Loads files and runs a program or the shell; the default.",
    usage: "decoy [FILE …] [-c PROGRAM] … [options]"
  )

  @Argument(help: "Files to load; each becomes a table named after it.")
  var files: [String] = []

  @Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: "The program to run; several run in order. The shell, or standard input, unless given.")
  var programs: [String] = []

  @Flag(help: "Go on after a statement that failed; the exit status is still 1.")
  var keepGoing = false

  @OptionGroup var options: SessionOptions

  private static let otherCommands = ["run", "audit", "batch", "convert", "simulate"]

  /// Another command behind options is taken for a file.
  func validate() throws {
    let command = files.first { Self.otherCommands.contains($0) && access($0, F_OK) != 0 }
    guard let command else { return }
    throw ValidationError(
      "the command stands first, files and options behind it: decoy \(command) … --threads 1")
  }

  func run() throws {
    let isShell = programs.isEmpty && InteractiveShell.isPossible
    let console = options.makeConsole(isForReader: isShell)
    try console.finish {
      let session = options.makeSession(files: files)
      let runner = StatementRunner(session: session, console: console, keepsGoing: keepGoing)
      if isShell { return try runShell(runner) }
      let end = try session.load(files, on: console)
      if end != .allRan { return end }
      if programs.isEmpty { return try runInput(runner) }
      return try ProgressLine.during(session.settings.workers.progress) {
        try runPrograms(runner)
      }
    }
  }

  /// The programs in order, in one session; one that fails ends the run, unless it is to go on.
  private func runPrograms(_ runner: StatementRunner) throws -> ProgramEnd {
    var end = ProgramEnd.allRan
    for text in programs {
      let source = Source(name: "-c", text: text)
      let own = try runner.session.run(source, keepsGoing: keepGoing) {
        try runner.console.show($0)
      }
      if own != .allRan { end = own }
      if own == .interrupted || (own == .failed && !keepGoing) { break }
    }
    return end
  }

  /// The shell; a file that cannot be loaded, or Ctrl-C while it is, does not end it.
  private func runShell(_ runner: StatementRunner) throws -> ProgramEnd {
    let shell = InteractiveShell(runner)
    for file in files {
      if try runner.session.load([file], on: runner.console) == .interrupted {
        runner.console.remark("interrupted")
        break
      }
    }
    try shell.run()
    return .allRan
  }

  /// Statements and dot commands from a pipe or a file.
  private func runInput(_ runner: StatementRunner) throws -> ProgramEnd {
    guard let text = InputText.standardInput() else { return .interrupted }
    return try runner.run(Source(name: "stdin", text: text))
  }
}
