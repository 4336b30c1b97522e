import Glibc
import Shell
import Testing

/// A file of the history in a new folder, which is removed after the body.
private func withHistory(_ body: (HistoryFile, String) throws -> Void) rethrows {
  var template = Array("/tmp/decoy-test-XXXXXX".utf8CString)
  let folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/decoy-test"
  defer { _ = system("rm -rf '\(folder)'") }
  let path = folder + "/new/folder/history"
  try body(HistoryFile(path: path), path)
}

private func write(_ text: String, to path: String) {
  guard let file = fopen(path, "a") else { return }
  defer { fclose(file) }
  fputs(text, file)
}

@Test func entriesComeBackWhole() {
  withHistory { history, path in
    let entries = ["acme | count", "load \"C:\\new\"\n| take 1\n", "\\n", "日本 👩‍🚀", "a\tb", "\\"]
    for entry in entries { #expect(history.append(entry) == nil) }
    #expect(history.load() == entries)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }
}

@Test func ofEqualEntriesTheNewestIsKept() {
  withHistory { history, _ in
    for entry in ["x", "y", "x", "z", "y"] { _ = history.append(entry) }
    #expect(history.load() == ["x", "z", "y"])
  }
}

@Test func anEntryThatWasCutOffDoesNotSwallowTheNext() {
  withHistory { history, path in
    _ = history.append("first")
    write("cut o", to: path)
    _ = history.append("second")
    #expect(history.load() == ["first", "cut o", "second"])
  }
}

@Test func controlsAndBrokenTextAreDropped() {
  withHistory { history, path in
    _ = history.append("first")
    write("\u{1B}[2Jred\u{9B}\u{7}\n\n\r\n\\", to: path)
    #expect(history.load() == ["first", "[2Jred"])
  }
}

@Test func emptyAndHugeEntriesAreNotKept() {
  withHistory { history, _ in
    #expect(history.append("") == nil)
    #expect(history.append(String(repeating: "x", count: 1 << 17)) == nil)
    #expect(history.load() == [])
  }
}

@Test func aPlaceThatCannotBeWrittenIsSaid() {
  #expect(HistoryFile(path: "/dev/null/history").append("x") != nil)
  #expect(HistoryFile(path: "/dev/null/history").load() == [])
}
