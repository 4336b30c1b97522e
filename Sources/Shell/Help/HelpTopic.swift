import Checking

/// A page of the help that is about no single word.
struct HelpTopic: Sendable {
  let name: String
  /// Words that lead to the page too.
  var also: [String] = []
  /// One line, no full stop.
  let summary: String
  /// The groups of functions or operators that are listed below the text.
  var entries: [String] = []
  /// What may stand behind `with`, listed below the text.
  var options: [VerbSignature.Option] = []
  /// Lines, at most 78 columns.
  let text: [String]
  /// Complete programs over the table `example`.
  let examples: [String]

  /// In the order of the overview.
  static let all = [
    language, load, exports, values, operators, nulls, dates, text, groups, tables, scripts, output,
    errors,
  ]

  /// The topic of a name, or of a word that leads to it.
  static func named(_ name: String) -> HelpTopic? {
    all.first { $0.name == name || $0.also.contains(name) }
  }
}

extension HelpTopic {
  static let language = HelpTopic(
    name: "language", also: ["grammar", "syntax", "by", "per", "with", "as", "to", "on", "_"],
    summary: "how statements are written",
    text: """
        TABLE | VERB items by … per … on … with … to "file" as NAME

        by     what a verb works along: keys of a group, order of a sort
        per    repeats the verb for each group
        on     the keys of a join
        with   options, name = value
        to     writes the result to a file instead of the terminal
        as     names the result

        A line goes on after |, a comma, an operator or an open bracket, and where
        the next begins with |, by, per, with or to. Several statements stand in a
        line with ; between them. # begins a comment. _ is the last result. A name
        that is odd or reserved stands in backquotes: `my column`.
      """.lines,
    examples: [
      "example | filter followers < 10 and friends > 1k | select screen_name, friends",
      "example | group n = count(), typical = median(statuses) by lang | top 2 by n",
    ])

  static let load = HelpTopic(
    name: "load", also: ["files", "csv", "import"],
    summary: "reads files as tables", options: LoadOptions.all,
    text: """
        load "exports/acme.csv" as acme
        load "brands/*.csv.gz" as all with delimiter = ";", header = false

        csv, tsv, json, jsonl, also gz and zst, Arrow and SQLite (.help exports);
        `decoy acme.csv` loads it as acme. Columns of known exports get one set of
        names (followers, friends, created_at, …) and keep their old ones as well.
        The report says what was recognised, null, repaired or rejected; rejected
        rows are in NAME_rejects.

        Dates like 23/02/2022 are read where all cells of the column together say
        which number is the month; where they do not, dates = "dmy" or "mdy" does.
        Follow times that cannot be ones (before signing up, in the future) are
        counted, and no verb that goes by time reads them; nor a first time that a
        tenth of the list carries: that is when the list was first read.
      """.lines,
    examples: [
      "load \"example.csv\" as acme with selection = complete, captured_at = 2024-05-01",
      "load \"example.csv\" with types = false, delimiter = \",\"; example | take 2",
    ])

  static let values = HelpTopic(
    name: "values", also: ["numbers", "literals", "types", "bool", "int", "float", "string"],
    summary: "numbers, texts and other values, and how they are written",
    entries: ["numbers"],
    text: """
        int        1_000  10k  2.5M       64 bits; what does not fit is an error
        float      0.5  1e-3
        string     "text"  'text'         \\" \\n \\t \\\\ \\u{e9} inside
        bool       true  false
        date       2024-03-01             2024-03 is a month, see .help dates
        time       2024-03-01T12:00       microseconds, UTC unless --tz says else
        duration   7d  12h  1h30min  2w
        pattern    /regular expression/i  RE2, behind matches, ~ and in functions

        + - *  // and % (floor), / is real division; x / 0 is null.
      """.lines,
    examples: ["10k / 37", "example | derive far = friends / followers > 50 | take 3"])

  static let operators = HelpTopic(
    name: "operators",
    also: ["conditions", "in", "between", "and", "or", "not", "comparison", "logic", "arithmetic"],
    summary: "comparing and calculating, and what binds tighter",
    entries: ["logic", "comparison", "arithmetic"],
    text: """
        lang in ("en", "es")        one of these; not in is the opposite
        followers in 10..100        from 10 to 100, both ends too
        followers between 10 and 100     the same
        followed_at in 2024-03      see .help dates
        id in other                 see .help tables
        name ~ "bot"                see .help text
        statuses ?? 0               0 where statuses is null, see .help nulls

        From the loosest: or, and, not, comparisons with in and ~, ??, + and -,
        * / // and %, the sign. A single = in a filter is read as ==.
      """.lines,
    examples: [
      "example | filter lang in (\"en\", \"es\") and not verified",
      "example | filter followers in 10..100 or friends between 1k and 2500",
    ])

  static let nulls = HelpTopic(
    name: "nulls", also: ["null", "missing"],
    summary: "cells without a value",
    text: """
        An operator with null gives null, but `false and null` is false and
        `true or null` is true. x == null and x != null test for it; x ?? y takes y
        in its place. filter keeps rows that are true; the notes say how many were
        dropped because a value was null. Aggregates skip nulls; count() counts
        rows. Null is a key of a group, never a match of a join, and sorts last.
      """.lines,
    examples: [
      "example | filter statuses == null",
      "example | derive n = statuses ?? 0 | select screen_name, n",
    ])

  static let dates = HelpTopic(
    name: "dates", also: ["date", "time", "times", "periods", "duration"],
    summary: "days, months and times",
    entries: ["time"],
    text: """
        2024-03-01 is a day, 2024-03-01T12:00 a minute, T12:00:00 a second, 2024-03
        a month: t in 2024-03 is that month, t <= 2024-03 is before April, t > 2024-03
        from April on, t > 2024-03-01T12:00 from 12:01 on. A year is year(t) == 2024.
        a..b goes through the end of b. Days begin in the zone of --tz. A difference
        of times is a duration: age(created_at) / 1d.

        In files: 2022-02-23 and 2022/02/23, with a time of day or not, Twitter's and
        mail's own, Feb 23 2022, and 23/02/2022, 02-23-2022 1:05 PM or 23.02.2022 in
        the order that the column shows; load "x.csv" with dates = "dmy" (or "mdy")
        says it where both fit. A time without a zone is UTC unless with zone = …
        says else, a date without a time of day that day in the zone of --tz.
      """.lines,
    examples: [
      "example | filter followed_at in 2024-03 | group n = count() by day(followed_at)",
      "example | filter created_at in 2012-06..2014-12",
    ])

  static let text = HelpTopic(
    name: "text", also: ["strings", "regex", "pattern", "~"],
    summary: "searching and changing texts",
    entries: ["text"],
    text: """
        x ~ "part" holds a text, ignoring case; !~ is the opposite. Patterns are
        RE2's: linear time, no back references.
      """.lines,
    examples: [
      "example | filter description ~ \"coffee\" and name !~ \"bot\"",
      "example | filter screen_name matches /^user[0-9]{5,}$/",
    ])
}

extension String {
  /// The lines of a literal.
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
