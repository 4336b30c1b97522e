import Glibc
import Testing

/// Runs a body in a new folder that is removed after it.
private func inFolder(_ body: (String) -> Void) {
  let folder = Process.temporaryFolder()
  defer { _ = system("rm -rf \(folder)") }
  body(folder)
}

@Test func filesOfTheCommandLineAreTables() {
  inFolder { folder in
    Process.write("id,followers\n1,10\n2,30\n", to: folder + "/a b.csv")
    let run = Process.run(["a b.csv", "-c", "a_b | group s = sum(followers)"], folder: folder)
    #expect(run.output == "s\n40\n")
    #expect(run.errors.contains("2 rows"))
  }
}

@Test func filesOfReservedNamesSayHowTheyAreWritten() {
  inFolder { folder in
    Process.write("id,followers\n1,10\n2,30\n", to: folder + "/by.csv")
    let run = Process.run(["by.csv", "-c", "`by` | count"], folder: folder)
    #expect(run.output == "n\n2\n")
    #expect(run.errors.contains("its name is written `by`"))
  }
}

@Test func datesOfAFileAreDaysOfTheSession() {
  inFolder { folder in
    Process.write(
      "id,screen_name,followed_at\n1,a,2022-07-22\n2,b,2022-07-23\n", to: folder + "/t.csv")
    let program = "t | derive d = day(followed_at) | select d"
    for zone in ["America/New_York", "UTC", "Asia/Tokyo"] {
      let run = Process.run(["--tz", zone, "t.csv", "-c", program], folder: folder)
      #expect(run.output == "d\n2022-07-22\n2022-07-23\n", "\(zone)")
      let named = Process.run(
        ["--tz", zone, "-c", "'t.csv' | " + program.dropFirst(4)], folder: folder)
      #expect(named.output == run.output, "\(named.errors)")
    }
    let order = Process.run(
      ["-c", "load 't.csv' as t with dates = dm"], folder: folder)
    #expect(order.errors.contains("did you mean 'dmy'"), "\(order.errors)")
  }
}

@Test func convertKeepsWhatIsThere() {
  inFolder { folder in
    Process.write("User ID;name\n007;\"a;b\"\n008;\n", to: folder + "/in.csv")
    let text = Process.run(["convert", "in.csv", "-", "--format", "csv"], folder: folder)
    #expect(text.output == "User ID,name\n007,a;b\n008,\n")
    #expect(Process.run(["convert", "in.csv", "out.jsonl"], folder: folder).status == 0)
    #expect(
      Process.read(folder + "/out.jsonl")
        == "{\"User ID\": \"007\", \"name\": \"a;b\"}\n{\"User ID\": \"008\", \"name\": null}\n")
    let again = Process.run(["convert", "in.csv", "out.jsonl"], folder: folder)
    #expect(again.status == 1)
    #expect(again.errors.contains("exists already"))
  }
}

/// Standard input and pipes, of lines and of documents, plain and packed.
@Test func jsonComesThroughPipes() {
  inFolder { folder in
    let lines = "{\"id\": 1, \"public_metrics\": {\"followers_count\": 10}}\n{\"id\": 2}\n"
    Process.write(lines, to: folder + "/a.jsonl")
    Process.write("{\"data\": [{\"id\": 1}, {\"id\": 2}]}", to: folder + "/a.json")
    let found = Process.shell(
      """
      cd \(folder) && gzip -k a.jsonl
      "$DECOY" - -c 'input | count' < a.jsonl
      cat a.json | "$DECOY" - -c 'input | count'
      cat a.jsonl.gz | "$DECOY" - -c 'input | group s = sum(followers)'
      mkfifo pipe && (cat a.jsonl > pipe &) && "$DECOY" pipe -c 'pipe | select id, followers'
      "$DECOY" convert - - --format csv < a.json
      "$DECOY" convert - b.csv < a.json && cat b.csv
      cat a.jsonl | "$DECOY" convert - c.csv && cat c.csv
      (cat a.jsonl > pipe &) && "$DECOY" convert pipe d.csv && cat d.csv
      """)
    #expect(
      found.output == "n\n2\nn\n2\ns\n10\nid,followers\n1,10\n2,\nid\n1\n2\n"
        + "id\n1\n2\nid,public_metrics.followers_count\n1,10\n2,\n"
        + "id,public_metrics.followers_count\n1,10\n2,\n", "\(found.errors)")
  }
}

