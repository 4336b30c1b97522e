import ArgumentParser
import Glibc
import Shell
import Tasks

/// The command line: what the arguments are, and the code that the process ends with.
@main
struct DecoyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decoy",
    abstract: "Asks questions of exported follower lists: who is fake, quiet, engaged.",
    usage: """
      decoy [FILE …] [-c PROGRAM] … [options]
      decoy run SCRIPT.dq [FILE …] [--param NAME=VALUE …] [--keep-going]
      decoy audit FILE … [--names]
      decoy convert IN OUT [--no-types]
      decoy batch
      decoy simulate OUT.csv [--days N] [--spike DAY:COUNT:FAKESHARE] …
      """,
    discussion: """
      Each FILE is loaded as a table named after it. Without -c, a terminal gets
      the shell, and a pipe or file is read as a program. Results go to standard
      output, everything else to standard error. Several -c run in order, in one
      session.

      SESSION OPTIONS (of every command that runs programs):
        --format F       table, csv, tsv, json, jsonl or markdown
        --threads N      threads; all cores unless given
        --tz ZONE        where days begin, such as Europe/Berlin; UTC
        --color WHEN     auto, always or never
        --safe           no writing, no reading outside the named files
        --keep-going     go on after a statement that failed

      EXAMPLES:
        decoy -c '10k / 37'
        decoy acme.csv -c 'acme | ratio friends / followers by lang'
        decoy audit acme.csv rival.csv
        decoy acme.csv.gz -c 'acme | group by day(followed_at)' --format json
        echo 'load "exports/*.csv" as all; all | count by account' | decoy
        decoy simulate demo.csv --spike 120:2500:0.9
        decoy demo.csv -c 'demo | take 5'

      EXIT STATUS:
        0 all ran; 1 a statement failed; 2 the command line was wrong;
        130 interrupted.
      """,
    version: "decoy \(InteractiveShell.version)",
    subcommands: [
      QueryCommand.self, RunCommand.self, AuditCommand.self, BatchCommand.self, ConvertCommand.self,
      SimulateCommand.self,
    ],
    defaultSubcommand: QueryCommand.self
  )

  /// Wrong arguments end with 2, as design part 5 says; ArgumentParser's own code for them is 64.
  static func main() {
    Interrupts.install()
    FreedMemory.keep()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let code as ExitCode {
      Glibc.exit(code.rawValue)
    } catch is Interrupted {
      StandardError.line("interrupted")
      Glibc.exit(130)
    } catch {
      let isHelp = exitCode(for: error) == .success
      let text = fullMessage(for: error)
      if isHelp { print(text) } else { StandardError.line(text) }
      Glibc.exit(isHelp ? 0 : 2)
    }
  }
}
