import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Results
import Shell
import Tasks

/// `decoy run SCRIPT.dq`: a saved program with parameters.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a saved script.",
    usage: "decoy run SCRIPT.dq [FILE …] [--param NAME=VALUE …] [--keep-going] [options]",
    discussion: "`decoy run SCRIPT.dq --help` says what a script answers, and its parameters.",
    helpNames: []
  )

  @Argument(help: "The script.")
  var script: String?

  @Argument(help: "Files to load; each becomes a table named after it.")
  var files: [String] = []

  @Option(name: .customLong("param"), help: "A value for one of the script's parameters.")
  var parameters: [String] = []

  @Flag(help: "Go on after a statement that failed; the exit status is still 1.")
  var keepGoing = false

  @Flag(name: [.short, .long], help: "Say what the script answers, and its parameters.")
  var help = false

  @OptionGroup var options: SessionOptions

  func validate() throws {
    if script == nil && !help { throw ValidationError("which script? decoy run SCRIPT.dq") }
    for parameter in parameters where parameter.firstIndex(of: "=") == nil {
      throw ValidationError("--param takes NAME=VALUE, found '\(parameter)'")
    }
  }

  func run() throws {
    guard let script else { throw CleanExit.helpRequest(self) }
    let console = options.makeConsole(showsPlaces: true)
    try console.finish {
      let text: String
      switch InputText.file(script) {
      case .success(let read): text = read
      case .failure(let problem):
        StandardError.line("error: cannot read '\(script)': \(problem.message)")
        return .failed
      }
      if help {
        let description = ScriptDescription(Source(name: script, text: text))
        try console.show(.result(StatementResult(.text(description.lines(path: script)))))
        return .allRan
      }
      let session = options.makeSession(files: files)
      session.parameterTexts = namedValues
      let end = try session.load(files, on: console)
      if end != .allRan { return end }
      return try ProgressLine.during(session.settings.workers.progress) {
        try session.run(Source(name: script, text: text), keepsGoing: keepGoing) {
          try console.show($0)
        }
      }
    }
  }

  private var namedValues: [String: String] {
    let pairs = parameters.map { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    return Dictionary(pairs) { _, last in last }
  }
}
