package import Checking
import Columns
package import Diagnostics
import Kernels
import Parsing
import Plans
import Tasks
import Verbs

/// A session: the tables that are loaded, the names that are given, the last result.
///
/// The only place where the stages meet: parse, check, optimise, evaluate; files in and out. It is
/// used from one thread; evaluation spreads over all cores by itself.
package final class Session {
  package let settings: SessionSettings
  /// What statements may name.
  package internal(set) var scope: Scope
  /// Values for `param`, as text, by name; from the command line.
  package var parameterTexts: [String: String] = [:]
  /// The tables of the files of the command line, by name.
  package internal(set) var fileTables: [String] = []
  /// The parameters of the program that take a table and were given none, in their order.
  var openTableParameters: [String] = []
  /// The files in which values of tables still are.
  var mappedFiles = MappedFiles()
  private let hashes = FileHashes()

  /// A session without tables.
  package init(settings: SessionSettings) {
    self.settings = settings
    scope = Scope(
      verbs: .standard, now: settings.now(), zone: settings.zone,
      checkRegex: { Kernels.checkRegex($0) })
    scope.compute = { plan in Self.computed(plan, settings) }
    scope.hashOfFile = { [hashes] path in Self.sha256(path, settings, hashes) }
    scope.readText = { path in Self.smallText(path, settings) }
  }

  /// Begins with the hashes of the command line's files, which their audits will name, where a core may be
  /// free for them.
  package func beginHashes() {
    guard settings.workers.count > 1 else { return }
    let paths = fileTables.flatMap { scope.tables[$0]?.properties.sources ?? [] }
    hashes.begin(paths, unless: settings.workers.cancellation)
  }

  /// Runs a program statement by statement and tells what each gives.
  ///
  /// Ends at the first statement that fails, unless `keepsGoing`. A statement that does not parse
  /// fails in its turn: what stands before it has run. Throws only what `tell` throws.
  package func run(
    _ source: Source, keepsGoing: Bool = false, tell: (SessionEvent) throws -> Void
  ) rethrows -> ProgramEnd {
    let (program, problems) = parse(source)
    var end = ProgramEnd.allRan
    var pending = problems[...]
    openTableParameters = tableParametersWithoutValue(of: program)
    for problem in unknownParameters(of: program) {
      try tell(.diagnostic(problem, source: nil))
      return .failed
    }
    for (index, statement) in program.statements.enumerated() {
      // What stands between two statements belongs to the first: `1 1`, `2 ^ 3`.
      let next = program.statements.dropFirst(index + 1).first?.range.start ?? Int.max
      let own = pending.prefix { ($0.range?.start ?? 0) < max(next, statement.range.end) }
      pending = pending.dropFirst(own.count)
      for problem in own { try tell(.diagnostic(problem, source: source)) }
      let isBroken = own.contains { $0.severity == .error }
      var (events, outcome) = isBroken ? ([], .failed) : run(statement, of: source)
      for event in events { try tell(event) }
      // Rows are read while they are told.
      if outcome == .allRan, let problem = damage(at: statement.range) {
        try tell(.diagnostic(problem, source: source))
        outcome = .failed
      }
      if outcome == .interrupted { return .interrupted }
      if outcome == .failed {
        end = .failed
        if !keepsGoing { return end }
      }
    }
    for problem in pending { try tell(.diagnostic(problem, source: source)) }
    return pending.contains { $0.severity == .error } ? .failed : end
  }

  private func run(_ statement: Statement, of source: Source) -> ([SessionEvent], ProgramEnd) {
    scope.now = settings.now()
    mappedFiles.watch()
    var events: [SessionEvent] = []
    do throws(StatementFailure) {
      try loadFiles(of: statement, into: &events)
      let (checked, diagnostics) = check(statement, in: scope)
      // Checking computes where columns depend on rows.
      if settings.workers.cancellation.isRequested { throw .interrupted }
      events += diagnostics.map { .diagnostic($0, source: source) }
      guard let checked, !diagnostics.contains(where: { $0.severity == .error }) else {
        return (events, .failed)
      }
      try perform(checked, into: &events)
      if let problem = damage(at: statement.range) {
        events.removeAll { if case .result = $0 { true } else { false } }
        throw StatementFailure.diagnostic(problem)
      }
      return (events, .allRan)
    } catch {
      switch error {
      case .interrupted: return (events, .interrupted)
      case .diagnostic(let diagnostic):
        // So that a script's reader finds the statement.
        let placed = diagnostic.placed(at: statement.range)
        return (events + [.diagnostic(placed, source: source)], .failed)
      }
    }
  }
}

/// Why a statement ended without a result.
enum StatementFailure: Error {
  case diagnostic(Diagnostic)
  case interrupted

  /// A failure of the data, of a file or of the system at a place of the program.
  static func because(
    _ message: String, hint: String? = nil, at range: SourceRange? = nil,
    blame: Diagnostic.Blame = .system
  ) -> StatementFailure {
    .diagnostic(Diagnostic(message, hint: hint, at: range, blame: blame))
  }
}
