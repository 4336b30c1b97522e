import Glibc

/// Whole texts from files; bytes that are no UTF-8 become replacement characters.
enum InputText {
  static func standardInput() -> String {
    String(decoding: read(STDIN_FILENO), as: UTF8.self)
  }

  /// The text of a file, or what the system said.
  static func file(_ path: String) -> Result<String, SystemProblem> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .failure(SystemProblem(message: String(cString: strerror(errno))))
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return .failure(SystemProblem(message: "Is a directory"))
    }
    return .success(String(decoding: read(descriptor), as: UTF8.self))
  }

  /// What the system said when a file could not be read.
  struct SystemProblem: Error {
    let message: String
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[0..<count] }
      if count == 0 || count < 0 && errno != EINTR { return bytes }
    }
  }
}
