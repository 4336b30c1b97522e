import Glibc
import Tasks

/// Whole texts from files; bytes that are no UTF-8 become replacement characters.
package enum InputText {
  /// All of standard input; nil when Ctrl-C came first.
  package static func standardInput() -> String? {
    if Terminal.isTerminal(STDIN_FILENO) {
      StandardError.line("statements, a line each; Ctrl-D runs them")
    }
    return read(STDIN_FILENO).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of a file, or what the system said.
  package static func file(_ path: String) -> Result<String, SystemProblem> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .failure(SystemProblem(message: String(cString: strerror(errno))))
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return .failure(SystemProblem(message: "Is a directory"))
    }
    guard let bytes = read(descriptor) else {
      return .failure(SystemProblem(message: "interrupted"))
    }
    return .success(String(decoding: bytes, as: UTF8.self))
  }

  /// What the system said when a file could not be read.
  package struct SystemProblem: Error {
    package let message: String
  }

  /// The bytes up to the end, or nil after an interrupt.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[0..<count] }
      if Interrupts.cancellation.isRequested { return nil }
      if count == 0 || count < 0 && errno != EINTR { return bytes }
    }
  }
}
