import Glibc

/// The statements of all sessions, in a file of the reader alone.
///
/// It is only ever appended to, in one write under a lock, so several shells may share it; it is not
/// needed for anything else, so that every failure is one remark.
package struct HistoryFile {
  package let path: String
  private static let limit = 5000
  /// The newest part of a long file is enough.
  private static let readLimit = 1 << 22

  package init(path: String) { self.path = path }

  /// Where the history is: `DECOY_HISTORY`, else `decoy/history` in `XDG_STATE_HOME` or in
  /// `~/.local/state`; nil when `DECOY_HISTORY` is empty or there is no home.
  package static func standard() -> HistoryFile? {
    if let path = Terminal.environment("DECOY_HISTORY") {
      return path.isEmpty ? nil : HistoryFile(path: path)
    }
    if let folder = Terminal.environment("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return HistoryFile(path: folder + "/decoy/history")
    }
    guard let home = Terminal.environment("HOME"), !home.isEmpty else { return nil }
    return HistoryFile(path: home + "/.local/state/decoy/history")
  }

  /// The entries, oldest first, each once; empty when there are none yet.
  package func load() -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var bytes: [UInt8] = []
    let isCut = status.st_size > Self.readLimit
    if isCut { lseek(descriptor, -Self.readLimit, SEEK_END) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= Self.readLimit {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[..<count] }
      if count == 0 || count < 0 && errno != EINTR { break }
    }
    if isCut, let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { bytes.removeFirst(end + 1) }
    return HistoryText.entries(of: String(decoding: bytes, as: UTF8.self), limit: Self.limit)
  }

  /// Adds an entry; gives what went wrong, or nil.
  package func append(_ entry: String) -> String? {
    guard let line = HistoryText.line(of: entry) else { return nil }
    makeFolders()
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      if errno != EINTR { return String(cString: strerror(errno)) }
    }
    // An entry that a crash cut off does not swallow this one.
    let text = (endsInLine(descriptor) ? "" : "\n") + line + "\n"
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return String(cString: strerror(errno)) }
      bytes = bytes.dropFirst(max(0, count))
    }
    return nil
  }

  private func endsInLine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    guard size > 0, pread(descriptor, &last, 1, size - 1) == 1 else { return true }
    return last == UInt8(ascii: "\n")
  }

  private func makeFolders() {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      if !part.isEmpty && access(folder, F_OK) != 0 { mkdir(folder, 0o700) }
    }
  }
}
