import Testing

@Test func anExpressionPrintsItsValue() {
  let run = Process.run(["-c", "1 + 1"])
  #expect(run.output == "2\n")
  #expect(run.errors == "")
  #expect(run.status == 0)
}

@Test func severalProgramsRunInOrder() {
  let run = Process.run(["-c", "let x = 2", "--format", "jsonl", "-c", "x + 1", "-c", "x + 2"])
  #expect(run.output == "{\"value\": 3}\n{\"value\": 4}\n", "\(run.output)")
  #expect(run.status == 0)
  let failing = Process.run(["-c", "1 + 1", "-c", "nobody | take 1", "-c", "2 + 2"])
  #expect(failing.output == "2\n")
  #expect(failing.errors.contains("no table 'nobody'"))
  #expect(failing.status == 1)
  let going = Process.run(["--keep-going", "-c", "nobody | take 1", "-c", "2 + 2"])
  #expect(going.output == "4\n")
  #expect(going.status == 1)
}

@Test func standardInputIsAProgram() {
  #expect(Process.run([], input: "10k / 4\n'a' + 'b'\n").output == "2500\nab\n")
}

@Test func aFailedStatementEndsWithOne() {
  let run = Process.run(["-c", "1 +\n; 2"])
  #expect(run.status == 1)
  #expect(run.errors.contains("error:"))
}

@Test func aWrongCommandLineEndsWithTwo() {
  #expect(Process.run(["--no-such-option"]).status == 2)
  #expect(Process.run(["--threads", "0", "-c", "1"]).status == 2)
  #expect(Process.run(["--tz", "Europe/Berln", "-c", "1"]).errors.contains("Europe/Berlin"))
  #expect(Process.run(["run"]).status == 2)
  let late = Process.run(["--threads", "1", "audit", "x.csv"])
  #expect(late.status == 2 && late.errors.contains("decoy audit … --threads 1"))
}

@Test func helpAndVersion() {
  let help = Process.run(["--help"])
  #expect(help.status == 0)
  #expect(help.output.contains("EXAMPLES"))
  #expect(Process.run(["--version"]).output.hasPrefix("decoy "))
}

@Test func keepGoingRunsTheRestAndStillFails() {
  let run = Process.run(["--keep-going", "-c", "nobody | take 1; 2 + 2"])
  #expect(run.output == "4\n")
  #expect(run.status == 1)
  #expect(Process.run(["-c", "nobody | take 1; 2 + 2"]).output == "")
}

@Test func aReaderThatLeavesEndsItQuietly() {
  let run = Process.shell(
    """
    "$DECOY" simulate - --days 200 --rate 100 > $0.csv 2>/dev/null
    "$DECOY" $0.csv -c 'take_all | take 1' >/dev/null 2>&1
    { "$DECOY" -c 'load "'$0.csv'" as t; t' 2>/tmp/decoy-err-$$; echo $? > /tmp/decoy-status-$$; } | head -1 >/dev/null
    cat /tmp/decoy-status-$$; grep -c error /tmp/decoy-err-$$; rm -f /tmp/decoy-status-$$ /tmp/decoy-err-$$ $0.csv
    """)
  #expect(run.output == "0\n0\n")
}

@Test func ctrlCStopsAnOutputThatNobodyReads() {
  // Once its first byte is there the program fills the pipe and waits; the guard is for the case that it goes on.
  let run = Process.shell(
    """
    folder=$(mktemp -d)
    "$DECOY" simulate $folder/t.csv --days 200 --rate 100 2>/dev/null
    mkfifo $folder/pipe
    "$DECOY" $folder/t.csv -c 't' > $folder/pipe 2>/dev/null &
    program=$!
    exec 4< $folder/pipe
    head -c 1 <&4 >/dev/null
    { sleep 60; kill -9 $program; } >/dev/null 2>&1 &
    guard=$!
    kill -INT $program
    wait $program
    echo $?
    kill $guard
    rm -r $folder
    """)
  #expect(run.output == "130\n")
}

@Test func ctrlCStopsASimulation() {
  let run = Process.shell(
    """
    folder=$(mktemp -d)
    mkfifo $folder/pipe
    "$DECOY" simulate - --days 3000 --rate 100000 > $folder/pipe 2>/dev/null &
    program=$!
    exec 4< $folder/pipe
    head -c 1 <&4 >/dev/null
    kill -INT $program
    wait $program
    echo $?
    rm -r $folder
    """)
  #expect(run.output == "130\n")
}

@Test func aFullDiskIsAnError() {
  let run = Process.shell("\"$DECOY\" -c '1 + 1' > /dev/full")
  #expect(run.status == 1)
  #expect(run.errors.contains("standard output"))
}
