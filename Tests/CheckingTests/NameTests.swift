import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Testing

@Suite struct NameTests {
  @Test func misspeltColumn() {
    expectErrors(
      "example | filter ‹folowers› < 10",
      "no column 'folowers' in example: did you mean 'followers'?")
  }

  @Test func unknownColumnListsWhatThereIs() {
    expectErrors(
      "example | select id, lang | filter ‹qqq› < 10",
      "no column 'qqq' after 'select': there are id, lang")
  }

  @Test func columnsOfThatPointOfThePipeline() {
    expectErrors(
      "example | group n = count() by lang | filter ‹followers› > 1",
      "no column 'followers' after 'group': there are lang, n")
  }

  @Test func derivedColumnsAreThere() {
    let program = CheckedProgram("example | derive r = friends / followers | filter r > 50")
    #expect(program.diagnostics == [])
  }

  @Test func anErrorDoesNotBringOthers() {
    expectErrors(
      "example | derive r = ‹frends› / followers | filter r > 50 | group a = avg(r) by lang | sort a",
      "no column 'frends' in example: did you mean 'friends'?")
  }

  @Test func unknownVerbStopsLaterColumns() {
    expectErrors(
      "example | ‹fliter› followers < 10 | select nothing",
      "no verb 'fliter': did you mean 'filter'?")
  }

  @Test func allErrorsAtOnce() {
    expectErrors(
      "example | filter ‹aaa› > 1 and ‹bbbb› < 2 | take ‹x›",
      "no column 'aaa' in example: there are account, id, screen_name, name, created_at, "
        + "followed_at, followers, friends, statuses, verified and 3 more",
      "no column 'bbbb' in example: there are account, id, screen_name, name, created_at, "
        + "followed_at, followers, friends, statuses, verified and 3 more",
      "no column 'x' in example: there are account, id, screen_name, name, created_at, "
        + "followed_at, followers, friends, statuses, verified and 3 more")
  }

  @Test func laterVerbsAreSaidToBeLater() {
    expectErrors("example | ‹chart›", "'chart' is not in this version yet")
  }

  @Test func unknownTable() {
    expectErrors("‹exampel› | take 1", "no table 'exampel': did you mean 'example'?")
    expectErrors("‹zzz› | take 1", "no table 'zzz': there are example, other")
    expectErrors("‹_› | take 1", "there is no last result yet: run a pipeline first")
  }

  @Test func emptySession() {
    var scope = exampleScope()
    scope.tables = [:]
    scope.scalars = [:]
    expectErrors(
      "‹acme›", "no table 'acme': load a file first: load \"followers.csv\" as t", scope: scope)
  }

  @Test func tableWhereAValueIsWanted() {
    expectErrors(
      "example | filter followers > ‹other›",
      "'other' is a table: a value of it: (other | group n = count())")
  }

  @Test func textWithoutQuotes() {
    expectErrors(
      "example | filter lang == ‹en›", "no column 'en' in example: text stands in quotes: \"en\"")
  }

  @Test func nameWithATable() {
    expectErrors(
      "example | filter ‹example.followers› > 1",
      "no column 'example.followers' in example: write followers: columns are named without their "
        + "table")
  }

  @Test func oldNamesWork() {
    var scope = exampleScope()
    scope.tables["t"] = Table(
      name: "t", fields: [Field(name: "followers", type: .int, originalName: "followers_count")],
      rows: [[.int(1)]])
    let program = CheckedProgram(
      "t | filter followers_count > 1 | select followers_count", scope: scope)
    #expect(program.steps == ["| filter followers > 1", "| select followers"])
    expectErrors(
      "t | filter ‹folowers_count› > 1",
      "no column 'folowers_count' in t: did you mean 'followers_count'?",
      scope: scope)
  }

  @Test func ambiguousNames() {
    var scope = exampleScope()
    scope.scalars["limit"] = .constant(.int(1))
    scope.parameters["followers"] = .scalar(.int(2), .int)
    expectErrors(
      "other | filter ‹limit› > 1",
      "'limit' is a column in other and a let: `limit` in backquotes is the column; give the let "
        + "another name", scope: scope)
    expectErrors(
      "other | filter ‹followers› > 1",
      "'followers' is a column in other and a parameter: `followers` in backquotes is the column, "
        + "$followers the parameter", scope: scope)
    let program = CheckedProgram("other | filter `limit` > $followers", scope: scope)
    #expect(program.steps == ["| filter `limit` > 2"] || program.steps == ["| filter limit > 2"])
  }

  @Test func letsAndParametersInExpressions() {
    let program = CheckedProgram(
      "param least: int = 5\nlet most = 10\nexample | filter followers between $least and most")
    #expect(program.steps == ["| filter followers >= 5 and followers <= 10"])
    expectErrors(
      "example | filter followers > ‹$leest›",
      "no parameter '$leest': declare it before: param leest: string = \"…\"")
  }

  @Test func unknownFunction() {
    expectErrors(
      "example | derive x = ‹lowr›(name)", "no function 'lowr': did you mean 'lower'?")
  }

  @Test func aliases() {
    let program = CheckedProgram(
      "example | where len(name) > 3 | summarize a = mean(followers) by lang | order by a desc "
        + "| limit 2")
    #expect(
      program.steps == [
        "| filter length(name) > 3", "| aggregate a = avg(followers) by lang",
        "| sort a desc", "| take 2",
      ])
  }

  @Test func handles() {
    var scope = exampleScope()
    scope.tables["other"] = nil
    let program = CheckedProgram("@Acme | take 1", scope: scope)
    // Its class comes from the whole list.
    #expect(program.steps.contains { $0.hasPrefix("| classify") })
    #expect(
      program.steps.suffix(2) == [
        "| filter lower(account) == \"acme\" or lower(screen_name) == \"acme\"", "| take 1",
      ])
    scope.tables["rival"] = Catalogue.exampleTable
    let both = CheckedProgram("@Acme | take 1", scope: scope)
    #expect(both.steps.last == "| take 1")
    #expect(both.diagnostics == [])
    #expect(
      CheckedProgram("example | filter account == @acme").steps == ["| filter account == \"acme\""])
  }

  @Test func lastResult() {
    let program = CheckedProgram("example | filter followers < 10\n_ | take 1")
    #expect(program.steps == ["| filter followers < 10", "| take 1"])
  }

  @Test func filesAreTables() {
    let program = CheckedProgram("\"x.csv\" | join \"y.csv\" on id | take 1")
    #expect(program.diagnostics == [])
    #expect(Set(program.scope.files.keys) == ["x.csv", "y.csv"])
    #expect(CheckedProgram("example | filter id in (\"a.csv\" | select id)").diagnostics == [])
  }
}
