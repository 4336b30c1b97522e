import Checking
import Columns
import Diagnostics
import Results
import Tasks

@testable import Engine

/// How the engine is run: results must not depend on any of it.
struct EngineSetting: CustomStringConvertible {
  var threads = 2
  /// The rows of a segment of the tables, more where there would be over 64 segments: blocks are
  /// never longer.
  var segmentRows = 1 << 16
  var blockRows = 1 << 14
  var optimises = true

  var description: String {
    "\(threads) threads, segments of \(segmentRows), blocks of \(blockRows), optimiser "
      + (optimises ? "on" : "off")
  }

  static let all: [EngineSetting] = [1, 2, 7].flatMap { threads in
    [(1, 64), (7, 64), (64, 64), (1 << 16, 64), (1 << 16, 1 << 14)].flatMap { segment, block in
      [true, false].map {
        EngineSetting(threads: threads, segmentRows: segment, blockRows: block, optimises: $0)
      }
    }
  }
}

/// What the engine says to a case.
enum EngineAnswer {
  case rows(Relation)
  /// The messages, and whether the program was refused before it ran.
  case failure(String, isRefusal: Bool)
}

extension OracleCase {
  /// Parses, checks, optimises and evaluates the program over the tables.
  func answer(_ setting: EngineSetting) -> EngineAnswer {
    var settings = SessionSettings(
      workers: Workers(count: setting.threads), now: { 1_711_929_600_000_000 })
    settings.optimises = setting.optimises
    settings.blockRows = setting.blockRows
    let session = Session(settings: settings)
    for (name, relation) in tables {
      session.scope.tables[name] = Table(
        name: name, fields: relation.fields, rows: relation.rows,
        segmentRows: max(setting.segmentRows, relation.rows.count / 64))
    }
    var answer = EngineAnswer.failure("nothing", isRefusal: true)
    var messages: [Diagnostic] = []
    _ = session.run(Source(name: "case", text: pipeline.program)) { event in
      switch event {
      case .result(let result):
        if case .table(let table) = result.content { answer = .rows(Relation(table)) }
      case .diagnostic(let diagnostic, _):
        if diagnostic.severity == .error { messages.append(diagnostic) }
      case .loadReport: break
      }
    }
    if messages.isEmpty { return answer }
    let text = messages.map { $0.message + ($0.hint.map { ": \($0)" } ?? "") }
    return .failure(
      text.joined(separator: "; "), isRefusal: messages.contains { $0.blame == .query })
  }
}

extension Relation {
  init(_ table: Table) {
    self.init(fields: table.schema.fields, rows: (0..<table.rowCount).map { table.row($0) })
  }
}
