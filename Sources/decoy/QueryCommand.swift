import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Tasks

/// `decoy [FILE …] [-c PROGRAM]`: loads files, runs a program.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Loads files and runs a program; the default.",
    usage: "decoy [FILE …] [-c PROGRAM] [options]"
  )

  @Argument(help: "Files to load; each becomes a table named after it.")
  var files: [String] = []

  @Option(
    name: .customShort("c"), parsing: .unconditional,
    help: "The program to run; standard input unless given.")
  var program: String?

  @Flag(help: "Go on after a statement that failed; the exit status is still 1.")
  var keepGoing = false

  @OptionGroup var options: SessionOptions

  func run() throws {
    let console = Console(options, showsPlaces: false)
    try console.finish {
      let session = options.makeSession(files: files)
      let end = try session.load(files, on: console)
      if end != .allRan { return end }
      guard let source = makeSource() else { return .interrupted }
      return try ProgressLine.during(session.settings.workers.progress) {
        try session.run(source, keepsGoing: keepGoing) { try console.show($0) }
      }
    }
  }

  /// The program; nil when Ctrl-C came while it was read.
  private func makeSource() -> Source? {
    if let program { return Source(name: "-c", text: program) }
    return InputText.standardInput().map { Source(name: "stdin", text: $0) }
  }
}
