import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Shell
import Tasks

/// `decoy convert IN OUT`: the same rows in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes a file in another format: csv, tsv, json, jsonl, markdown, xlsx or arrow.",
    usage: "decoy convert IN OUT [--no-types] [options]",
    discussion: "`-` is standard input or output; columns keep the names of the file."
  )

  @Argument(help: "The file to read, or `-`.")
  var input: String

  @Argument(help: "The file to write, or `-`; its ending says the format, unless --format does.")
  var destination: String

  @Flag(help: "Keep every cell as the text it is.")
  var noTypes = false

  @Flag(help: "Replace a file that is there.")
  var replace = false

  @OptionGroup var options: SessionOptions

  func run() throws {
    let console = options.makeConsole()
    try console.finish {
      let session = options.makeSession(files: [input])
      let events = ProgressLine.during(session.settings.workers.progress) {
        session.convert(
          input, to: destination == "-" ? nil : destination, format: options.format,
          keepsText: noTypes, replaces: replace)
      }
      for event in events.events { try console.show(event) }
      if let problem = session.damageWhileShown() {
        try console.show(problem)
        return .failed
      }
      return events.end
    }
  }
}
