import Glibc

/// Standard output: results only, in large writes, with its two ways to end.
final class StandardOutput {
  /// Nobody reads any more (`| head`): the program ends quietly.
  struct ReaderGone: Error {}

  /// The rest could not be written, such as to a full disk.
  struct Failure: Error {
    let message: String
  }

  private var pending: [UInt8] = []
  private static let flushThreshold = 1 << 16

  /// Adds a line and its line end.
  func line(_ text: String) throws {
    pending += text.utf8
    pending.append(UInt8(ascii: "\n"))
    if pending.count >= Self.flushThreshold { try flush() }
  }

  /// Adds bytes as they are.
  func bytes(_ bytes: UnsafeRawBufferPointer) throws {
    pending += bytes
    if pending.count >= Self.flushThreshold { try flush() }
  }

  /// Writes what is pending.
  func flush() throws {
    var start = 0
    defer { pending.removeAll(keepingCapacity: true) }
    while start < pending.count {
      let count = pending[start...].withUnsafeBytes {
        write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count > 0 { start += count }
      if count < 0 && errno != EINTR { throw Self.failure(errno) }
    }
  }

  private static func failure(_ code: Int32) -> any Error {
    if code == EPIPE { return ReaderGone() }
    return Failure(message: "cannot write to standard output: \(String(cString: strerror(code)))")
  }
}