@Test func compressedFilesDatabasesAndWorkbooks() {
  inFolder { folder in
    let made = Process.shell(
      """
      cd \(folder) && printf 'id,followers\\n1,10\\n2,30\\n' > a.csv
      "$DECOY" convert a.csv b.xlsx && "$DECOY" a.csv -c 'a | save "c.xlsx"' && head -c 2 b.xlsx
      """)
    #expect(made.status == 0 && made.output == "PK", "\(made.errors)")
    #expect(Process.run(["convert", "a.csv", "b.xlsx"], folder: folder).status == 1)
    let pipe = Process.run(
      ["a.csv", "-c", "a | save \"/dev/null\" with format = xlsx, replace = true"], folder: folder)
    #expect(pipe.errors.contains("no regular file"))
    let left = Process.shell("ls \(folder)/*.part")
    #expect(left.output.isEmpty)
  }
}

@Test func safeReadsOnlyNamedFilesAndWritesNothing() {
  inFolder { folder in
    Process.write("id\n1\n", to: folder + "/a.csv")
    Process.write("id\n2\n", to: folder + "/b.csv")
    #expect(Process.run(["--safe", "a.csv", "-c", "a | count"], folder: folder).status == 0)
    #expect(
      Process.run(["--safe", "a.csv", "-c", "load \"b.csv\" as b"], folder: folder).status == 1)
    #expect(
      Process.run(["--safe", "a.csv", "-c", "\"b.csv\" | count"], folder: folder).status == 1)
    #expect(
      Process.run(["--safe", "a.csv", "-c", "a | save \"c.csv\""], folder: folder).status == 1)
    #expect(access(folder + "/c.csv", F_OK) != 0)
  }
}

@Test func scriptsTakeParametersAndNameTheirPlaces() {
  inFolder { folder in
    Process.write("id,followers\n1,10\n2,30\n", to: folder + "/a.csv")
    Process.write(
      "param least: int = 20\na | filter followers >= $least | group n = count()\n",
      to: folder + "/q.dq")
    #expect(Process.run(["run", "q.dq", "a.csv"], folder: folder).output == "n\n1\n")
    #expect(
      Process.run(["run", "q.dq", "a.csv", "--param", "least=5"], folder: folder).output
        == "n\n2\n")
    Process.write("a | count\na | filtr id > 1\n", to: folder + "/bad.dq")
    let bad = Process.run(["run", "bad.dq", "a.csv"], folder: folder)
    #expect(bad.status == 1)
    #expect(bad.errors.contains("bad.dq:2:5: error:"))
  }
}

@Test func batchLivesOnAfterAnError() {
  let run = Process.run(
    ["batch"],
    input: """
      {"program": "1 + 1"}
      {"program": "nobody | count"}
      not json
      {"program": "let x = 3; x * 2"}

      """)
  let lines = run.output.split(separator: "\n")
  #expect(lines.count == 4)
  #expect(
    lines.first?.hasPrefix(
      "{\"ok\": true, \"columns\": [{\"name\": \"value\", \"type\": \"int\"}], \"rows\": [[2]]")
      == true)
  #expect(lines.dropFirst().first?.hasPrefix("{\"ok\": false") == true)
  #expect(lines.last?.contains("[[6]]") == true)
}

@Test func simulateGivesTheSameBytesForTheSameSeed() {
  let first = Process.run(["simulate", "-", "--days", "30", "--seed", "5", "--spike", "10:200:0.8"])
  let second = Process.run([
    "simulate", "-", "--days", "30", "--seed", "5", "--spike", "10:200:0.8",
  ])
  #expect(first.output == second.output)
  #expect(first.output.count > 10_000)
}

@Test func filesOfOneNameAreTwoTables() {
  inFolder { folder in
    _ = system("mkdir \(folder)/x \(folder)/y")
    Process.write("id\n1\n", to: folder + "/x/a.csv")
    Process.write("id\n2\n", to: folder + "/y/a.csv")
    let run = Process.run(
      ["x/a.csv", "y/a.csv", "-c", "a | union a_2 | group s = sum(id)"], folder: folder)
    #expect(run.output == "s\n3\n")
  }
}

@Test func anUnknownParameterIsAnError() {
  inFolder { folder in
    Process.write("param least: int = 20\n$least\n", to: folder + "/q.dq")
    let run = Process.run(["run", "q.dq", "--param", "lesat=5"], folder: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("did you mean 'least'?"))
  }
}

