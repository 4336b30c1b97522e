import Plans
import Testing

@Suite struct ColumnVerbTests {
  @Test func derive() {
    expectSteps("derive x = followers + 1", "| derive x = followers + 1")
    expectSteps(
      "derive x = followers + 1, y = x * 2, z = 3", "| derive x = followers + 1",
      "| derive y = x * 2, z = 3")
    expectSteps("derive followers = followers * 2", "| derive followers = followers * 2")
    expectSteps(
      "derive friends / followers",
      "| derive `friends / followers` = float(friends) / float(followers)")
    expectErrors("derive x = 1, x = 2", "two columns are called 'x'")
  }

  @Test func derivePerGroup() {
    expectSteps(
      "derive part = followers / sum(followers), n = count() per account",
      "| broadcast `#1` = sum(followers) per account",
      "| derive part = float(followers) / float(`#1`)",
      "| broadcast `#1` = count() per account",
      "| derive n = `#1`")
    expectSteps(
      "derive n = count()", "| broadcast `#1` = count()", "| derive n = `#1`")
    expectSteps(
      "derive n = count() per day(followed_at)",
      "| broadcast `#1` = count() per day(followed_at)", "| derive n = `#1`")
  }

  @Test func partitionsFollowChangedColumns() {
    expectSteps(
      "derive lang = length(lang), n = count() per lang", "| derive lang = length(lang)",
      "| broadcast `#1` = count() per lang", "| derive n = `#1`")
  }

  @Test func select() {
    expectSteps(
      "select lang, r = friends / 2", "| select lang, r = float(friends) / 2.0",
      columns: ["lang", "r"])
    expectSteps("select lower(name)", "| select `lower(name)` = lower(name)")
    expectErrors("select lang, lang", "two columns are called 'lang': give one another name: x = …")
    expectErrors(
      "select x = count()",
      "'count' is an aggregate and cannot stand in 'select': aggregates stand in group, or in "
        + "derive for the rows: | derive x = count()")
  }

  @Test func drop() {
    expectSteps("select id, lang, name | drop lang", "| select id, lang, name", "| select id, name")
    expectErrors(
      "select id | drop id", "'drop' leaves no column")
    expectErrors(
      "drop lower(name)", "'drop' takes names of columns: write drop COLUMN, …")
    expectErrors("drop langg", "no column 'langg' in example: did you mean 'lang'?")
  }

  @Test func rename() {
    expectSteps(
      "select id, lang | rename language = lang", "| select id, lang",
      "| select id, language = lang", columns: ["id", "language"])
    expectSteps(
      "select a = id, b = lang | rename a = b, b = a", "| select a = id, b = lang",
      "| select b = a, a = b", columns: ["b", "a"])
    expectErrors("rename id = lang", "two columns are called 'id'")
    expectErrors("rename lang", "'rename' needs new = old: write rename NEW = OLD, …")
    expectErrors("rename a = id, b = id", "'id' is renamed twice")
  }
}
