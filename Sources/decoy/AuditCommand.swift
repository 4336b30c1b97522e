import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Shell
import Tasks

/// `decoy audit FILE…`: the page on each list.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Prints one page on each follower list: who is fake, which days were bought.",
    usage: "decoy audit FILE … [--names] [--base-rate SHARE] [options]",
    discussion: "All files are loaded first, so that each list is held against the others."
  )

  @Argument(help: "The follower lists.")
  var files: [String]

  @Flag(help: "Print the handles with the highest scores.")
  var names = false

  @Option(help: "The share of fakes where nothing else is known.")
  var baseRate = 0.05

  @OptionGroup var options: SessionOptions

  func run() throws {
    // A reader gets the page also through a pipe; --format gives the rows.
    let console = options.makeConsole(form: .table)
    try console.finish {
      let session = options.makeSession(files: files)
      let end = try session.load(files, on: console)
      if end != .allRan { return end }
      session.beginHashes()
      return try ProgressLine.during(session.settings.workers.progress) {
        try audit(session, console)
      }
    }
  }

  private func audit(_ session: Session, _ console: Console) throws -> ProgramEnd {
    var end = ProgramEnd.allRan
    for table in session.fileTables {
      let text =
        "`\(table)` | audit with names = \(names), base_rate = \(baseRate)"
      let own = try session.run(Source(name: "audit", text: text)) { try console.show($0) }
      if own == .interrupted { return own }
      if own != .allRan { end = own }
    }
    return end
  }
}
