import Checking
import Columns
import Diagnostics
import Glibc
import Results
import Simulating
import Tasks

@testable import Engine

/// A simulated list as a reader loads it, and the class and event of every follower by id.
struct MadeList {
  /// Its tables: `list`, and `truth` (`id`, `class`, `event`).
  let tables: [String: Table]

  init(_ options: SimulationOptions) throws {
    var (bytes, labels): ([UInt8], [UInt8]) = ([], [])
    _ = try Simulation(options).write(to: { bytes += $0 }, labels: { labels += $0 })
    tables = try Self.loaded(["list": bytes, "truth": labels])
  }

  /// Files as a reader loads them, by name.
  static func loaded(_ files: [String: [UInt8]]) throws -> [String: Table] {
    var template = Array("/tmp/decoy-analyst-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw NoFolder() }
    let folder = String(cString: made)
    let session = Session(settings: SessionSettings(workers: Workers(count: 2), now: { laterThen }))
    for (name, bytes) in files {
      let path = "\(folder)/\(name).csv"
      guard let file = fopen(path, "w") else { throw NoFolder() }
      _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      fclose(file)
      _ = session.loadFile(path)
      unlink(path)
    }
    rmdir(folder)
    return session.scope.tables
  }

  var list: Table { tables["list"] ?? Table(name: "list", fields: [], rows: []) }

  private struct NoFolder: Error {}
}

/// 2026-01-01T00:00:00Z: after every date of these lists.
let laterThen: Int64 = 1_767_225_600_000_000

/// How a program is run: its answer must not depend on it.
struct Setting: CustomStringConvertible {
  var threads = 2
  var segmentRows = 1 << 16

  var description: String { "\(threads) threads, segments of \(segmentRows)" }

  /// Beside one thread over one segment.
  static let others = [
    Setting(threads: 2, segmentRows: 1024), Setting(threads: 7, segmentRows: 333),
    Setting(threads: 7, segmentRows: 1 << 16),
  ]
}

/// What a program says over some tables.
struct Answer {
  /// The columns and rows of the last table.
  var columns: [String] = []
  var rows: [[Scalar]] = []
  var notes: [String] = []
  var errors: [String] = []

  init(_ program: String, over tables: [String: Table], _ setting: Setting = Setting()) {
    let session = Session(
      settings: SessionSettings(workers: Workers(count: setting.threads), now: { laterThen }))
    for (name, table) in tables {
      session.scope.tables[name] = table.recut(setting.segmentRows)
    }
    _ = session.run(Source(name: "test", text: program)) { event in
      switch event {
      case .result(let result):
        notes += result.notes
        switch result.content {
        case .table(let table), .report(let table), .comparison(let table):
          columns = table.schema.names
          rows = (0..<table.rowCount).map { table.row($0) }
        case .scalar, .text, .nothing: break
        }
      case .diagnostic(let diagnostic, _): errors.append(diagnostic.message)
      case .loadReport: break
      }
    }
  }

  /// The cells of a column; none where there is no such column.
  func column(_ name: String) -> [Scalar] {
    guard let place = columns.firstIndex(of: name) else { return [] }
    return rows.map { $0[place] }
  }

  /// The texts of a column, nulls as "null".
  func texts(_ name: String) -> [String] {
    column(name).map { scalar in
      if case .string(let text) = scalar { text } else { "null" }
    }
  }

  /// The integers of a column: counts, days or microseconds.
  func integers(_ name: String) -> [Int64?] { column(name).map(\.integer) }

  /// The numbers of a column.
  func numbers(_ name: String) -> [Double?] { column(name).map(\.number) }

  /// All that a reader sees, in words.
  var text: [String] { errors + [columns.description] + rows.map(\.description) + notes }
}

extension Table {
  /// The same rows in segments of another size.
  func recut(_ segmentRows: Int) -> Table {
    Table(
      name: name, fields: schema.fields, rows: (0..<rowCount).map { row($0) },
      properties: properties, segmentRows: segmentRows)
  }
}
