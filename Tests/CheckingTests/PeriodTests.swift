import Calendars
import Checking
import Columns
import Diagnostics
import Plans
import Testing

@Suite struct PeriodTests {
  private let march = "2024-03-01T00:00:00Z"
  private let april = "2024-04-01T00:00:00Z"

  @Test func timesCompareByTheEndsOfPeriods() {
    expectCondition("created_at < 2024-03", "created_at < \(march)")
    expectCondition("created_at <= 2024-03", "created_at < \(april)")
    expectCondition("created_at > 2024-03", "created_at >= \(april)")
    expectCondition("created_at >= 2024-03", "created_at >= \(march)")
    expectCondition("created_at == 2024-03", "created_at >= \(march) and created_at < \(april)")
    expectCondition("created_at in 2024-03", "created_at >= \(march) and created_at < \(april)")
    expectCondition("created_at != 2024-03", "created_at < \(march) or created_at >= \(april)")
    expectCondition(
      "created_at not in 2024-03", "not (created_at >= \(march) and created_at < \(april))")
  }

  @Test func aYearIsAPeriodBesideATime() {
    let year = "created_at >= 2024-01-01T00:00:00Z and created_at < 2025-01-01T00:00:00Z"
    expectCondition("created_at in 2024", year)
    expectCondition("created_at == 2024", year)
    expectCondition("created_at <= 2024", "created_at < 2025-01-01T00:00:00Z")
    expectCondition("2024 < created_at", "created_at >= 2025-01-01T00:00:00Z")
    expectCondition("day(created_at) > 2024", "day(created_at) >= 2025-01-01")
    expectCondition(
      "created_at in 2023..2024",
      "created_at >= 2023-01-01T00:00:00Z and created_at < 2025-01-01T00:00:00Z")
    expectCondition("year(created_at) == 2024", "year(created_at) == 2024")
    expectErrors(
      "example | filter created_at ‹==› 99", "cannot compare a time with an int")
  }

  @Test func literalOnTheLeft() {
    expectCondition("2024-03 >= created_at", "created_at < \(april)")
    expectCondition("2024-03 < created_at", "created_at >= \(april)")
  }

  @Test func daysMinutesAndInstants() {
    expectCondition("created_at <= 2024-03-01", "created_at < 2024-03-02T00:00:00Z")
    expectCondition("created_at > 2024-03-01T12:00", "created_at >= 2024-03-01T12:01:00Z")
    expectCondition("created_at > 2024-03-01T12:00:05", "created_at >= 2024-03-01T12:00:06Z")
  }

  @Test func rangesHoldBothEnds() {
    let inside = "created_at >= \(march) and created_at < 2024-05-01T00:00:00Z"
    expectCondition("created_at in 2024-03..2024-04", inside)
    expectCondition("created_at between 2024-03 and 2024-04", inside)
    expectCondition("created_at not between 2024-03 and 2024-04", "not (\(inside))")
    expectCondition("followers in 1..10", "followers >= 1 and followers <= 10")
  }

  @Test func datesCompareWithPeriods() {
    expectCondition("day(created_at) <= 2024-03", "day(created_at) < 2024-04-01")
    expectCondition("day(created_at) == 2024-03-01", "day(created_at) == 2024-03-01")
    expectCondition("day(created_at) < 2024-03-01T12:00", "day(created_at) < 2024-03-01")
  }

  @Test func dateColumnsCompareWithTimesByTheirDay() {
    expectCondition(
      "day(created_at) < followed_at", "day(created_at) < date(followed_at)")
  }

  @Test func textsBesideTimesAreDates() {
    expectCondition("created_at >= \"2024-03-01\"", "created_at >= \(march)")
    expectErrors(
      "example | filter created_at > ‹\"soon\"›",
      "'soon' is not a date: dates are written 2024-03-01, 2024-03, 2024-03-01T12:00")
  }

  @Test func parametersAreDays() {
    let program = CheckedProgram(
      "param since: date = 2024-03-01\nexample | filter created_at <= $since")
    #expect(program.steps == ["| filter created_at < 2024-03-02T00:00:00Z"])
  }

  @Test func periodsFollowTheZone() throws {
    let zone = try #require(TimeZoneRules.named("Europe/Berlin"))
    var scope = exampleScope()
    scope.zone = zone
    let program = CheckedProgram("example | filter created_at <= 2024-03", scope: scope)
    #expect(program.steps == ["| filter created_at < 2024-03-31T22:00:00Z"])
  }

  @Test func lists() {
    expectCondition("lang in (\"en\", \"pt\")", "lang in (\"en\", \"pt\")")
    expectCondition("lang not in (\"en\")", "not lang in (\"en\")")
    expectCondition("followers in (1, 2.5)", "float(followers) in (1.0, 2.5)")
    expectCondition(
      "created_at in (2024-03, 2024-05-01T10:00)",
      "created_at >= \(march) and created_at < \(april) or "
        + "created_at >= 2024-05-01T10:00:00Z and created_at < 2024-05-01T10:01:00Z")
    expectCondition("followers in (friends, 1)", "followers == friends or followers == 1")
    expectErrors(
      "example | filter lang in (\"en\", ‹null›)",
      "null is in no list: write lang == null or …")
    expectErrors(
      "example | filter lang in (\"en\", ‹5›)",
      "cannot compare a string with an int: write \"5\"")
  }

  @Test func listsOfConstantsAreConstants() {
    let many = (2...10_000).map(String.init).joined(separator: ", ")
    expectCondition("1 in (\(many))", "false")
    expectCondition("2.0 in (\(many))", "true")
    expectCondition("\"en\" not in (\"en\", \"pt\")", "not true")
  }

  @Test func tables() {
    expectCondition("id in example", "id in (example | select id)")
    expectCondition("id not in (example)", "not id in (example | select id)")
    expectCondition(
      "screen_name in (other | select handle)",
      "screen_name in (other | select handle)")
    expectErrors(
      "example | filter screen_name in ‹other›",
      "other has no key to look in: name the column: in (other | select …)")
    expectErrors(
      "example | filter ‹id› in other",
      "'id' in other is a string, found an int: name the column: in (other | select …)")
    expectErrors(
      "example | filter name in ‹(other | take 3)›",
      "'in' looks in one column, found 5: end it with | select …")
  }

  @Test func unknownTables() {
    expectErrors("example | filter id in ‹rival›", "no table 'rival': there are example, other")
  }

  @Test func rangesTheWrongWayRound() {
    expectErrors(
      "example | filter created_at in ‹2024-03..2024-02›", "the range ends before it begins")
    expectErrors(
      "example | filter followers between ‹5 and 4›", "the range ends before it begins")
  }

  @Test func otherThings() {
    expectErrors(
      "example | filter lang in ‹\"en\"›",
      "'in' takes a list, a period, a range or a table: a text within a text: a ~ b")
    expectErrors(
      "example | filter followers in ‹5›",
      "'in' takes a list, a period, a range or a table: a list stands in brackets: in (a, b)")
  }
}
