import ArgumentParser
import Diagnostics
import Engine
import Formats
import Glibc
import Rendering
import Results
import Tasks

/// Joins a session to standard output and standard error.
final class Console {
  private let output = StandardOutput()
  private var writer: ResultWriter
  private let errors: DiagnosticText
  private var hasFailed = false

  init(_ options: SessionOptions, showsPlaces: Bool) {
    writer = options.makeWriter()
    errors = DiagnosticText(style: options.style(of: STDERR_FILENO), showsPlace: showsPlaces)
  }

  /// Shows one event: rows to standard output, words to standard error.
  func show(_ event: SessionEvent) throws {
    ProgressLine.wipe()
    switch event {
    case .loadReport(let lines): lines.forEach(StandardError.line)
    case .diagnostic(let diagnostic, let source): show(diagnostic, in: source)
    case .result(let result): try show(result)
    }
  }

  func show(_ diagnostic: Diagnostic, in source: Source?) {
    errors.lines(diagnostic, in: source).forEach(StandardError.line)
  }

  private func show(_ result: StatementResult) throws {
    do {
      try writer.write(result) { try output.bytes($0) }
    } catch let problem as Diagnostic {
      show(problem, in: nil)
      hasFailed = true
    }
    try output.flush()
    result.notes.forEach { StandardError.line("note: " + $0) }
  }

  /// Runs work that writes, and ends the process with the code that says how it went.
  func finish(_ work: () throws -> ProgramEnd) throws -> Never {
    let end: ProgramEnd
    do {
      end = try work()
      try output.flush()
    } catch is StandardOutput.ReaderGone {
      Glibc.exit(0)
    } catch let failure as StandardOutput.Failure {
      StandardError.line("error: " + failure.message)
      Glibc.exit(1)
    }
    switch end {
    case .allRan: Glibc.exit(hasFailed ? 1 : 0)
    case .failed: Glibc.exit(1)
    case .interrupted:
      StandardError.line("interrupted")
      Glibc.exit(130)
    }
  }
}

extension Session {
  /// Loads files of the command line, each under its own name; stops at the first that fails.
  func load(_ files: [String], on console: Console) throws -> ProgramEnd {
    for file in files {
      let (events, end) = ProgressLine.during(settings.workers.progress) { loadFile(file) }
      for event in events { try console.show(event) }
      if end != .allRan { return end }
    }
    return .allRan
  }
}
