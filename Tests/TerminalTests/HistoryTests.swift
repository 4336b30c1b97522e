import Glibc
import Testing

private let historyName = ".local/state/decoy/history"

@Test func historyLastsOverSessionsAndKeepsStatementsWhole() throws {
  let folder = ShellFolder()
  let first = try ShellProcess(in: folder)
  first.expectPrompt()
  first.ask("20 + 3", "23")
  first.type("(4 +\r")
  first.expect("  ...> ")
  first.type("5)\r")
  first.expect("\n9\r")
  // Written at once, not at the end.
  first.expectPrompt()
  #expect(folder.read(historyName) == "20 + 3\n(4 +\\n5)\n")
  #expect(folder.rights(of: historyName) == 0o600)
  first.type("\u{4}")
  #expect(first.status() == 0)

  let second = try ShellProcess(in: folder)
  second.expectPrompt()
  second.type("\u{1B}[A\r")
  second.expect("\n9\r")
  second.expectPrompt()
  // Up goes up in the statement of two lines first.
  second.type("\u{10}\u{10}\u{1B}OA\r")
  second.expect("\n23\r")
  second.expectPrompt()
  second.type("\u{12}20\r")
  second.expect("\n23\r")
}

@Test func shellsShareOneHistory() throws {
  let folder = ShellFolder()
  let shells = try (0..<3).map { _ in try ShellProcess(in: folder) }
  for shell in shells { shell.expectPrompt() }
  for round in 0..<5 {
    for (number, shell) in shells.enumerated() { shell.type("\(number + 1) * 100 + \(round)\r") }
    for (number, shell) in shells.enumerated() { shell.expect("\n\(number + 1)0\(round)\r") }
    for shell in shells { shell.expectPrompt() }
  }
  #expect(folder.read(historyName).split(separator: "\n").count == 15)
}

@Test func aHistoryThatCannotBeKeptIsOneRemark() throws {
  let shell = try ShellProcess(in: ShellFolder(), environment: ["HOME=/dev/null"])
  shell.expectPrompt()
  shell.type("1 + 1\r")
  shell.expect("the history is not kept")
  shell.expect("\n2\r")
  shell.expectPrompt()
  shell.ask("2 + 2", "4")
  #expect(shell.text.components(of: "not kept") == 1)
}

@Test func aSafeShellWritesNoHistory() throws {
  let folder = ShellFolder()
  let shell = try ShellProcess(["--safe"], in: folder)
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
  #expect(folder.rights(of: historyName) == nil)
}

@Test func aHistoryFromElsewhereCannotSteerTheTerminal() throws {
  let folder = ShellFolder()
  folder.write("1 + 1\n\u{1B}]0;pwned\u{7}2 + 5\n\u{0}\n", to: "h")
  let shell = try ShellProcess(in: folder, environment: ["DECOY_HISTORY=\(folder.path)/h"])
  shell.expectPrompt()
  shell.ask(".history", "1 + 1")
  #expect(!shell.raw.contains("\u{7}"))
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = Substring(self)
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
