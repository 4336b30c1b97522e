import Checking
import Columns
import Plans
import Testing

@Suite struct RowVerbTests {
  @Test func filter() {
    expectSteps("filter followers < 10", "| filter followers < 10")
    expectSteps("where verified, lang = \"en\"", "| filter verified", "| filter lang == \"en\"")
    expectErrors("filter", "'filter' needs a condition: write filter CONDITION, …")
  }

  @Test func take() {
    expectSteps("take 20", "| take 20")
    expectSteps("limit 2", "| take 2")
    expectErrors(
      "take 1, 2", "'take' takes one whole number, found 2 items: write take COUNT")
  }

  @Test func tail() {
    expectSteps("tail 20", "| tail 20")
    expectSteps("tail", "| tail 10")
    expectErrors("tail -1", "'tail' takes a whole number, found -1: write tail [COUNT = 10]")
  }

  @Test func sample() {
    expectSteps("sample 20", "| sample 20 with seed = 1")
    expectSteps("sample 0.25 with seed = 9", "| sample 0.25 with seed = 9")
    expectSteps("sample 2 per account, lang", "| sample 2 per account, lang with seed = 1")
  }

  @Test func window() {
    expectSteps(
      "window x = lag(followers) by followed_at per account",
      "| window `#1` = lag(followers, 1) by followed_at per account", "| derive x = `#1`")
    expectSteps(
      "window followers = followers - lag(followers), n = row_number(), m = lag(friends)",
      "| window `#1` = lag(followers, 1), `#2` = row_number(), `#3` = lag(friends, 1)",
      "| derive followers = followers - `#1`, n = `#2`, m = `#3`")
    expectSteps(
      "window followers = lag(followers), b = lag(followers)",
      "| window `#1` = lag(followers, 1)", "| derive followers = `#1`, b = `#1`")
  }

  @Test func sort() {
    expectSteps("sort followers desc, lang", "| sort followers desc, lang")
    expectSteps("sort by followers desc", "| sort followers desc")
    expectSteps("order by friends / followers asc", "| sort float(friends) / float(followers)")
    expectErrors("sort", "'sort' needs a column: write sort COLUMN [desc], …")
    expectErrors(
      "sort lang by id", "'sort' takes its columns once: write sort COLUMN [desc], …")
  }

  @Test func top() {
    expectSteps("top 5 by followers", "| top 5 by followers desc")
    expectSteps("top 5 by followers asc, id", "| top 5 by followers, id desc")
    expectSteps(
      "top 3 by followers per account", "| top 3 by followers desc per account")
  }

  @Test func distinct() {
    expectSteps("distinct", "| distinct rows")
    expectSteps("distinct lang", "| select lang", "| distinct rows", columns: ["lang"])
    expectSteps("distinct by id", "| distinct by id")
    expectErrors(
      "distinct lang by id",
      "'distinct' takes columns or by, not both: write distinct [COLUMN, …] [by COLUMN, …]")
  }

  @Test func count() {
    expectSteps("count", "| aggregate n = count()", columns: ["n"])
    expectSteps("count followers < 10", "| aggregate n = count(followers < 10)")
    expectSteps("count lang = \"en\"", "| aggregate n = count(lang == \"en\")")
    expectSteps("count by lang", "| aggregate n = count() by lang", "| sort n desc")
    expectSteps("count verified by lang", "| aggregate n = count(verified) by lang")
  }

  @Test func union() {
    #expect(
      lower("example | select id | union (example | select id, lang)").pipeline?.plan.schema.names
        == ["id", "lang"])
    let (pipeline, errors) = lower(
      "example | select followers, created_at | union (other | select followers, created_at)")
    #expect(errors == [])
    #expect(pipeline?.plan.schema.fields.map(\.type) == [.float, .time])
    #expect(
      pipeline?.plan.lines == [
        "union",
        "    example: 8 rows, 13 columns",
        "    | select followers, created_at",
        "    | derive followers = float(followers)",
        "    other: 0 rows, 5 columns",
        "    | select followers, created_at",
        "    | derive created_at = time(created_at)",
      ])
    expectErrors(
      "union other",
      "column 'verified' is a bool in example and a string in other: make them alike: "
        + "| derive verified = string(verified)")
  }
}
