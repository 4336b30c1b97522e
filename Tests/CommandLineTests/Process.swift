import Glibc

/// The real program, run to its end.
struct Process {
  let output: String
  let errors: String
  let status: Int32

  /// Runs `decoy` with these arguments and standard input.
  static func run(_ arguments: [String], input: String = "", folder: String? = nil) -> Process {
    let decoy = binary
    var script = folder.map { "cd \(quoted($0)) && " } ?? ""
    script += ([decoy] + arguments).map(quoted).joined(separator: " ")
    return shell(script, input: input)
  }

  /// Runs a shell script in which `$DECOY` is the program.
  static func shell(_ script: String, input: String = "") -> Process {
    let folder = temporaryFolder()
    defer { _ = system("rm -rf \(folder)") }
    write(input, to: folder + "/in")
    setenv("DECOY", binary, 1)
    let command =
      "( \(script) ) < \(folder)/in > \(folder)/out 2> \(folder)/err"
    let status = system(command)
    return Process(
      output: read(folder + "/out"), errors: read(folder + "/err"), status: (status >> 8) & 0xFF)
  }

  /// A new folder, which the caller removes.
  static func temporaryFolder() -> String {
    var template = Array("/tmp/decoy-test-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    var text = text
    text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
  }

  static func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[0..<count]
    }
  }

  /// The program beside the running tests.
  private static var binary: String {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    let own = String(
      decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Swift Testing runs inside the test bundle or a helper beside it.
    let arguments = [own] + CommandLine.arguments
    for argument in arguments where argument.contains(".xctest") {
      let folder = argument.split(separator: "/", omittingEmptySubsequences: false)
        .prefix { !$0.hasSuffix(".xctest") }.joined(separator: "/")
      if access(folder + "/decoy", X_OK) == 0 { return folder + "/decoy" }
    }
    return "decoy"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
