import CSQLite

/// A table of an SQLite file, as the CSV text that it would be.
///
/// Null is nothing and the empty text `""`; blobs are hexadecimal digits. The file is only read.
package final class DatabaseStream: ByteStream {
  private let database: OpaquePointer
  /// As the database calls it.
  package let table: String

  /// Whether the first bytes of a file are those of an SQLite database.
  package static func isDatabase(_ head: some Collection<UInt8>) -> Bool {
    head.starts(with: "SQLite format 3\0".utf8)
  }

  /// Takes a table of the file, or its only one where none is named.
  package init(path: String, table wanted: String?) throws(DatabaseProblem) {
    var problem = [CChar](repeating: 0, count: 256)
    guard let database = decoy_database_open(path, &problem) else {
      let text = problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .unreadable(String(decoding: text, as: UTF8.self))
    }
    var names: [String] = []
    while let name = decoy_database_table(database, Int32(names.count)) {
      names.append(String(cString: name))
    }
    let found =
      names.first { $0 == wanted } ?? names.first { $0.lowercased() == wanted?.lowercased() }
    guard let table = wanted == nil && names.count == 1 ? names[0] : found else {
      decoy_database_close(database)
      throw .tables(names)
    }
    self.database = database
    self.table = table
    if decoy_database_select(database, table) != 0 {
      // The database is closed by `deinit`.
      throw .unreadable(String(cString: decoy_database_problem(database)))
    }
  }

  deinit { decoy_database_close(database) }

  package var warning: String? { nil }

  package func rewind() -> Bool { decoy_database_select(database, table) == 0 }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let count = decoy_database_read(
      database, base.assumingMemoryBound(to: UInt8.self), buffer.count)
    guard count >= 0 else {
      throw ReadFailure(reason: String(cString: decoy_database_problem(database)))
    }
    return count
  }
}

/// Why a table of a database cannot be read.
package enum DatabaseProblem: Error, Sendable, Hashable {
  /// In SQLite's words.
  case unreadable(String)
  /// The wanted table is not there, or none was named and these are there.
  case tables([String])
}
