import Glibc

/// A file that appears whole or not at all: written beside its place, synced, then renamed.
package final class AtomicFile {
  /// Why it could not be written.
  package struct Problem: Error {
    package let message: String
    package var hint: String?
  }

  private let path: String
  /// nil for what is no regular file, such as a pipe: that is written as it comes.
  private let temporaryPath: String?
  private let replaces: Bool
  private var descriptor: Int32
  private var pending: [UInt8] = []

  /// Begins a file; one that exists already is a problem unless `replaces`.
  package init(_ path: String, replaces: Bool) throws {
    self.path = path
    self.replaces = replaces
    let isPlain = AtomicFile.isPlain(path)
    temporaryPath = isPlain == false ? nil : path + ".\(getpid()).part"
    if !replaces && isPlain == true {
      throw Problem(
        message: "'\(path)' exists already",
        hint: "to replace it, add with replace = true (or --replace)")
    }
    descriptor = open(temporaryPath ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.problem(path) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if let temporaryPath { unlink(temporaryPath) }
    }
  }

  /// Whether a path is a regular file; nil when there is nothing.
  private static func isPlain(_ path: String) -> Bool? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFREG : nil
  }

  /// Adds bytes.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    pending += bytes
    if pending.count >= 1 << 20 { try flush() }
  }

  /// Adds bytes.
  package func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try append($0) }
  }

  /// Lets a library write the file, which it opens by a path of its own; before `commit`.
  package func write(by library: (String) throws -> Void) throws {
    guard let temporaryPath else {
      throw Problem(message: "'\(path)' is no regular file", hint: "this format needs one")
    }
    try library(temporaryPath)
    close(descriptor)
    descriptor = open(temporaryPath, O_RDWR | O_CLOEXEC)
    if descriptor < 0 { throw Self.problem(path) }
  }

  /// Puts the file in its place.
  package func commit() throws {
    try flush()
    guard let temporaryPath else { return }
    guard fsync(descriptor) == 0 else { throw Self.problem(path) }
    close(descriptor)
    descriptor = -1
    // link + unlink refuses to replace what came there meanwhile.
    let isPlaced = replaces ? rename(temporaryPath, path) == 0 : link(temporaryPath, path) == 0
    let problem = Self.problem(path)
    unlink(temporaryPath)
    if !isPlaced { throw problem }
  }

  private func flush() throws {
    var start = 0
    while start < pending.count {
      let count = pending[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { start += count }
      if count < 0 && errno != EINTR { throw Self.problem(path) }
    }
    pending.removeAll(keepingCapacity: true)
  }

  private static func problem(_ path: String) -> Problem {
    Problem(message: "cannot write '\(path)': \(String(cString: strerror(errno)))")
  }
}
