import Checking
import Columns
import Diagnostics
import Plans
import Testing

@Suite struct TypeTests {
  @Test func filterWantsACondition() {
    expectErrors(
      "example | filter ‹followers›",
      "'filter' takes a condition, found an int: write followers > 0")
    expectErrors(
      "example | filter verified and ‹lang›",
      "'and' takes a condition, found a string: write lang == \"…\"")
  }

  @Test func listWrittenWithOr() {
    expectErrors(
      "example | filter lang == \"en\" or ‹\"pt\"›",
      "'or' takes a condition, found a string: write lang in (\"en\", \"pt\")")
  }

  @Test func wrongColumnsHaveAnyType() {
    expectErrors(
      "example | derive followers = upper(‹nme›) | filter followers ~ \"x\"",
      "no column 'nme' in example: did you mean 'name'?")
  }

  @Test func comparisonOfTwoTypes() {
    expectErrors(
      "example | filter followers ‹==› \"10\"",
      "cannot compare an int with a string: write 10 without quotes")
    expectErrors(
      "example | filter lang ‹==› 5", "cannot compare a string with an int: write \"5\"")
    expectErrors(
      "example | filter verified ‹==› 1", "cannot compare a bool with an int: write verified")
    expectErrors(
      "example | filter created_at ‹>› 20", "cannot compare a time with an int")
    expectErrors(
      "example | filter age(created_at) ‹<› 7",
      "cannot compare a duration with an int: durations have a unit: 7d")
  }

  @Test func arithmeticOfTwoTypes() {
    expectErrors(
      "example | derive x = name ‹+› followers",
      "no '+' for a string and an int: string(followers) makes a text of it")
    expectErrors(
      "example | derive x = created_at ‹+› 7",
      "no '+' for a time and an int: durations have a unit: 7d")
    expectErrors(
      "example | derive x = verified ‹+› 1",
      "no '+' for a bool and an int: if(verified, 1, 0) makes a number of it")
    expectErrors(
      "example | derive x = name ‹??› 1",
      "'??' takes two values of one type, found a string and an int")
  }

  @Test func wideningIsWrittenOut() {
    let program = CheckedProgram("example | derive r = friends / 2, s = followers + 0.5")
    #expect(program.steps == ["| derive r = float(friends) / 2.0, s = float(followers) + 0.5"])
  }

  @Test func datesAndDurations() {
    func type(_ text: String) -> DataType? { CheckedProgram(text).scalar?.type }
    #expect(type("2024-03-01 + 7d") == .date)
    #expect(type("7d + 2024-03-01") == .date)
    #expect(type("2024-03-01 - 12h") == .time)
    #expect(type("2024-03-01 - 2024-02-01") == .duration)
    #expect(type("now() - 2024-02-01") == .duration)
    #expect(type("3 * 7d") == .duration)
    #expect(type("7d / 2d") == .float)
    #expect(type("7d // 2d") == .int)
    #expect(type("7d % 2d") == .duration)
    #expect(type("7 // 2") == .int)
    #expect(type("7 / 2") == .float)
    #expect(type("-7") == .int)
    #expect(CheckedProgram("-7").scalar?.constantValue == .int(-7))
  }

  @Test func argumentTypes() {
    expectErrors(
      "example | derive x = lower(‹followers›)",
      "'lower' takes a string, found an int: string(followers) makes a text of it")
    expectErrors(
      "example | derive x = day(‹name›)",
      "'day' takes a date or time, found a string: time(name) reads a text as a time")
    expectErrors(
      "example | derive x = round(followers, ‹\"2\"›)",
      "'round' takes an int, found a string: int(\"2\") reads a text as a number")
  }

  @Test func argumentCounts() {
    expectErrors(
      "example | derive x = ‹lower(name, name)›",
      "'lower' takes 1 argument, found 2: write lower(x)")
    expectErrors(
      "example | derive x = ‹substring(name)›",
      "'substring' takes 2 to 3 arguments, found 1: write substring(x, start, length)")
    expectErrors(
      "example | derive x = ‹coalesce(name)›",
      "'coalesce' takes at least 2 arguments, found 1: write coalesce(a, b, …)")
    expectErrors(
      "example | group x = ‹max(followers, friends)›",
      "'max' takes 1 argument, found 2: the larger of two values is greatest(a, b)")
  }

