import Columns
import Plans
import Testing

@Suite struct GroupVerbTests {
  @Test func aggregates() {
    expectSteps(
      "group n = count(), m = median(statuses) by lang",
      "| aggregate n = count(), m = median(statuses) by lang",
      columns: ["lang", "n", "m"])
    expectSteps("group n = count()", "| aggregate n = count()")
  }

  @Test func namesOfAggregates() {
    expectSteps(
      "group count(), avg(followers), max_by(id, followers), quantile(statuses, 0.9), sum(id + 1)",
      "| aggregate count = count(), avg_followers = avg(followers), "
        + "max_by_id_followers = max_by(id, followers), "
        + "quantile_statuses_0_9 = quantile(statuses, 0.9), `sum(id + 1)` = sum(id + 1)")
  }

  @Test func namesOfKeys() {
    expectSteps(
      "group n = count() by month(created_at), bin(followers, 100), month(followed_at)",
      "| aggregate n = count() by month = month(created_at), "
        + "`bin(followers, 100)` = bin(followers, 100), month_2 = month(followed_at)")
  }

  @Test func withoutAggregates() {
    expectSteps(
      "group by lang", "| aggregate n = count() by lang", "| broadcast `#total` = sum(n)",
      "| derive share = float(n) / float(`#total`)", "| sort n desc",
      columns: ["lang", "n", "share"])
    expectSteps(
      "group by lang per account", "| aggregate n = count() by account, lang",
      "| broadcast `#total` = sum(n) per account", "| derive share = float(n) / float(`#total`)",
      "| sort account, n desc", columns: ["account", "lang", "n", "share"])
    expectErrors(
      "group",
      "'group' needs an aggregate or by: "
        + "write group NAME = AGGREGATE, … [by KEY, …] [per KEY, …] [with fill = true]")
  }

  @Test func arithmeticOfAggregates() {
    expectSteps(
      "group r = sum(friends) / sum(followers), n = count(), twice = count() * 2 by lang",
      "| aggregate `#1` = sum(friends), `#2` = sum(followers), `#3` = count() by lang",
      "| derive r = float(`#1`) / float(`#2`), n = `#3`, twice = `#3` * 2",
      columns: ["lang", "r", "n", "twice"])
  }

  @Test func keysInItems() {
    expectSteps(
      "group x = count() + year by year(created_at)",
      "| aggregate `#1` = count() by year = year(created_at)",
      "| derive x = `#1` + year", columns: ["year", "x"])
  }

  @Test func constantsInItems() {
    expectSteps(
      "group one = 1, n = count() by lang", "| aggregate `#1` = count() by lang",
      "| derive one = 1, n = `#1`", columns: ["lang", "one", "n"])
  }

  @Test func namesTwice() {
    expectErrors(
      "group lang = count() by lang", "two columns are called 'lang': give one another name: x = …")
  }
}
