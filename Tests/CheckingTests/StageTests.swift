import Checking
import Columns
import Diagnostics
import Plans
import Testing

@Suite struct StageTests {
  @Test func countsAreWholeNumbers() {
    let usage = "write top COUNT by COLUMN [asc], … [per COLUMN, …]"
    expectErrors(
      "example | top ‹1.8› by followers", "'top' takes a whole number, found 1.8: \(usage)")
    expectErrors("example | ‹top 5›", "'top' needs by: \(usage)")
    expectErrors(
      "example | take ‹-1›", "'take' takes a whole number, found -1: write take COUNT")
    expectErrors(
      "example | take ‹followers›", "'take' takes a whole number, found an int: write take COUNT")
    expectErrors("example | ‹take›", "'take' needs a whole number: write take COUNT")
    #expect(CheckedProgram("example | take 1k").steps == ["| take 1000"])
    #expect(CheckedProgram("example | take threshold").steps == ["| take 50"])
  }

  @Test func clauses() {
    expectErrors(
      "example | take 5 ‹by› followers", "'take' has no 'by': write take COUNT")
    expectErrors(
      "example | filter verified ‹per› lang", "'filter' has no 'per': write filter CONDITION, …")
    expectErrors(
      "example | group n = count() by lang ‹by› account", "'by' is given twice")
  }

  @Test func options() {
    expectErrors(
      "example | join other on followers with ‹knd› = left",
      "'join' has no option 'knd': did you mean 'kind'?")
    expectErrors(
      "example | join other on followers with kind = ‹lefft›",
      "'kind' is not \"lefft\": did you mean 'left'?")
    expectErrors(
      "example | join other on followers with kind = ‹5›", "'kind' takes a string, found 5")
    expectErrors(
      "example | take 5 with ‹seed› = 1", "'take' has no option 'seed': it has none")
    expectErrors(
      "example | join other on followers with kind = left, ‹kind› = inner",
      "the option 'kind' is given twice")
  }

  @Test func directions() {
    expectErrors(
      "example | select ‹followers desc›",
      "'asc' and 'desc' stand in sort, in top and in the by of window")
  }

  @Test func aggregatesInTheirPlace() {
    expectErrors(
      "example | filter ‹avg(followers)› > 2",
      "'avg' is an aggregate and cannot stand in 'filter': aggregates stand in group, or in derive "
        + "for the rows: | derive x = avg(followers)")
    expectErrors(
      "example | group n = avg(‹sum(followers)›)",
      "'sum' inside of 'avg': group twice: | group x = sum(…) by k | group avg(x)")
    expectErrors(
      "example | group count() by lang | sort ‹count()› desc",
      "'count' is an aggregate and cannot stand in 'sort': the column count holds it")
    expectErrors(
      "‹count()›",
      "'count' is an aggregate and cannot stand in 'an expression': it needs rows: "
        + "t | group x = count()")
    expectErrors(
      "example | group by lang, n = ‹count()›",
      "'count' is an aggregate and cannot stand in 'group': aggregates stand before by: "
        + "group x = count() by k")
    expectErrors(
      "example | group s = sum(‹verified›)",
      "'sum' takes a number or a duration, found a bool: count(verified) counts the rows that are "
        + "true")
    expectErrors(
      "example | group ‹lang›, n = count()",
      "'lang' is neither a key nor in an aggregate: add it after by, or write an aggregate: "
        + "max(lang)")
    expectErrors(
      "example | group q = quantile(followers, ‹2›)",
      "'p' of 'quantile' is a number from 0 to 1: the upper quarter: quantile(x, 0.75)")
    expectErrors(
      "example | group q = quantile(followers, ‹friends›)",
      "'p' of 'quantile' is a constant: write quantile(x, p)")
  }

  @Test func endOfStatement() {
    expectErrors(
      "example | ‹save› \"x.csv\" | take 1", "'save' stands at the end of a statement")
    expectErrors(
      "example | take 1 ‹as› few | take 2",
      "'as' stands at the end of a statement: name a part of it with let")
    expectErrors(
      "let x = example | ‹save› \"x.csv\"", "'save' stands at the end of a statement")
    expectErrors(
      "example | save ‹x›",
      "'save' takes a path in quotes: write save \"FILE\" [with format = csv, "
        + "replace = true]")
  }

  @Test func saving() {
    guard
      case .run(let saved)? = CheckedProgram(
        "example | save \"x\" with format = jsonl, replace = true"
      ).statement,
      case .run(let target)? = CheckedProgram("example | group by lang to \"y.csv\" as langs")
        .statement
    else {
      Issue.record("not run")
      return
    }
    #expect(saved.save?.path == "x")
    #expect(saved.save?.format == "jsonl")
    #expect(saved.save?.replace == true)
    #expect(target.save?.path == "y.csv")
    #expect(target.save?.replace == false)
    #expect(target.name == "langs")
  }

  @Test func tableArguments() {
    expectErrors(
      "example | join ‹othr› on id", "no table 'othr': did you mean 'other'?")
    expectErrors(
      "example | join ‹5› on id",
      "a table is expected here: a name, or a pipeline in brackets: (t | filter …)")
    expectErrors(
      "‹1 + 1› | take 1", "a pipeline begins with a table: there are example, other")
  }

  @Test func comesLater() {
    expectErrors("‹sql› example | take 1", "'sql' is not in this version yet")
    expectErrors("‹verify› example | take 1", "'verify' is not in this version yet")
  }

  @Test func explain() {
    guard case .explain? = CheckedProgram("explain example | take 1").statement else {
      Issue.record("not explained")
      return
    }
    expectErrors(
      "explain ‹1 + 1›", "'explain' takes a pipeline: there are example, other")
  }

  @Test func windowFunctionsStandInWindow() {
    expectErrors(
      "example | derive x = ‹lag(followers)›",
      "'lag' is a window function and cannot stand in 'derive': it stands in window: "
        + "| window x = lag(followers)")
  }

  @Test func habits() {
    expectErrors(
      "example | ‹unique› lang", "no verb 'unique': distinct does that")
    expectErrors(
      "example | ‹median› followers",
      "no verb 'median': an aggregate stands in group: | group x = median(…)")
  }
}
