import Glibc

/// Standard error: load reports, notes, errors; what cannot be written there is dropped.
package enum StandardError {
  /// Writes a line.
  package static func line(_ text: String) { put(text + "\n") }

  /// Writes a text as it is.
  static func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        let count = write(
          STDERR_FILENO, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        if count > 0 { start += count }
        if count < 0 && errno != EINTR { return }
      }
    }
  }
}
