extension HelpTopic {
  static let groups = HelpTopic(
    name: "groups", also: ["aggregation"],
    summary: "counting and comparing groups of rows",
    text: """
        group x = AGGREGATE, … by KEY, …     a row for each key
        group by KEY                         n and share, largest first
        count by KEY                         the same, n only
        derive x = AGGREGATE per KEY         the group's value for every row
        top 3 by x per KEY                   the first rows of each group
        ratio a / b by KEY                   medians with intervals, sums, shares

        .help aggregates lists what can be computed of a group.
      """.lines,
    examples: [
      "example | group by lang",
      "example | group n = count(), share(verified) by account | sort n desc",
      "example | derive part = followers / sum(followers) per account",
    ])

  static let tables = HelpTopic(
    name: "tables", also: ["let", "membership", "@"],
    summary: "several tables, names for results",
    text: """
        let NAME = TABLE | …         a name for a pipeline, computed once
        join T on KEY                the rows of two tables side by side
        lookup T on KEY              the first match only
        union T, …                   the rows of all, one after the other
        x in T, x not in T           whether T has it, by its key
        x in (T | select c)          by another column
        (T | group n = count())      one value, in an expression
        @handle                      the rows of that account, or that follower
      """.lines,
    examples: [
      "let rivals = example | filter account == \"rival\"; "
        + "example | filter account == \"acme\" and id in (rivals | select id)",
      "example | filter followers > (example | group m = median(followers))",
    ])

  static let scripts = HelpTopic(
    name: "scripts", also: ["script", "param", "def", "run", "parameters"],
    summary: "programs in files, with parameters",
    text: """
        decoy run SCRIPT.dq [FILE …] [--param NAME=VALUE …]
        decoy run SCRIPT.dq --help       what it answers, its parameters

        param t: table                   a loaded file; the only one is taken
        param least: int = 100           a type and a default; used as $least
        def risky(t, limit = 50) = t | filter friends / followers > limit

        Types: bool int float string date time duration table. The first comment of
        a script says what it answers, a comment behind a param what that is for.
      """.lines,
    examples: [
      "param least: int = 100; example | filter followers >= $least | count",
      "def risky(t, limit = 50) = t | filter friends / followers > limit; example | risky 20",
    ])

  static let output = HelpTopic(
    name: "output", also: ["formats", "format", "explain", "export"],
    summary: "where results go",
    text: """
        … | save "odd.csv"               csv, tsv, json, jsonl, markdown, xlsx
        … | save "acme.arrow"            a snapshot: opens at once, whatever its size
        … to "odd.csv"                   the same, at the end of any statement
        decoy -c '…' --format json       for other programs; notes go to stderr
        decoy -c '…' --format arrow      an Arrow stream, for pyarrow and the like
        explain TABLE | …                the plan: rows, time and way of each step

        The plan is what is computed, not what was written: filters stand as near to
        the table as they may, sorts that nobody sees are gone. "filter (…) ?? true"
        drops rows early of which a filter above would keep nothing.
      """.lines,
    examples: ["explain example | group n = count() by lang", "example | take 2 to \"two.csv\""])

  static let exports = HelpTopic(
    name: "exports",
    also: [
      "jsonl", "ndjson", "sqlite", "arrow", "feather", "parquet", "snapshot", "zst", "platforms",
      "platform", "rejects",
    ],
    summary: "what files may be, and which exports are recognised",
    text: """
        load "x.csv" as x               CSV, TSV, JSON, JSON lines, plain, gz or zst
        load "x.arrow" as x             Arrow (feather, ipc) files and streams
        load "x.db" with table = "t"    a table of an SQLite file, which is only read
        load "-" as x                   standard input; a FIFO works too

        Text is UTF-8, UTF-16 or, as spreadsheets write it in the West, Windows-1252;
        another is said: `with encoding = "windows-1251"`, as iconv -l names it. Bytes
        that fit none become U+FFFD, and the report counts them.

        JSON: an object a line, an array, one object, or whole responses: their rows
        are what `data`, `users`, `followers` and the like hold, or their only list of
        objects; the report names it and what is left out. A list of plain ids is a
        column `id`; those of Twitter, in follow order, tell when each followed. Its
        archive, follower.js, is read as it is. Nested keys become columns with
        points, arrays stay JSON text, of a key that stands twice the last value
        counts. A line or object that is no JSON (NaN, a comma too many, nesting
        beyond 1,024) is left out and listed in NAME_rejects with its line and byte.

        Arrow files that `save` wrote are snapshots: mapped, not read, with what was
        recognised when their rows were first loaded; values are checked when they
        are first used. Those of other programs are read into memory: structures
        become columns with points, lists JSON text, decimals floats, nanoseconds
        microseconds; the report says so. Parquet is not read; the error says how to
        convert it.

        Recognised by their columns, for `classify`, `spike` and the others:
        Twitter/X    API v1.1 and v2 objects, twarc, research sets, scrapers, bare ids
        Instagram    followers_1.json, following.json: follow times, no profiles
        TikTok       Follower.txt, user_data.json: Date, UserName; API counts
        YouTube      Studio's daily CSV; public counts are told to be rounded
        Bluesky      did, handle, followersCount; indexedAt is no follow time
        Mastodon     acct is the key: ids hold on one server; last_status_at is a day
        GitHub       stargazers: starred_at is the follow time
        Numbers in time columns are seconds, milli- or microseconds since 1970, or a
        spreadsheet's days; 12.3K, 1,234 and 1.234 in columns of counts are counts.
        `with raw = true` leaves all that. A first line sep=; is heeded.
      """.lines,
    examples: ["example | take 2"])

  static let errors = HelpTopic(
    name: "errors", also: ["error", "messages", "overflow"],
    summary: "what messages mean",
    text: """
        error: no column 'folowers' in example: did you mean 'followers'?
          example | filter folowers < 10
                           ^~~~~~~~

        What is wrong, what to do, and the place. All errors of a statement are
        found before it runs, except those of the data: an int that overflows, a
        pipeline in brackets that gives more than one row. A value that cannot be
        converted is null, and the notes count such values. In a script a message
        begins with file:line:column; the first one ends it, unless --keep-going.
      """.lines,
    examples: ["example | derive n = int(screen_name) | take 2"])
}

extension String {
  /// The lines of a literal.
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
