import Testing

/// A file that is cut while a session uses it ends the statement, not the session; nothing that was
/// computed of it is kept or saved.
@Test func cutSnapshotsEndTheStatement() {
  let run = Process.shell(
    """
    folder=$(mktemp -d) && cd "$folder" || exit 9
    i=0; echo id,text > a.csv
    while [ $i -lt 3000 ]; do echo "$i,text $i"; i=$((i + 1)); done >> a.csv
    "$DECOY" convert a.csv a.arrow 2>/dev/null || exit 8
    mkfifo lines answers
    "$DECOY" batch < lines > answers 2>/dev/null &
    exec 3> lines 4< answers
    ask() { echo "{\\"program\\": \\"$1\\"}" >&3; read -r line <&4; echo "$line"; }
    ask "load 'a.arrow' as a"
    ask "let sums = a | group n = count(), s = sum(id)"
    truncate -s 4096 a.arrow
    ask "sums"
    ask "sums"
    ask "a | filter text ~ 'text 1' | save 'b.csv'"
    ask "2 + 3"
    ls
    exec 3>&-
    wait
    rm -rf "$folder"
    """)
  let lines = run.output.split(separator: "\n").map(String.init)
  #expect(lines.count >= 6, "\(run.output) \(run.errors)")
  guard lines.count >= 6 else { return }
  #expect(lines[0].contains("\"ok\": true") && lines[1].contains("\"ok\": true"))
  for line in lines[2...4] {
    #expect(line.contains("\"ok\": false") && line.contains("'a.arrow' is damaged"), "\(line)")
  }
  #expect(lines[5].contains("\"ok\": true"))
  #expect(!lines.contains("b.csv"))
}

/// Killed while it saves, or with no space left: nothing stays behind, the old file is whole.
@Test func savesThatFailLeaveNothing() {
  let run = Process.shell(
    """
    folder=$(mktemp -d) && cd "$folder" || exit 9
    i=0; echo id,text > a.csv
    while [ $i -lt 3000 ]; do echo "$i,text $i"; i=$((i + 1)); done >> a.csv
    "$DECOY" convert a.csv a.arrow 2>/dev/null; cp a.arrow before
    ( ulimit -f 8; trap '' XFSZ
      "$DECOY" a.csv -c 'a | save "a.arrow" with replace = true' 2>/dev/null; echo "status $?" )
    for pause in 0.02 0.05 0.1 0.15 0.2 0.3; do
      "$DECOY" a.csv -c 'a | save "a.arrow" with replace = true' 2>/dev/null &
      sleep $pause; kill -9 $! 2>/dev/null; wait $! 2>/dev/null
    done
    "$DECOY" a.arrow --format csv -c a 2>/dev/null | tail -n 1
    ls
    rm -rf "$folder"
    """)
  #expect(
    run.output == "status 1\n2999,text 2999\na.arrow\na.csv\nbefore\n",
    "\(run.output) \(run.errors)")
}

@Test func arrowStreamsGoThroughPipes() {
  let run = Process.shell(
    """
    printf 'id,name\\n1,a\\n2,\\n' | "$DECOY" convert - - --format arrow 2>/dev/null \\
      | "$DECOY" convert - - --format csv 2>/dev/null
    """)
  #expect(run.output == "id,name\n1,a\n2,\n", "\(run.output) \(run.errors)")
}
