import Glibc
import Testing

@Test func ctrlCClearsTheLine() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.type("nonsense(\u{3}")
  shell.expect("^C")
  shell.expectPrompt()
  shell.type("(1 +\r")
  shell.expect("  ...> ")
  shell.type("\u{3}")
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
  #expect(!shell.text.contains("error"))
  for _ in 0..<5 { shell.type("\u{3}") }
  shell.ask("2 + 2", "4")
}

@Test func ctrlCStopsAQueryAndNotTheShell() throws {
  let folder = ShellFolder()
  folder.write(
    "id,k\n" + (0..<30_000).map { "\($0),1\n" }.joined(), to: "many.csv")
  let shell = try ShellProcess(["many.csv"], in: folder)
  shell.expectPrompt()
  // 900 million pairs.
  shell.type("many | join many on k | count\r")
  shell.expect("interrupted", typing: "\u{3}")
  shell.type("\r1 + 1\r")
  shell.expect("\n2\r")
}

@Test func ctrlCStopsALoad() throws {
  let folder = ShellFolder()
  mkfifo(folder.path + "/pipe.csv", 0o600)
  let shell = try ShellProcess(in: folder)
  shell.expectPrompt()
  shell.type("load \"pipe.csv\" as t\r")
  // Nobody writes to it.
  shell.expect("interrupted", typing: "\u{3}")
  shell.type("\r1 + 1\r")
  shell.expect("\n2\r")
}

@Test func aSignalFromElsewhereClearsTheLineToo() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
  shell.signal(SIGINT)
  shell.expect("^C")
  shell.expectPrompt()
  shell.ask("1 + 2", "3")
}

@Test func signalsAreForTheThreadThatWaitsForThem() throws {
  let folder = ShellFolder()
  folder.write("id,k\n" + (0..<300_000).map { "\($0),\($0 % 7)\n" }.joined(), to: "many.csv")
  let shell = try ShellProcess(["many.csv", "--threads", "4"], in: folder)
  shell.expectPrompt()
  shell.type("many | filter k * id > 5 | group sum(id) by k | count\r")
  shell.expect("1 row\r")
  shell.expectPrompt()
  let masks = shell.threadSignalMasks()
  #expect(masks.count > 1)
  for signal in [SIGINT, SIGWINCH, SIGTERM, SIGHUP] {
    #expect(masks.dropFirst().allSatisfy { $0 & (1 << (signal - 1)) != 0 })
  }
}

@Test func theSystemMayEndTheShell() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.signal(SIGTERM)
  #expect(shell.status() == 0)
}
