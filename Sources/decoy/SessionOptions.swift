import ArgumentParser
import Calendars
import Diagnostics
import Engine
import Formats
import Glibc
import Shell
import Tasks

/// The options that every command with a session takes.
struct SessionOptions: ParsableArguments {
  @Option(help: "How results are written: table, csv, tsv, json, jsonl or markdown.")
  var format: String?

  @Option(help: "The number of threads; all cores unless given.")
  var threads: Int?

  @Option(
    name: .customLong("tz"),
    help: "The time zone of days and of shown times, such as Europe/Berlin.")
  var zone: String = "UTC"

  @Option(help: "Colours: auto, always or never.")
  var color: Colours = .auto

  @Flag(help: "No writing, and no reading outside the files named here.")
  var safe = false

  @Flag(help: .hidden)
  var noOptimiser = false

  func validate() throws {
    if let format, ResultWriter.Form(named: format) == nil {
      let names = ResultWriter.Form.names
      let hint = Suggestion.hint(for: format, among: names)
      throw ValidationError(
        "no format '\(format)': \(hint ?? "the formats are \(names.joined(separator: ", "))")")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 1024, found \(threads)")
    }
    if TimeZoneRules.named(zone) == nil {
      let hint = Suggestion.hint(for: zone, among: TimeZoneRules.allIdentifiers())
      throw ValidationError("no time zone '\(zone)'" + (hint.map { ": \($0)" } ?? ""))
    }
  }

  /// The zone; checked by `validate`.
  var timeZone: TimeZoneRules { TimeZoneRules.named(zone) ?? .utc }

  /// A session over the named files, which are not loaded yet.
  func makeSession(files: [String]) -> Session {
    var settings = SessionSettings(
      workers: Workers(count: threads, cancellation: Interrupts.cancellation),
      now: { Self.microsecondsNow() })
    settings.zone = timeZone
    settings.isSafe = safe
    settings.namedFiles = Set(files)
    settings.optimises = !noOptimiser
    return Session(settings: settings)
  }

  /// Where results and words go.
  func makeConsole(
    showsPlaces: Bool = false, isForReader: Bool = false, form fallback: ResultWriter.Form? = nil
  ) -> Console {
    Console(
      form: format.flatMap { ResultWriter.Form(named: $0) } ?? fallback, zone: timeZone,
      colours: color,
      showsPlaces: showsPlaces, isForReader: isForReader)
  }

  private static func microsecondsNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
}

extension Colours: ExpressibleByArgument {}
