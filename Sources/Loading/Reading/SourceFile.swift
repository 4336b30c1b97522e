import Diagnostics
import Formats
import Glibc
import Synchronization

/// A file to load, or standard input.
final class SourceFile: Sendable {
  /// As the user wrote it, or as the pattern matched.
  let path: String
  /// The table to read, where the file is a database.
  private let table: String?
  /// Standard input, kept so that it can be read twice.
  private let input: Mutex<KeptStream?>

  private init(path: String, table: String?, input: sending KeptStream?) {
    self.path = path
    self.table = table
    self.input = Mutex(input)
  }

  /// A file of a path; of a database, the table of that name or its only one.
  convenience init(path: String, table: String? = nil) {
    self.init(path: path, table: table, input: nil)
  }

  /// Standard input.
  static func standardInput() -> SourceFile {
    SourceFile(
      path: "standard input", table: nil,
      input: KeptStream(FileStream(descriptor: STDIN_FILENO, isSeekable: false)))
  }

  /// Opens it for reading.
  func open() throws(LoadFailure) -> OpenFile {
    if let kept = input.withLock({ kept in kept.map { KeptInput(stream: $0) } }) {
      _ = kept.stream.rewind()
      return OpenFile(descriptor: nil, size: nil, stream: kept.stream)
    }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw openFailure(path, errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw LoadFailure(
        "'\(shown(path))' is a directory", hint: "to load its files: load \"\(shown(path))/*.csv\"")
    }
    if status.st_mode & S_IFMT == S_IFREG {
      let file = OpenFile(
        descriptor: descriptor, size: Int(status.st_size),
        stream: FileStream(descriptor: descriptor, isSeekable: true))
      if let table = try databaseTable(descriptor) { return table }
      if let table { throw noDatabase(table) }
      return file
    }
    // A pipe with a name: what it gave is kept, and taken again when asked.
    let kept = KeptInput(
      stream: KeptStream(
        FileStream(descriptor: descriptor, isSeekable: false, isOwner: true)))
    input.withLock { $0 = kept.stream }
    return OpenFile(descriptor: nil, size: nil, stream: kept.stream)
  }
}

extension SourceFile {
  /// The wanted table, where the file is a database; nil where it is none.
  private func databaseTable(_ descriptor: Int32) throws(LoadFailure) -> OpenFile? {
    var head = [UInt8](repeating: 0, count: 16)
    guard pread(descriptor, &head, 16, 0) == 16, DatabaseStream.isDatabase(head) else { return nil }
    let name = "'\(shown(path))'"
    do throws(DatabaseProblem) {
      let stream = try DatabaseStream(path: path, table: table)
      return OpenFile(
        descriptor: nil, size: nil, stream: stream, databaseTable: stream.table)
    } catch {
      switch error {
      case .unreadable(let reason):
        throw LoadFailure("the database \(name) cannot be read: \(reason)")
      case .tables(let names):
        throw tableFailure(name, names)
      }
    }
  }

  private func tableFailure(_ name: String, _ names: [String]) -> LoadFailure {
    if names.isEmpty { return LoadFailure("the database \(name) holds no table") }
    let all = names.prefix(20).map { "'\(shown($0))'" }.joined(separator: ", ")
    guard let table else {
      return LoadFailure(
        "the database \(name) holds \(all)",
        hint: "say which: load \"\(shown(path))\" with table = \"\(shown(names[0]))\"")
    }
    return LoadFailure(
      "the database \(name) has no table '\(shown(table))'",
      hint: Suggestion.hint(for: table, among: names) ?? "it has \(all)")
  }

  private func noDatabase(_ table: String) -> LoadFailure {
    LoadFailure(
      "'\(shown(path))' is no database", hint: "table = \"\(shown(table))\" is for SQLite files")
  }
}

/// Passes a stream out of a lock: a load reads one file in one place at a time.
private struct KeptInput: @unchecked Sendable {
  // @unchecked: `StreamFeed` guards it with its own lock while workers run.
  let stream: KeptStream
}

/// An open file; closed when the last user is gone.
final class OpenFile: @unchecked Sendable {
  // @unchecked: the stream is used by one thread, or under the lock of a feed.
  let descriptor: Int32?
  let size: Int?
  let stream: any ByteStream
  /// The table of a database that the stream is, as CSV with commas and a header; nil for others.
  let databaseTable: String?

  init(
    descriptor: Int32?, size: Int?, stream: any ByteStream, databaseTable: String? = nil
  ) {
    self.descriptor = descriptor
    self.size = size
    self.stream = stream
    self.databaseTable = databaseTable
  }

  deinit { if let descriptor { close(descriptor) } }
}

/// A path or name as a message shows it: hidden characters are escaped.
func shown(_ path: String) -> String {
  var text = ""
  let scalars = Array(path.unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    let previous = index > 0 ? scalars[index - 1] : nil
    let next = index + 1 < scalars.count ? scalars[index + 1] : nil
    if HiddenText.isHidden(scalar, after: previous, before: next) {
      text += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}
