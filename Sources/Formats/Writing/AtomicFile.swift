import CMapping
import Glibc

/// A file that appears whole or not at all: written beside its place, then put there.
///
/// What replaces another file is synced before, so that a loss of power leaves the new one or the old
/// one, whole. A file in a new place is not: it can be made again, and a torn one is seen.
///
/// It has no name until then where the system allows that, so that nothing stays behind when the
/// program is killed. A symbolic link stays one: what it leads to is replaced. A file that is replaced
/// gives its permissions to the new one.
package final class AtomicFile {
  /// Why it could not be written.
  package struct Problem: Error {
    package let message: String
    package var hint: String?
  }

  private let path: String
  /// Where the file goes: `path`, or what it links to.
  private let target: String
  /// nil for what is no regular file, such as a pipe: that is written as it comes.
  private let temporaryPath: String?
  /// Whether the file has no name before `commit`.
  private var isNameless = false
  private let replaces: Bool
  private let isSynced: Bool
  private var descriptor: Int32
  private var pending: [UInt8] = []
  /// Bytes that went to the system, and those of them that it was told to bring to the disk.
  private var (written, begun) = (0, 0)

  /// Begins a file; one that exists already is a problem unless `replaces`.
  package init(_ path: String, replaces: Bool) throws {
    self.path = path
    self.replaces = replaces
    let isPlain = AtomicFile.isPlain(path)
    isSynced = isPlain == true
    target = AtomicFile.resolved(path)
    temporaryPath = isPlain == false ? nil : target + ".\(getpid()).part"
    if !replaces && isPlain == true {
      throw Problem(
        message: "'\(path)' exists already",
        hint: "to replace it, add with replace = true (or --replace)")
    }
    descriptor = -1
    if temporaryPath != nil { descriptor = AtomicFile.openNameless(besides: target) }
    isNameless = descriptor >= 0
    if !isNameless {
      descriptor = open(temporaryPath ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    if descriptor < 0 { throw Self.problem(path) }
    var status = stat()
    if isPlain == true, stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o7777) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if let temporaryPath, !isNameless { unlink(temporaryPath) }
    }
  }

  /// The path of what a symbolic link leads to; the path itself where it is none.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// A file without a name in the folder of a path; -1 where the system has none.
  private static func openNameless(besides path: String) -> Int32 {
    // Its name is made through /proc.
    guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    return open(folder, O_RDWR | Self.nameless | O_CLOEXEC, 0o644)
  }

  /// `O_TMPFILE`, which is a macro that Swift does not see.
  private static let nameless = 0o20_000_000 | O_DIRECTORY

  /// The path by which an open file can be opened again or given a name.
  private var descriptorPath: String { "/proc/self/fd/\(descriptor)" }

  /// Whether a path is a regular file; nil when there is nothing.
  private static func isPlain(_ path: String) -> Bool? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFREG : nil
  }

  /// Adds bytes.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.count >= 1 << 16 {
      try flush()
      return try write(bytes)
    }
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
    if isNameless { return try library(descriptorPath) }
    try library(temporaryPath)
    close(descriptor)
    descriptor = open(temporaryPath, O_RDWR | O_CLOEXEC)
    if descriptor < 0 { throw Self.problem(path) }
  }

  /// Puts the file in its place.
  package func commit() throws {
    try flush()
    guard let temporaryPath else { return }
    guard !isSynced || fsync(descriptor) == 0 else { throw Self.problem(path) }
    let isPlaced = isNameless ? placeNameless(temporaryPath) : place(temporaryPath)
    let problem = Self.problem(path)
    close(descriptor)
    descriptor = -1
    if !isPlaced { throw problem }
  }

  /// Gives the file its name; what came there meanwhile is replaced only where that is wanted.
  private func place(_ temporaryPath: String) -> Bool {
    if replaces { return rename(temporaryPath, target) == 0 }
    let isPlaced = link(temporaryPath, target) == 0
    let code = errno
    unlink(temporaryPath)
    errno = code
    return isPlaced
  }

  private func placeNameless(_ temporaryPath: String) -> Bool {
    func link(to path: String) -> Bool {
      linkat(AT_FDCWD, descriptorPath, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    }
    if !replaces { return link(to: target) }
    // A name is given only to take it away again at once.
    unlink(temporaryPath)
    guard link(to: temporaryPath) else { return false }
    if rename(temporaryPath, target) == 0 { return true }
    let code = errno
    unlink(temporaryPath)
    errno = code
    return false
  }

  private func flush() throws {
    try pending.withUnsafeBytes { try write($0) }
    pending.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count > 0 { start += count }
      if count < 0 && errno != EINTR { throw Self.problem(path) }
    }
    written += bytes.count
    if isSynced { beginWriteBack() }
  }

  /// Lets the disk begin on what will be synced, so that there is less to wait for at the end.
  private func beginWriteBack() {
    guard written - begun >= 8 << 20 else { return }
    decoy_begin_write_back(descriptor, Int64(begun), Int64(written - begun))
    begun = written
  }

  private static func problem(_ path: String) -> Problem {
    Problem(message: "cannot write '\(path)': \(String(cString: strerror(errno)))")
  }
}