  @Test func namedArguments() {
    #expect(CheckedProgram("round(2.345, digits = 2)").diagnostics == [])
    expectErrors(
      "round(2.345, ‹digit› = 2)", "'round' has no argument 'digit': did you mean 'digits'?")
    #expect(
      CheckedProgram("example | derive x = if(lang = \"en\", 1, 0)").steps
        == ["| derive x = if(lang == \"en\", 1, 0)"])
  }

  @Test func defaultsAreFilledIn() {
    #expect(CheckedProgram("round(2.5)").scalar?.text == "round(2.5, 0)")
    #expect(
      CheckedProgram("round(5)").scalar?.text == "round(5)"
        || CheckedProgram("round(5)").scalar?.text == "5")
    #expect(
      CheckedProgram("substring(\"abc\", 2)").scalar?.text
        == "substring(\"abc\", 2, 9223372036854775807)")
  }

  @Test func caseValues() {
    #expect(
      CheckedProgram("case(true, 1, false, 2.5)").scalar?.text
        == "case(true, 1.0, false, 2.5, null)")
    expectErrors(
      "case(true, 1, ‹\"x\"›)",
      "the values of 'case' are of one type, found an int and a string")
    expectErrors(
      "case(‹5›, 1, 2)", "'case' takes a condition, found an int")
    expectErrors(
      "‹case(true)›",
      "'case' takes a condition and a value: write case(condition, value, …, otherwise)")
  }

  @Test func ifValues() {
    expectErrors(
      "if(true, 1, ‹\"x\"›)", "the values of 'if' are of one type, found an int and a string")
    expectErrors(
      "example | filter not ‹lang›", "'not' takes a condition, found a string: write lang == \"…\"")
    expectErrors(
      "example | derive d = created_at ‹-› \"2024-01-01\"",
      "no '-' for a time and a string: write the date without quotes")
  }

  @Test func patterns() {
    #expect(
      CheckedProgram("example | filter name matches /ab+/i").steps
        == ["| filter name matches \"(?i)ab+\""])
    #expect(
      CheckedProgram("example | derive x = extract(name, /a(b)c/), y = extract(name, /abc/)").steps
        == ["| derive x = extract(name, \"a(b)c\", 1), y = extract(name, \"abc\", 0)"])
    expectErrors(
      "example | filter name matches ‹/[a/›", "in this regular expression: missing ]")
    expectErrors(
      "example | filter name matches ‹/a/q›",
      "no flag 'q' of a regular expression: there are i (ignore case), m (lines), s (a dot matches "
        + "line ends)")
    expectErrors(
      "example | filter name matches ‹lang›",
      "a regular expression is a constant: write /pattern/, or contains(a, b)")
    expectErrors(
      "example | filter contains(name, ‹/a/›)",
      "'contains' takes a text, not a regular expression: write x matches /pattern/, or "
        + "extract(x, /pattern/)")
    expectErrors(
      "example | derive x = extract(name, /a/, ‹2›)",
      "the pattern has no group 2: groups stand in brackets: /x([0-9]+)/")
    #expect(
      CheckedProgram("example | filter name !~ \"bot\"").steps == ["| filter not name ~ \"bot\""])
    #expect(
      CheckedProgram("example | filter name ~ /b.t/").steps
        == ["| filter name matches \"(?i)b.t\""])
  }

  @Test func textSearchWantsText() {
    expectErrors(
      "example | filter ‹followers› ~ \"1\"",
      "'~' takes a string, found an int: string(followers) makes a text of it")
  }

  @Test func nullTests() {
    expectCondition("lang == null", "lang == null")
    expectCondition("null != lang", "lang != null")
    expectErrors(
      "example | filter ‹lang < null›",
      "nothing is less or greater than null: write x == null or x != null")
  }

  @Test func singleEquals() {
    expectCondition(
      "lang = \"en\" and followers = 3 or verified",
      "lang == \"en\" and followers == 3 or verified")
  }

  @Test func times() {
    #expect(CheckedProgram("ago(1d)").scalar?.constantValue == .time(1_717_113_600_000_000))
    #expect(
      CheckedProgram("example | derive a = age(created_at)").steps
        == ["| derive a = 2024-05-01T00:00:00Z - created_at"])
    expectErrors(
      "example | derive a = ago(‹now() - created_at›)", "'d' of 'ago' is a constant: write ago(d)")
  }

  @Test func scalarPipelines() {
    let program = CheckedProgram("example | filter followers > (other | group n = count())")
    #expect(program.diagnostics == [])
    expectErrors(
      "example | filter followers > (‹other›)",
      "'other' is a table: a value of it: (other | group n = count())")
    expectErrors(
      "example | filter followers > ‹(other | take 1)›",
      "a table in an expression has one column and one row, found 5 columns: end it with "
        + "| group x = … or | select x")
  }
}