@Test func timesWithoutZoneAreUTCWhateverTheSessionShows() {
  inFolder { folder in
    Process.write("t\n2024-07-01 00:00:00\n", to: folder + "/a.csv")
    let program = "load \"a.csv\" as b; b | union a | distinct | count"
    let run = Process.run(["--tz", "Europe/Berlin", "a.csv", "-c", program], folder: folder)
    #expect(run.output == "n\n1\n")
  }
}

@Test func simulateReplacesNothingUnasked() {
  inFolder { folder in
    Process.write("mine", to: folder + "/a.csv")
    #expect(Process.run(["simulate", "a.csv", "--days", "2"], folder: folder).status == 1)
    #expect(Process.read(folder + "/a.csv") == "mine")
    #expect(
      Process.run(["simulate", "a.csv", "--days", "2", "--replace"], folder: folder).status == 0)
  }
}

@Test func aProgramMayBeginWithAMinus() {
  #expect(Process.run(["-c", "-7 // 2"]).output == "-4\n")
}

@Test func scriptsSayWhatTheyAnswerAndTake() {
  inFolder { folder in
    Process.write(
      """
      # How many followers are big.
      # Big is a matter of taste.
      param list: table       # the follower list
      param least: int = 20   # what is big
      list | filter followers >= least | group n = count()
      """, to: folder + "/big.dq")
    #expect(
      Process.run(["run", "big.dq", "--help"], folder: folder).output == """
        How many followers are big.
        Big is a matter of taste.

        usage: decoy run big.dq [FILE …] [--param least=…]

        parameters:
          list: table  needed; the follower list
          least: int   default 20; what is big

        With one FILE, its table is taken where a table is needed.

        """)
    #expect(Process.run(["run", "--help"]).output.contains("decoy run SCRIPT.dq"))
    #expect(Process.run(["run"]).status == 2)
  }
}

@Test func theOnlyFileIsTheTableOfAScript() {
  inFolder { folder in
    Process.write("param t: table\nt | group n = count()\n", to: folder + "/q.dq")
    Process.write("id\n1\n", to: folder + "/a.csv")
    Process.write("id\n1\n2\n", to: folder + "/b.csv")
    let only = Process.run(["run", "q.dq", "a.csv"], folder: folder)
    #expect(only.output == "n\n1\n")
    #expect(only.errors.contains("note: t is a, the only table"))
    let named = Process.run(["run", "q.dq", "a.csv", "b.csv", "--param", "t=b"], folder: folder)
    #expect(named.output == "n\n2\n")
    let open = Process.run(["run", "q.dq", "a.csv", "b.csv"], folder: folder)
    #expect(open.status == 1)
    #expect(open.errors.contains("parameter 't' has no value: say which table it is: --param t=a"))
    let wrong = Process.run(["run", "q.dq", "a.csv", "--param", "t=c"], folder: folder)
    #expect(wrong.errors.contains("no table 'c'"))
  }
}

@Test func asManyFilesAreTheTablesOfAScriptInTheirOrder() {
  inFolder { folder in
    Process.write(
      "param ours: table\nparam theirs: table\nours | group n = count(id in theirs)\n",
      to: folder + "/q.dq")
    Process.write("id\n1\n", to: folder + "/a.csv")
    Process.write("id\n1\n2\n", to: folder + "/b.csv")
    let found = Process.run(["run", "q.dq", "b.csv", "a.csv"], folder: folder)
    #expect(found.output == "n\n1\n" && found.status == 0, "\(found.errors)")
    #expect(found.errors.contains("note: ours is b, by the order of the files"))
    #expect(found.errors.contains("note: theirs is a, by the order of the files"))
  }
}

@Test func anAuditNamesTheBytesItRestsOn() {
  let run = Process.shell(
    """
    list=$(mktemp -d)/list.csv
    "$DECOY" simulate - --days 90 --rate 20 --seed 4 > $list 2>/dev/null
    "$DECOY" audit $list 2>/dev/null | grep -c "SHA-256 $(sha256sum < $list | cut -c1-64)"
    head -n 900 $list > $list.new && mv $list.new $list
    "$DECOY" audit $list 2>/dev/null | grep -c "SHA-256 $(sha256sum < $list | cut -c1-64)"
    rm -r $(dirname $list)
    """)
  #expect(run.output == "1\n1\n", "\(run.output)\(run.errors)")
}
