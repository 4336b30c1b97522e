import ArgumentParser
import Calendars
import Formats
import Glibc
import Shell
import Simulating
import Tasks

/// `decoy simulate OUT`: a follower list with planted purchases, the same for the same seed.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Makes a follower list with planted truth, for trying and testing.",
    usage: "decoy simulate OUT.csv [--days N] [--rate N] [--seed N] [--spike …] [--viral …] …",
    discussion: """
      Every person is invented. DAY is a date or a number of days after the start. The rows are
      newest first; --truth writes what was planted as JSON.
      """
  )

  @Argument(help: "The file to write, or `-` for standard output.")
  var destination: String

  @Option(help: "Days of the list.")
  var days = 365

  @Option(help: "Usual new followers a day.")
  var rate = 40.0

  @Option(help: "The seed; the same seed and options give the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "The first day, such as 2024-01-01.")
  var start: String?

  @Option(help: "A column `account` with this name.")
  var account: String?

  @Option(name: .customLong("spike"), help: "DAY:COUNT:FAKESHARE, a bought block in six hours.")
  var spikes: [String] = []

  @Option(name: .customLong("viral"), help: "DAY:PEAK, real people, halving every day.")
  var virals: [String] = []

  @Option(name: .customLong("drip"), help: "FROM:TO:PERDAY, a few fakes every day.")
  var drips: [String] = []

  @Option(name: .customLong("purge"), help: "DAY:SHARE, that share of the fakes is removed.")
  var purges: [String] = []

  @Option(name: .customLong("gap"), help: "FROM:TO, the followers of these days are lost.")
  var gaps: [String] = []

  @Flag(help: "Leave out the column followed_at.")
  var noTimes = false

  @Option(help: "Names of the columns: canonical, or twitter for those of its first API.")
  var columns = SimulationOptions.Columns.canonical

  @Option(help: "A file for what was planted, as JSON.")
  var truth: String?

  @Flag(help: "Replace files that are there.")
  var replace = false

  @Option(help: "A CSV file for the class of every follower, by id.")
  var labels: String?

  func run() throws {
    let options: SimulationOptions
    do throws(SimulationError) {
      options = try simulationOptions()
    } catch {
      throw ValidationError(error.message)
    }
    do {
      try write(options)
    } catch is StandardOutput.ReaderGone {
      return
    } catch let failure as StandardOutput.Failure {
      throw fail(failure.message)
    } catch let problem as AtomicFile.Problem {
      throw fail(problem.message + (problem.hint.map { ": \($0)" } ?? ""))
    } catch let error as SimulationError {
      throw ValidationError(error.message)
    }
  }

  private func simulationOptions() throws(SimulationError) -> SimulationOptions {
    var options = SimulationOptions()
    options.days = days
    options.rate = rate
    options.seed = seed
    options.account = account
    options.hasTimes = !noTimes
    options.columns = columns
    if let start {
      guard let first = periodLiteral(start, zone: .utc)?.firstDay else {
        throw SimulationError("--start takes a date, found '\(start)'")
      }
      options.start = first
    }
    for text in spikes { options.spikes.append(try Spike(text)) }
    for text in virals { options.virals.append(try Viral(text)) }
    for text in drips { options.drips.append(try Drip(text)) }
    for text in purges { options.purges.append(try Purge(text)) }
    for text in gaps { options.gaps.append(try Gap(text)) }
    return options
  }

  private func write(_ options: SimulationOptions) throws {
    let simulation = try Simulation(options)
    let labelFile = try labels.map { try open($0) }
    let writeLabels = labelFile.map { file in { (bytes: [UInt8]) in try file.append(bytes) } }
    let planted: SimulationTruth
    if destination == "-" {
      let output = StandardOutput(isInterruptible: true)
      planted = try simulation.write(
        to: { bytes in
          try stopIfAsked()
          try bytes.withUnsafeBytes { try output.bytes($0) }
        }, labels: writeLabels)
      try output.flush()
    } else {
      let file = try open(destination)
      planted = try simulation.write(
        to: { bytes in
          try stopIfAsked()
          try file.append(bytes)
        }, labels: writeLabels)
      try file.commit()
    }
    try labelFile?.commit()
    if let truth {
      let file = try open(truth)
      try file.append(Array(planted.json.utf8))
      try file.commit()
    }
  }

  /// Ctrl-C leaves no file: one that is not committed is removed.
  private func stopIfAsked() throws {
    if Interrupts.cancellation.isRequested { throw Interrupted() }
  }

  private func open(_ path: String) throws -> AtomicFile {
    try AtomicFile(path, replaces: replace)
  }

  private func fail(_ message: String) -> ExitCode {
    StandardError.line("error: " + message)
    return ExitCode(1)
  }
}

extension SimulationOptions.Columns: ExpressibleByArgument {}
