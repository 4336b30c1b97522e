import Testing

@Suite struct LiteralErrorTests {
  @Test func quotes() {
    expectErrors(
      #"a | filter x == «"abc | take 3»\#nb"#, #"this string is not closed: add ""#,
      outline: ["a | filter[(== x 'abc | take 3')]", "b"])
    expectErrors(
      #"a | filter f(x, «"abc)»\#nrival | take 3 «4»"#, #"this string is not closed: add ""#,
      "expected ',' or '|' before '4'",
      outline: ["a | filter[f(x, 'abc)')]", "rival | take[3]"])
    expectErrors(
      #"load «"x.csv as t»\#na | filter x == "b""#, #"this string is not closed: add ""#,
      outline: ["load['x.csv as t']", "a | filter[(== x 'b')]"])
    expectErrors(
      "x + 'it'«'s'»",
      #"expected '|' or a new line before ''s'': a quote inside of a string is written \'"#,
      outline: ["= (+ x 'it')"])
    expectErrors(
      #"x + "a«\q»b«\u{110000}»«\u{zz}»c«\é»""#,
      #"'\q' is no escape: write \\ for a backslash; \n \t \" \' \u{…} are known"#,
      #"'\u{110000}' is no escape: write \\ for a backslash; \n \t \" \' \u{…} are known"#,
      #"'\u{zz}' is no escape: write \\ for a backslash; \n \t \" \' \u{…} are known"#,
      #"'\é' is no escape: write \\ for a backslash; \n \t \" \' \u{…} are known"#,
      outline: [#"= (+ x 'a\qb\u{110000}\u{zz}c\é')"#])
    expectErrors(
      "«`abc»", "this name is not closed: add a backquote",
      outline: ["`abc`"])
    expectErrors(
      "«``» + 1", "the name is empty",
      outline: ["= (+ `` 1)"])
    expectErrors(
      "a | filter x matches «/abc»", "this pattern is not closed: add '/'",
      outline: ["a | filter[(matches x /abc/)]"])
    expectErrors(
      "a matches «//»", "the pattern is empty: comments begin with '#'",
      outline: ["= (matches a //)"])
  }

  @Test func numbers() {
    expectErrors(
      "«9223372036854775808»",
      #"this number exceeds 64 bits: write an id in quotes, "9223372036854775808", or a float, 1e20"#,
      outline: ["?"])
    expectErrors(
      "-«9223372036854775809»",
      #"this number exceeds 64 bits: write an id in quotes, "9223372036854775809", or a float, 1e20"#,
      outline: ["?"])
    expectErrors(
      "«10_000_000_000B»", "this number exceeds 64 bits: write it as a float, 1e20",
      outline: ["?"])
    expectErrors(
      "«1e999»", "this number is too large",
      outline: ["?"])
    expectErrors(
      "«007»", #"a number does not begin with 0: an id stands in quotes: "007""#,
      outline: ["?"])
    expectErrors(
      "«7days»", "no unit 'days': write 7d",
      outline: ["?"])
    expectErrors(
      "«5m»", "no unit 'm': write 5min or 5M",
      outline: ["?"])
    expectErrors(
      "«10K»", "no unit 'K': write 10k",
      outline: ["?"])
    expectErrors(
      "«3mo»", "no unit 'mo': months vary: write days, as in 30d or 365d",
      outline: ["?"])
    expectErrors(
      "«12abc»",
      "no unit 'abc': units are k M B and w d h min s ms us; a name like this stands in backquotes",
      outline: ["?"])
    expectErrors(
      "«1__0»", "'1__0' is not a number",
      outline: ["?"])
    expectErrors(
      "«1_»", "'1_' is not a number",
      outline: ["?"])
    expectErrors(
      "«1.2.3»", "'1.2.3' is not a number",
      outline: ["?"])
    expectErrors(
      "«2kk»",
      "no unit 'kk': units are k M B and w d h min s ms us; a name like this stands in backquotes",
      outline: ["?"])
    expectErrors(
      "«1h5»", "'1h5' is not a number: a name that begins with a digit stands in backquotes: `1h5`",
      outline: ["?"])
    expectErrors(
      "«1h2k»", "'k' ends a number: '1h2k'",
      outline: ["?"])
    expectErrors(
      "«1e3k»",
      "'1e3k' is not a number: a name that begins with a digit stands in backquotes: `1e3k`",
      outline: ["?"])
    expectErrors(
      "«99999999999999d»",
      "this duration cannot be counted in microseconds: it is too long, or a part of it too short",
      outline: ["?"])
    expectErrors(
      "«0.5us»",
      "this duration cannot be counted in microseconds: it is too long, or a part of it too short",
      outline: ["?"])
  }

  @Test func dates() {
    expectErrors(
      "«2024-13»", "no month 13: to subtract, write blanks around '-'",
      outline: ["?"])
    expectErrors(
      "«2024-03-32»", "no day 32: to subtract, write blanks around '-'",
      outline: ["?"])
    expectErrors(
      "«2024-03-1»", "not a date: write 2024-03-01 or 2024-03; blanks around '-' subtract",
      outline: ["?"])
    expectErrors(
      "«2024-03x»", "not a date: write 2024-03-01 or 2024-03; blanks around '-' subtract",
      outline: ["?"])
    expectErrors(
      "«2024-03-01T12»", "not a time: write 2024-03-01T12:00, with Z or +02:00 behind it",
      outline: ["?"])
    expectErrors(
      "«2024-03-01T25:00»", "no such time of day",
      outline: ["?"])
    expectErrors(
      "2024-03-01T12:00+2«:»00", "expected '|' or a new line before ':'",
      outline: ["= (+ date:2024-03-01T12:00 2)"])
    expectErrors(
      "«2024-03-01x»", "not a date: write 2024-03-01 or 2024-03; blanks around '-' subtract",
      outline: ["?"])
    expectErrors(
      "a | filter t > 2024-03-01 «12»:00",
      "expected ',' or '|' before '12': join day and time with T: 2024-03-01T12:00",
      outline: ["a | filter[(> t date:2024-03-01)]"])
  }

  @Test func characters() {
    expectErrors(
      "a | filter «“x”» == 3", #"unexpected '“x”': write straight quotes: "text""#,
      outline: ["a | filter[?]"])
    expectErrors(
      "a | filter x «≥» 3", "unexpected '≥': write >=",
      outline: ["a | filter[x]"])
    expectErrors(
      "a «−» b", "unexpected '−': write -",
      outline: ["a"])
    expectErrors(
      "«🦆» | take 3", "unexpected '🦆': a name with this character stands in backquotes",
      outline: ["? | take[3]"])
    expectErrors(
      "a.b«.»", "unexpected '.'",
      outline: ["a.b"])
    expectErrors(
      "a «.» b", "unexpected '.'",
      outline: ["a"])
    expectErrors(
      "«\u{0}»", "unexpected character U+0",
      outline: ["?"])
    expectErrors(
      #"a «\» b"#, #"unexpected '\'"#,
      outline: ["a"])
  }
}
