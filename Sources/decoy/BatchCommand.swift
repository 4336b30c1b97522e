import ArgumentParser
import Engine
import Glibc
import Shell
import Tasks

/// `decoy batch`: a line of JSON in, a line of JSON out, in one session.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Answers programs, a line of JSON each, for other programs.",
    usage: "decoy batch [FILE …] [options]",
    discussion: """
      A line {"program": "…"} gives a line {"ok": true, "columns": […], "rows": […], "notes": […],
      "seconds": …} of the last statement's result, or {"ok": false, "errors": […]}. The session
      lives on after an error.
      """
  )

  @Argument(help: "Files to load; each becomes a table named after it.")
  var files: [String] = []

  @OptionGroup var options: SessionOptions

  func run() throws {
    let console = options.makeConsole()
    let output = StandardOutput()
    try console.finish {
      let session = options.makeSession(files: files)
      let end = try session.load(files, on: console)
      if end != .allRan { return end }
      while let line = readLine(strippingNewline: true) {
        if line.allSatisfy(\.isWhitespace) { continue }
        let (bytes, end) = session.answer(line: Array(line.utf8))
        try bytes.withUnsafeBytes { try output.bytes($0) }
        try output.flush()
        if end == .interrupted { return .interrupted }
      }
      return Interrupts.cancellation.isRequested ? .interrupted : .allRan
    }
  }
}
