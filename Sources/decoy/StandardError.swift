import Glibc

/// Standard error: load reports, notes, errors; what cannot be written there is dropped.
enum StandardError {
  static func line(_ text: String) {
    var bytes = Array(text.utf8)
    bytes.append(UInt8(ascii: "\n"))
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
