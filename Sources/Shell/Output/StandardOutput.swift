import Glibc
import Tasks

/// Standard output, or the file in its place: results only, in large writes, with the ways to end.
package final class StandardOutput {
  /// Nobody reads any more (`| head`): the program ends quietly.
  package struct ReaderGone: Error {}

  /// The rest could not be written, such as to a full disk.
  package struct Failure: Error {
    package let message: String
  }

  private var pending: [UInt8] = []
  private let descriptor: Int32
  private let name: String
  /// Whether Ctrl-C stops a long output in its middle.
  private let isInterruptible: Bool
  /// A terminal takes little at once, so that a slow one does not hold back Ctrl-C; any thread may be told of
  /// that, so that this write need not return.
  private let partBytes: Int
  private static let flushThreshold = 1 << 16

  /// Writes to a descriptor, which stays open; `name` is for messages.
  package init(
    descriptor: Int32 = STDOUT_FILENO, name: String = "standard output",
    isInterruptible: Bool = false
  ) {
    self.descriptor = descriptor
    self.name = name
    self.isInterruptible = isInterruptible
    partBytes = Terminal.isTerminal(descriptor) ? 4096 : .max
  }

  /// Adds a line and its line end.
  package func line(_ text: String) throws {
    pending += text.utf8
    pending.append(UInt8(ascii: "\n"))
    if pending.count >= Self.flushThreshold { try flush() }
  }

  /// Adds bytes as they are.
  package func bytes(_ bytes: UnsafeRawBufferPointer) throws {
    pending += bytes
    if pending.count >= Self.flushThreshold { try flush() }
  }

  /// Writes what is pending; after an error it is dropped.
  ///
  /// Throws `ReaderGone`, `Failure` and, where Ctrl-C stops it, `Interrupted`.
  package func flush() throws {
    var start = 0
    defer { pending.removeAll(keepingCapacity: true) }
    while start < pending.count {
      if isInterruptible && Interrupts.cancellation.isRequested { throw Interrupted() }
      let count = pending[start...].prefix(partBytes).withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { start += count }
      if count < 0 && errno != EINTR { throw failure(errno) }
    }
  }

  private func failure(_ code: Int32) -> any Error {
    if code == EPIPE { return ReaderGone() }
    return Failure(message: "cannot write to \(name): \(String(cString: strerror(code)))")
  }
}
