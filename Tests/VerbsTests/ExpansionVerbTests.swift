import Columns
import Plans
import Testing

@Suite struct ExpansionVerbTests {
  @Test func unpivot() {
    expectSteps(
      "select id, followers, friends | unpivot followers, friends",
      "| select id, followers, friends",
      "| unpivot followers, friends as name, value", columns: ["id", "name", "value"])
  }

  @Test func namesThatAreTaken() {
    expectSteps(
      "select id, name, followers | unpivot followers", "| select id, name, followers",
      "| unpivot followers as name_2, value", columns: ["id", "name", "name_2", "value"])
    expectErrors(
      "unpivot followers with name = \"lang\"",
      "there is a column 'lang' already: write with name = \"…\"")
  }

  @Test func intAndFloat() {
    expectSteps(
      "select r = friends / 2, friends | unpivot friends, r",
      "| select r = float(friends) / 2.0, friends", "| derive friends = float(friends)",
      "| unpivot friends, r as name, value", columns: ["name", "value"])
  }

  @Test func typesThatDiffer() {
    expectErrors(
      "unpivot id, lang",
      "'id' is an int and 'lang' is a string: make them text first: | derive id = string(id)")
  }

  @Test func explode() {
    expectSteps("select id, lang | explode lang", "| select id, lang", "| explode lang")
    expectErrors(
      "explode id", "'explode' takes a column of JSON arrays, 'id' is an int")
  }

  @Test func fill() {
    expectSteps(
      "group n = count(), m = avg(id) by lang, day(followed_at) with fill = true",
      "| aggregate n = count(), m = avg(id) by lang, day = day(followed_at)",
      "| fill day per lang", "| derive n = n ?? 0", columns: ["lang", "day", "n", "m"])
    expectSteps(
      "group m = avg(id) by day(followed_at) with fill = false",
      "| aggregate m = avg(id) by day = day(followed_at)")
    expectErrors(
      "group n = count() by lang with fill = true",
      "'fill' needs a period among the keys of by: "
        + "day week month quarter year hour bin(time, 6h) of a time, or a date")
  }
}
