import Checking
import Diagnostics
import Engine
import Glibc
import Parsing
import Plans
import Rendering
import Tasks

/// The shell: a prompt, statements of one or several lines, their results.
package final class InteractiveShell {
  private let runner: StatementRunner
  private let lines: any LineReading
  private let historyFile: HistoryFile?
  private var saidNoHistory = false
  private var statementCount = 0

  private static let prompt = "decoy>"
  private static let continuation = "  ...>"

  /// Whether statements can be typed here: a terminal to read from and one to draw on.
  package static var isPossible: Bool {
    Terminal.isTerminal(STDIN_FILENO)
      && (Terminal.isTerminal(STDOUT_FILENO) || Terminal.isTerminal(STDERR_FILENO))
  }

  /// Joins a runner to the terminal; `--safe` writes no history.
  package init(_ runner: StatementRunner) {
    Interrupts.installForShell()
    self.runner = runner
    let descriptor = Terminal.isTerminal(STDOUT_FILENO) ? STDOUT_FILENO : STDERR_FILENO
    let session = runner.session
    let console = runner.console
    let editor =
      Terminal.understandsEscapes(descriptor)
      ? LineEditor(
        descriptor: descriptor, paint: { console.errorStyle.paint($0, .prompt) },
        complete: { text, cursor in Self.completion(of: text, cursor, session) }) : nil
    lines = editor ?? PlainLines()
    historyFile = HistoryFile.standard()
    runner.history = historyFile?.load() ?? []
    for entry in runner.history { lines.remember(entry) }
    runner.showsTime = Terminal.isTerminal(STDERR_FILENO)
  }

  /// Reads and runs statements up to `.quit` or Ctrl-D; throws what output throws.
  package func run() throws {
    greet()
    while !runner.isOver, let text = readStatement() {
      let entry = text.trimmed
      if entry.isEmpty { continue }
      record(entry)
      try perform(entry)
    }
  }

  private func greet() {
    let console = runner.console
    console.remark("Decoy \(Self.version): .help explains, Tab completes, Ctrl-D leaves")
    if runner.session.scope.tables.isEmpty {
      console.remark("load \"FILE.csv\" as NAME   then   NAME | count")
    }
  }

  /// The version of the program.
  package static let version = decoyVersion

  // MARK: Reading

  /// A statement, complete as far as the parser can tell; nil at the end.
  private func readStatement() -> String? {
    var before = ""
    while true {
      let prompt = before.isEmpty ? Self.prompt : Self.continuation
      let outcome = lines.readLine(LineRequest(prompt: prompt, before: before))
      switch outcome {
      case .end:
        StandardError.put("\n")
        return nil
      case .interrupted: before = ""
      case .wantsWhole:
        StandardError.put("\n")
        lines.prefill(String(before.dropLast()))
        before = ""
      case .line(let line):
        let text = before + line
        if isWhole(text) { return text }
        before = text + "\n"
      }
    }
  }

  private func isWhole(_ text: String) -> Bool {
    if StatementRunner.isCommand(text) || text.allSatisfy(\.isWhitespace) { return true }
    return isComplete(Source(name: "", text: text)) && !lines.hasContinuation
  }

  private static func completion(of text: String, _ cursor: Int, _ session: Session) -> Completion {
    completions(
      of: text, cursor: cursor, scope: session.scope,
      surroundings: Surroundings(commands: DotCommand.descriptions(), entries: folderEntries(of:)))
  }

  // MARK: Running

  private func perform(_ text: String) throws {
    let words = ["quit", "exit", "help"]
    let scope = runner.session.scope
    var text = text
    if words.contains(text), scope.tables[text] == nil, scope.bindings[text] == nil {
      text = "." + text
    }
    statementCount += 1
    Interrupts.cancellation.reset()
    let started = Self.seconds()
    do {
      let end = try runner.run(Source(name: "statement \(statementCount)", text: text))
      if end == .interrupted {
        sayInterrupted(isInOutput: false)
      } else if runner.showsTime && !StatementRunner.isCommand(text) {
        runner.console.remark(Self.timeText(Self.seconds() - started))
      }
    } catch is Interrupted {
      sayInterrupted(isInOutput: true)
    } catch let failure as StandardOutput.Failure {
      runner.console.show(Diagnostic(failure.message, at: nil, blame: .system), in: nil)
    }
    Interrupts.cancellation.reset()
    if Interrupts.isEnding { runner.isOver = true }
  }

  /// Says it on a line of its own: the terminal has shown `^C` where the cursor was.
  private func sayInterrupted(isInOutput: Bool) {
    ProgressLine.wipe()
    let isPlain = isInOutput || !Terminal.understandsEscapes(STDERR_FILENO)
    StandardError.put(isPlain ? "\n" : "\r\u{1B}[K")
    runner.console.remark("interrupted")
  }

  private func record(_ entry: String) {
    if runner.history.last != entry {
      runner.history.append(entry)
      lines.remember(entry)
    }
    guard !runner.session.settings.isSafe, let file = historyFile else { return }
    guard let problem = file.append(entry), !saidNoHistory else { return }
    saidNoHistory = true
    let path = SafeText.escaped(file.path)
    runner.console.remark("the history is not kept: \(path): \(problem)")
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// `0.012 s`: to the millisecond.
  private static func timeText(_ seconds: Double) -> String {
    let milliseconds = Int(seconds * 1000)
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest + " s"
  }
}

extension String {
  /// Without blanks and line ends around it.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    return String(text)
  }
}
