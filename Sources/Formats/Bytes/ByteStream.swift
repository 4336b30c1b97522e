/// Bytes that come one after the other: a file, a pipe, or what a decoder makes of another stream.
package protocol ByteStream: AnyObject {
  /// Gives the next bytes, at least one; 0 at the end. The buffer has at least four.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int
  /// Goes back to the first byte; false when that is not possible.
  func rewind() -> Bool
  /// What is wrong with the bytes, though some could be read; nil when nothing is.
  var warning: String? { get }
}

/// A read that the system refused, or bytes that cannot be decoded.
package struct ReadFailure: Error, Sendable {
  /// In words, such as `Input/output error`.
  package let reason: String

  package init(reason: String) { self.reason = reason }
}

extension ByteStream {
  /// Fills the buffer up to its last three bytes, unless the end comes first.
  ///
  /// Three bytes may stay free because a character is not split.
  package func fill(
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(ReadFailure) -> (count: Int, isAtEnd: Bool) {
    var count = 0
    while buffer.count - count >= 4 {
      let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if got == 0 { return (count, true) }
      count += got
    }
    return (count, false)
  }
}
