import Calendars
import Columns
import Loading
import Testing

/// A thousand followers of an hour each, all of whom signed up before; some rows have another time.
private func list(_ others: [Int: String]) throws -> LoadedTable {
  let start: Int64 = 1_650_000_000_000_000
  return try loaded(
    "id,created_at,followed_at\n"
      + (0..<1000).map { row in
        let time = formatTime(micros: start + Int64(row) * 3_600_000_000, zone: .utc)
        return "\(row + 1),2022-01-01T00:00:00Z,\(others[row] ?? time)\n"
      }.joined())
}

private func same(_ rows: some Sequence<Int>, _ text: String) -> [Int: String] {
  Dictionary(uniqueKeysWithValues: rows.map { ($0, text) })
}

@Test func timesThatCanBeAreLeftAlone() throws {
  let result = try list([:])
  #expect(result.report.warnings.isEmpty && result.table.properties.possibleFollows == nil)
  // Within a day of signing up: zones and days leave that open.
  #expect(try list([5: "2021-12-31T12:00:00Z"]).table.properties.possibleFollows == nil)
}

@Test(arguments: [
  "1970-01-01T00:00:00Z", "1990-05-01T00:00:00Z", "2090-01-01T00:00:00Z", "2021-06-01T00:00:00Z",
])
func impossibleFollowTimesAreCounted(time: String) throws {
  let result = try list(same([7, 300, 999], time))
  #expect(result.report.warnings.contains { $0.contains("3 of 1,000 not possible") })
  #expect(result.table.properties.possibleFollows?.type == .time)
  // Too many of them: the column says something else.
  let many = try list(same(0..<60, time))
  #expect(many.report.warnings.contains { $0.contains("is it when they followed?") })
  #expect(many.table.properties.possibleFollows == nil)
}

@Test func nullsOfOtherFormsAreNoTimes() throws {
  // Under nulls of columns that were numbers stands what no time is.
  let result = try loaded(
    "id,screen_name,created_at,followed_at\n1,a,1500000000,1600000000\n2,b,,1600000100\n"
      + "3,c,1700000000,1600000200\n4,d,1500000000,\n")
  #expect(result.table.type("created_at") == .time)
  #expect(result.report.warnings.contains { $0.contains("1 of 3 not possible") })
}

@Test func aFirstReadingIsNoDayOfFollows() throws {
  let first = "2022-04-15T00:00:00Z"
  let result = try list(same(0..<300, first))
  #expect(result.report.warnings.contains { $0.contains("300 of 1,000 rows carry the first time") })
  let possible = result.table.properties.possibleFollows?.range
  #expect(possible?.lowerBound == 1_649_980_800_000_001)
  // A list of days does not tell whether all came at once, nor one of several accounts whose they are.
  let bought = try loaded(
    "id,followed_at\n"
      + (0..<1000).map { "\($0),\(formatDate(days: 19_000 + max(0, $0 - 400)))\n" }.joined())
  #expect(bought.table.properties.possibleFollows == nil)
  let accounts = try loaded(
    "account,id,followed_at\n"
      + (0..<1000).map { row in
        let time = formatTime(
          micros: 1_649_980_800_000_000 + Int64(max(0, row - 300)) * 3_601_000_000, zone: .utc)
        return "\(row % 2 == 0 ? "a" : "b"),\(row),\(time)\n"
      }.joined())
  #expect(accounts.table.properties.possibleFollows == nil)
  // A day of as many as any other is none.
  let days = try loaded(
    "id,followed_at\n"
      + (0..<1000).map { "\($0),\(formatDate(days: 19_000 + $0 / 100))\n" }.joined())
  #expect(days.table.properties.possibleFollows == nil)
}
