import Glibc
import Testing

@Test func tablesFitTheWindowAfterItChanged() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder, columns: 120)
  shell.expectPrompt()
  shell.type("acme\r")
  shell.expect("friends")
  shell.expect("3 rows\r")
  shell.expectPrompt()
  shell.resize(rows: 10, columns: 30)
  shell.type("acme\r")
  shell.expect("more columns")
  shell.expectPrompt()
  // A line that is typed keeps its text.
  shell.type("1 + 1 + 1 + 1 + 1 + 1 +")
  shell.resize(rows: 12, columns: 20)
  shell.type(" 1 + 1 + 1 + 1 + 1 + 1\r")
  shell.expect("\n12\r")
}

@Test func aTinyWindowAndNoLocaleBreakNothing() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(
    ["acme.csv"], in: folder, rows: 5, columns: 20, environment: ["LANG=C"])
  shell.expectPrompt()
  shell.type("acme | select screen_name, followers, friends, lang\r")
  shell.expect("3 rows")
  shell.expectPrompt()
  shell.type("a")
  shell.type("\t\t")
  shell.type("\u{15}1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1\r")
  shell.expect("\n19\r")
}

@Test func aTerminalThatCannotBeDrawnOnGetsNoEscapes() throws {
  for term in ["TERM=dumb", "TERM="] {
    let folder = ShellFolder.withFollowers()
    let shell = try ShellProcess(["acme.csv"], in: folder, environment: [term])
    shell.expectPrompt()
    shell.type("acme |\n")
    shell.expect("  ...> ")
    shell.type("count\n")
    shell.expect("3\r")
    shell.expectPrompt()
    shell.type("nonsense\u{3}")
    shell.expectPrompt()
    shell.type("1 + 1\n")
    shell.expect("\n2\r")
    shell.expectPrompt()
    shell.type("\u{4}")
    #expect(shell.status() == 0)
    #expect(!shell.raw.contains("\u{1B}"))
  }
}

@Test func anUnknownTerminalWorks() throws {
  let shell = try ShellProcess(in: ShellFolder(), environment: ["TERM=no-such-terminal"])
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
}

@Test func theTerminalIsNeverAsked() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
  shell.type("\u{4}")
  _ = shell.status()
  for question in ["\u{1B}[6n", "\u{1B}[c", "\u{1B}[0c", "\u{1B}[>c", "\u{1B}]11;?", "\u{1B}[?u"] {
    #expect(!shell.raw.contains(question))
  }
  // Bracketed paste is off again.
  let modes = shell.raw.split(separator: "\u{1B}").filter { $0.hasPrefix("[?2004") }
  #expect(modes.last?.hasPrefix("[?2004l") == true)
}

@Test func namesFullOfEscapeCodesAreShownAndNotObeyed() throws {
  let folder = ShellFolder()
  let hostile = "\u{1B}]0;pwned\u{7}\u{1B}[2J\u{1B}[31mred\u{202E}"
  // Enough of other text to pass for a text file.
  let long = String(repeating: "a quiet follower ", count: 20)
  folder.write("id,screen_name,\(hostile),note\n1,\(hostile),2,\(long)\n", to: "evil.csv")
  let shell = try ShellProcess(["evil.csv"], in: folder, columns: 200)
  shell.expect("pwned")
  shell.expectPrompt()
  shell.type("evil\r")
  shell.expect("1 row")
  shell.expectPrompt()
  shell.type(".schema\r")
  shell.expect("in_file")
  shell.expectPrompt()
  shell.type("evil | group n = count() by \t\t")
  shell.type("\u{15}evil | filter screen_name == \"\t\t\u{15}")
  shell.type("evil | nobody\r")
  shell.expect("nobody")
  shell.ask("1 + 1", "2")
  for code in ["\u{7}\u{1B}", "\u{1B}]0;", "\u{1B}[2J", "\u{1B}[31m", "\u{202E}"] {
    #expect(!shell.raw.contains(code), "\(code.debugDescription)")
  }
}
