import Engine
import Glibc
import Shell
import Tasks

extension Console {
  /// Runs work that writes, and ends the process with the code that says how it went.
  ///
  /// Throws `Interrupted` where it was stopped.
  func finish(_ work: () throws -> ProgramEnd) throws -> Never {
    let end: ProgramEnd
    do {
      end = try work()
      try flush()
    } catch is StandardOutput.ReaderGone {
      Glibc.exit(0)
    } catch let failure as StandardOutput.Failure {
      StandardError.line("error: " + failure.message)
      Glibc.exit(1)
    }
    switch end {
    case .allRan: Glibc.exit(hasFailed ? 1 : 0)
    case .failed: Glibc.exit(1)
    case .interrupted: throw Interrupted()
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
