import Testing

@Test func tabCompletesAWordAndListsSeveral() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.type("acm\t| filt\tfriends > 100 | coun\t\r")
  shell.expect(" 2\r")
  shell.expectPrompt()
  shell.type("acme | sort f\t")
  shell.expect("followers    int")
  shell.expect("format_date")
  // The line stands below the list as it was.
  shell.expect("acme | sort f")
  shell.type("oll\t| take 1 | select screen_name\r")
  shell.expect("bob")
}

@Test func tabCompletesOverLinesAndInCommands() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(in: folder)
  shell.expectPrompt()
  shell.type("load \"ac\t\r")
  shell.expect("3 rows")
  shell.expectPrompt()
  shell.type("acme |\r")
  shell.expect("  ...> ")
  shell.type("filt\tfoll\t> 100\r")
  shell.expect("1 row")
  shell.expectPrompt()
  shell.type(".tab\t\r")
  shell.expect("table")
  shell.expect("3")
}

@Test func commandsAnswer() throws {
  let folder = ShellFolder.withFollowers()
  folder.write("acme | count\n.tables\nacme | nobody\n", to: "q.dq")
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.ask(".tabels", "error: no command '.tabels': did you mean '.tables'?")
  shell.ask(".schema acmee", "error: no table 'acmee': did you mean 'acme'?")
  shell.ask(".format cvs", "error: no format 'cvs': did you mean 'csv'?")
  shell.ask(".format csv", "")
  shell.ask("acme | take 1 | select id, lang", "id,lang\r\n1,en")
  shell.ask("acme | take 1 | select id", "id\r\n1")
  shell.ask(".last", "id\r\n1")
  shell.ask(".format table", "")
  shell.ask(".timer off", "timer off")
  shell.ask(".history 2", ".timer off\r\n.history 2")
  shell.type(".read q.dq\r")
  shell.expect("acme")
  shell.expect("q.dq:3:8: error: no verb 'nobody'")
  shell.expectPrompt()
  shell.type(".help take\r")
  shell.expect("take")
  shell.expectPrompt()
  shell.ask(".5 + 1", "1.5")
}

@Test func resultsGoToAFileAndBack() throws {
  let folder = ShellFolder.withFollowers()
  let shell = try ShellProcess(["acme.csv"], in: folder)
  shell.expectPrompt()
  shell.ask(".output out.csv", "results go to out.csv as csv")
  shell.type("acme | select id, friends\r")
  shell.expectPrompt()
  shell.ask(".output", "results are in out.csv")
  #expect(folder.read("out.csv") == "id,friends\n1,130\n2,2000\n3,8\n")
  shell.ask(".output out.csv", "error: cannot write 'out.csv': it exists already")
  shell.ask("1 + 1", "2")
}

@Test func aFileThatCannotBeLoadedDoesNotEndTheShell() throws {
  let shell = try ShellProcess(["nowhere.csv"], in: ShellFolder())
  shell.expect("error")
  shell.expectPrompt()
  shell.ask("1 + 1", "2")
}
