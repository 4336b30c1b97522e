import Glibc

/// The bytes of an open file or pipe.
package final class FileStream: ByteStream {
  private let descriptor: Int32
  private var offset: Int
  private let isSeekable: Bool
  private let isOwner: Bool

  /// Takes a descriptor, which `isOwner` says is to be closed with the stream; a seekable one is read
  /// from byte 0.
  package init(descriptor: Int32, isSeekable: Bool, isOwner: Bool = false) {
    self.descriptor = descriptor
    self.isSeekable = isSeekable
    self.isOwner = isOwner
    offset = 0
  }

  deinit { if isOwner { close(descriptor) } }

  package var warning: String? { nil }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    while true {
      let got =
        isSeekable
        ? pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
        : Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if got >= 0 {
        offset += got
        return got
      }
      if errno != EINTR { throw ReadFailure(reason: systemMessage(errno)) }
    }
  }

  package func rewind() -> Bool {
    offset = 0
    return isSeekable
  }
}

/// What the system calls an error, in English.
package func systemMessage(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
