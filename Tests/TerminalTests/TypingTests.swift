import Glibc
import Testing

@Test func aLineGivesItsValueAndTheNextPrompt() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expect("Decoy")
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
  shell.ask("10k / 37", "270.27")
  shell.type("\u{4}")
  #expect(shell.status() == 0)
}

@Test func aStatementGoesOverLines() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.type("acme |\r")
  shell.expect("  ...> ")
  shell.type("filter lang == \"en\" and (\r")
  shell.expect("  ...> ")
  shell.type("followers > 10)\r")
  shell.expect("1 row")
  shell.expectPrompt()
  shell.type("| select screen_name\r")
  shell.expect("ann")
  shell.expect("1 row")
}

@Test func upInAnEmptyLineTakesTheStatementWhole() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.type("(20 +\r")
  shell.expect("  ...> ")
  shell.type("\u{1B}[A")
  shell.expect("(20 +")
  shell.type("3)\r")
  shell.expect("\n23\r")
}

@Test func aPasteOfSeveralLinesIsOneEdit() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.type("\u{1B}[200~acme\r\n| filter lang == \"en\"\r\n\t| count\u{7}\u{1B}[201~")
  shell.expect("| count")
  shell.type("\r")
  shell.expect(" 2\r")
  shell.expect("1 row")
}

@Test func aPasteWithoutMarksIsOneStatementWhereItGoesOn() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.type("acme\r  | filter lang == \"en\"\r  | count\r")
  shell.expect(" 2\r")
  #expect(!shell.text.contains("3 rows\r"))
}

@Test func everythingUTF8CanBeTyped() throws {
  let shell = try ShellProcess(in: ShellFolder(), environment: ["LANG=C", "LC_ALL=C"])
  shell.expectPrompt()
  shell.ask("\"gr\u{FC}\u{DF}e \" + \"日本 👩‍🚀\"", "gr\u{FC}\u{DF}e 日本 👩‍🚀")
  // What is no UTF-8, and controls that no keyboard has, are dropped.
  shell.ask("1 + \u{84}\u{80}2", "3")
}

@Test func ctrlDLeavesInAnEmptyLineOnly() throws {
  let shell = try ShellProcess(in: ShellFolder())
  shell.expectPrompt()
  shell.type("12\u{1}\u{4}")
  shell.type("\r")
  shell.expect("\n2\r")
  shell.expectPrompt()
  shell.type("\u{4}")
  #expect(shell.status() == 0)
}

@Test func viKeysByTheUsersSettings() throws {
  let folder = ShellFolder()
  folder.write("bind -v\n", to: ".editrc")
  let shell = try ShellProcess(in: folder)
  shell.expectPrompt()
  shell.type("1 + 12\u{1B}x\r")
  shell.expect("\n2\r")
  shell.expectPrompt()
  shell.type("\u{1B}[200~4 +\n5\u{1B}[201~\r")
  shell.expect("\n9\r")
}

@Test func quitExitAndDotQuitLeave() throws {
  for word in ["quit", "exit", ".quit", ".exit"] {
    let shell = try ShellProcess(in: ShellFolder())
    shell.expectPrompt()
    shell.type(word + "\r")
    #expect(shell.status() == 0)
  }
}
