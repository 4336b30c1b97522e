import CPseudoTerminal
import Glibc
import Testing

/// The real shell in a real pseudo-terminal.
///
/// Nothing sleeps: a test types, and waits until what it expects has come.
final class ShellProcess {
  /// Everything that came, escape sequences and all.
  private(set) var output: [UInt8] = []
  /// Where the next `expect` looks from.
  private var position = 0
  private let terminal: Int32
  /// Kept as long as the shell runs.
  private let folder: ShellFolder
  private let child: pid_t
  private var hasEnded = false
  /// Whether the program has closed its side.
  private var isClosed = false

  /// Starts the shell in a folder, which is its home too.
  init(
    _ arguments: [String] = [], in folder: ShellFolder, rows: Int32 = 24, columns: Int32 = 80,
    environment: [String] = []
  ) throws {
    self.folder = folder
    let standard = [
      "HOME=\(folder.path)", "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", "PATH=/usr/bin",
    ]
    let program = decoyBinary()
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = (environment.reversed() + standard).uniqueNames.map { strdup($0) } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var child: pid_t = 0
    terminal = decoy_terminal_run(
      program, words, variables, folder.path, rows, columns, &child)
    self.child = child
    try #require(terminal >= 0)
  }

  deinit {
    if !hasEnded {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    close(terminal)
  }

  /// Types keys.
  func type(_ keys: String) {
    var bytes = ArraySlice(keys.utf8)
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      if count <= 0 && errno != EINTR { return }
      bytes = bytes.dropFirst(max(0, count))
    }
  }

  /// Waits until a text comes behind the last that was expected.
  ///
  /// Fails after a while without any output. Some keys are typed again and again meanwhile, where
  /// it is not known when they are due: with a pause, since Ctrl-C has the terminal throw away what was
  /// printed and not read yet, and at most so often.
  func expect(
    _ text: String, typing keys: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let wanted = Array(text.utf8)
    var patience = keys.isEmpty ? 1 : 600
    while patience > 0 {
      let plain = Self.withoutEscapes(output)
      if let end = Self.end(of: wanted, in: plain, from: position) {
        position = end
        return
      }
      if keys.isEmpty {
        if !readMore() { patience -= 1 }
      } else {
        type(keys)
        readAll(within: 100)
        patience -= 1
      }
    }
    Issue.record(
      "'\(text)' did not come; there was: \(shown(from: position))", sourceLocation: sourceLocation)
  }

  /// Waits for the prompt.
  func expectPrompt(sourceLocation: SourceLocation = #_sourceLocation) {
    expect("decoy> ", sourceLocation: sourceLocation)
  }

  /// Types a line and waits for its answer and the next prompt.
  func ask(_ line: String, _ answer: String, sourceLocation: SourceLocation = #_sourceLocation) {
    type(line + "\r")
    expect("\n" + answer, sourceLocation: sourceLocation)
    expectPrompt(sourceLocation: sourceLocation)
  }

  /// Waits for the end of the program; nil when a signal ended it, or when it did not end within a
  /// minute.
  func status() -> Int32? {
    var status: Int32 = 0
    var patience = 600
    while waitpid(child, &status, WNOHANG) == 0 {
      if !readMore(within: 100) { patience -= 1 }
      if patience == 0 { kill(child, SIGKILL) }
    }
    while readMore(within: 0) {}
    hasEnded = true
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) { kill(child, number) }

  /// The signals that each thread of the program holds back, bit s - 1 for signal s; the main thread first.
  func threadSignalMasks() -> [UInt64] {
    let tasks = "/proc/\(child)/task"
    guard let folder = opendir(tasks) else { return [] }
    defer { closedir(folder) }
    var threads: [Int] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 } }
      if let thread = Int(String(decoding: name, as: UTF8.self)) { threads.append(thread) }
    }
    return threads.sorted().compactMap { Self.blockedSignals("\(tasks)/\($0)/status") }
  }

  private static func blockedSignals(_ path: String) -> UInt64? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    let label = "SigBlk:"
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(label) else { continue }
      return UInt64(text.dropFirst(label.count).filter { !$0.isWhitespace }, radix: 16)
    }
    return nil
  }

  func resize(rows: Int32, columns: Int32) { decoy_terminal_resize(terminal, rows, columns) }

  /// Everything that came, without escape sequences.
  var text: String { String(decoding: Self.withoutEscapes(output), as: UTF8.self) }

  /// Everything that came.
  var raw: String { String(decoding: output, as: UTF8.self) }

  private func shown(from start: Int) -> String {
    String(decoding: Self.withoutEscapes(output).dropFirst(start), as: UTF8.self).debugDescription
  }

  /// Reads what is there; false when nothing came in time, or at the end.
  private func readMore(within milliseconds: Int32 = 20_000) -> Bool {
    var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    let ready = poll(&request, 1, milliseconds)
    if ready < 0 { return errno == EINTR }
    if ready == 0 { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(terminal, &chunk, chunk.count)
    if count > 0 { output += chunk[..<count] }
    isClosed = count <= 0
    return count > 0
  }

  /// Reads what comes in so many milliseconds.
  private func readAll(within milliseconds: Int32) {
    let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
    while true {
      let rest = (end - ContinuousClock.now) / .milliseconds(1)
      guard rest >= 1, readMore(within: Int32(rest)) else { return }
    }
  }

  private static func end(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
        return index + wanted.count
      }
      index += 1
    }
    return nil
  }

  /// Without CSI sequences; one that is not whole yet stays out too.
  private static func withoutEscapes(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x1B else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else { continue }
      index += 1
      while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
      index += 1
    }
    return plain
  }
}

extension Array where Element == String {
  /// `NAME=VALUE`s, the first of each name.
  fileprivate var uniqueNames: [String] {
    var seen: Set<Substring> = []
    return filter { seen.insert($0.prefix { $0 != "=" }).inserted }
  }
}

/// The program beside the running tests.
private func decoyBinary() -> String {
  var path = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &path, path.count - 1)
  let own = String(
    decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  for argument in [own] + CommandLine.arguments where argument.contains(".xctest") {
    let folder = argument.split(separator: "/", omittingEmptySubsequences: false)
      .prefix { !$0.hasSuffix(".xctest") }.joined(separator: "/")
    if access(folder + "/decoy", X_OK) == 0 { return folder + "/decoy" }
  }
  return "decoy"
}
