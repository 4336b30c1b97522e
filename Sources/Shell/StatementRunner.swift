package import Diagnostics
package import Engine
import Glibc
import Parsing
import Results
import Tasks

/// Runs statements and dot commands, whoever typed them: the prompt, a pipe, a file of `.read`.
package final class StatementRunner {
  package let session: Session
  package let console: Console
  /// Whether the rest runs after a statement that failed.
  package let keepsGoing: Bool
  /// Whether the time of each text is said.
  var showsTime = false
  /// Set by `.quit`.
  package internal(set) var isOver = false
  /// What `.last` shows again.
  var lastResult: StatementResult?
  /// What was typed, oldest first.
  var history: [String] = []
  /// How many files read each other.
  var depth = 0

  /// Joins a session to where results are shown.
  package init(session: Session, console: Console, keepsGoing: Bool = false) {
    self.session = session
    self.console = console
    self.keepsGoing = keepsGoing
  }

  /// Runs a text in which dot commands may stand on lines of their own.
  ///
  /// Ends at the first that fails unless `keepsGoing`. Throws what output throws: `ReaderGone`,
  /// `Failure`, and `Interrupted` in its middle.
  package func run(_ source: Source) throws -> ProgramEnd {
    var end = ProgramEnd.allRan
    for part in Self.parts(of: source) {
      let outcome =
        switch part {
        case .command(let line): try runCommand(line)
        case .program(let program): try runProgram(program)
        }
      if outcome == .interrupted { return .interrupted }
      if outcome == .failed { end = .failed }
      if isOver || end == .failed && !keepsGoing { return end }
    }
    return end
  }

  private func runProgram(_ source: Source) throws -> ProgramEnd {
    try ProgressLine.during(session.settings.workers.progress) {
      try session.run(source, keepsGoing: keepsGoing) { event in
        if case .result(let result) = event, result.isShown { lastResult = result }
        try console.show(event)
      }
    }
  }

  /// A command, or what stands between two of them.
  private enum Part {
    case command(String)
    case program(Source)
  }

  /// Cuts a text at its dot commands; places in the programs stay those of the whole text.
  private static func parts(of source: Source) -> [Part] {
    guard source.bytes.contains(UInt8(ascii: ".")) else { return [.program(source)] }
    var parts: [Part] = []
    var lines: [String] = []
    var first = 0
    func finish() {
      defer { lines = [] }
      if lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return }
      let text = String(repeating: "\n", count: first) + lines.joined(separator: "\n")
      parts.append(.program(Source(name: source.name, text: text)))
    }
    for number in 0..<source.lineStarts.count {
      let line = source.line(number + 1)
      if isCommand(line), isComplete(Source(name: "", text: lines.joined(separator: "\n"))) {
        finish()
        parts.append(.command(line))
        first = number + 1
      } else {
        lines.append(line)
      }
    }
    finish()
    return parts
  }
}

extension StatementResult {
  /// Whether there is something to show again.
  fileprivate var isShown: Bool {
    if case .nothing = content { false } else { true }
  }
}
