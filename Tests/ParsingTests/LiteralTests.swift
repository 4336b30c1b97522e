import Testing

@Suite struct LiteralTests {
  @Test func wholeNumbers() {
    expectExpression("0", "0")
    expectExpression("1_000_000", "1000000")
    expectExpression("10k", "10000")
    expectExpression("2.5M", "2500000")
    expectExpression("1.5k", "1500")
    expectExpression("3B", "3000000000")
    expectExpression("9223372036854775807", "9223372036854775807")
    expectExpression("-9223372036854775808", "-9223372036854775808")
    expectExpression("- 5", "-5")
    expectExpression("-(5)", "(- 5)")
    expectExpression("2 -3", "(- 2 3)")
    expectExpression("9_223_372_036.854775807B", "9223372036854775807")
  }

  @Test func floats() {
    expectExpression("2.5", "2.5f")
    expectExpression("2.0", "2.0f")
    expectExpression(".5", "0.5f")
    expectExpression("1e-3", "0.001f")
    expectExpression("1E+20", "1e+20f")
    expectExpression("1e3", "1000.0f")
    expectExpression("-1.5", "-1.5f")
    expectExpression("0.0005k", "0.5f")
    expectExpression("1_0.2_5", "10.25f")
    expectExpression("123456789012345678901.5", "1.2345678901234568e+20f")
  }

  @Test func durations() {
    expectExpression("7d", "604800000000us")
    expectExpression("12h", "43200000000us")
    expectExpression("30min", "1800000000us")
    expectExpression("2w", "1209600000000us")
    expectExpression("45s", "45000000us")
    expectExpression("100ms", "100000us")
    expectExpression("5us", "5us")
    expectExpression("1h30min", "5400000000us")
    expectExpression("1.5h", "5400000000us")
    expectExpression("-1d12h", "-129600000000us")
  }

  @Test func dates() {
    for date in [
      "2024-03-01", "2024-03", "2024-03-01T12:00", "2024-03-01T12:00:30", "2024-03-01T12:00:30.125",
      "2024-03-01T12:00Z", "2024-03-01T12:00:00+02:00", "2024-03-01T12:00-05:30",
    ] {
      expectExpression(date, "date:\(date)")
    }
    expectExpression("2024 - 3", "(- 2024 3)")
    expectExpression("2024-3", "(- 2024 3)")
    expectExpression("a-2024-03", "(- a date:2024-03)")
    expectExpression("2024-03-01T12:00-7d", "(- date:2024-03-01T12:00 604800000000us)")
    expectExpression("2024-03-01 - 7d", "(- date:2024-03-01 604800000000us)")
  }

  @Test func strings() {
    expectExpression("1 + \"a 'b' | c\"", "(+ 1 'a 'b' | c')")
    expectExpression("1 + 'a \"b\" # c'", "(+ 1 'a \"b\" # c')")
    expectExpression(#"1 + "\n\t\r\\\"\'\`""#, "(+ 1 '\n\t\r\\\"'`')")
    expectExpression(#"1 + "\u{1F986}\u{41}""#, "(+ 1 '🦆A')")
    expectExpression("1 + \"größe 名前 🦆\"", "(+ 1 'größe 名前 🦆')")
    expectExpression("1 + ''", "(+ 1 '')")
    expectExpression("1 + 'a\nb'", "(+ 1 'a\nb')")
  }

  @Test func patterns() {
    expectExpression("a matches /[a-z]+[0-9]{6,}/", "(matches a /[a-z]+[0-9]{6,}/)")
    expectExpression(#"a matches /\/\d\\/is"#, #"(matches a //\d\\/is)"#)
    expectExpression("f(/'/, /\"/)", "f(/'/, /\"/)")
    expectOutline("t | extract /a b/", "t | extract[/a b/]")
  }

  @Test func words() {
    expectExpression("true", "true")
    expectExpression("false or null", "(or false null)")
  }
}
