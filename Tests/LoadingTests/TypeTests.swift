import Calendars
import Columns
import Loading
import Testing

/// The type of a column with these cells, and its cells.
private func column(
  _ cells: [String], name: String = "x", _ change: (inout LoadOptions) -> Void = { _ in }
) throws -> (type: DataType?, cells: [Scalar], report: LoadReport) {
  // A second column keeps blank lines from being skipped.
  let text = "\(name),end\n" + cells.map { "\($0),z\n" }.joined()
  let result = try loaded(text, change)
  let field = result.table.schema.fields[0].name
  return (result.table.schema.fields[0].type, result.table.scalars(field), result.report)
}

@Test(arguments: [
  (["1", "-2", "0"], DataType.int), (["007", "8"], .string), (["+5", "6"], .string),
  (["1e3", "2"], .float), (["-0", "2"], .float), (["1_000"], .string), (["1.5", "2"], .float),
  ([".5", "5."], .float), (["9223372036854775807"], .int), (["9223372036854775808"], .string),
  (["-9223372036854775808"], .int), (["1.5", "9007199254740993"], .string),
  (["1.5", "9007199254740992"], .float), (["nan", "inf"], .string), (["nan", "1.5"], .float),
  (["-inf", "2"], .float), (["true", "false"], .bool), (["Yes", "no"], .bool),
  (["TRUE", "maybe"], .string), (["1", "0"], .int), (["true", "1"], .string),
  (["t", "f"], .string),
  (["2024-03-01"], .date), (["2024-03-01", "2024-03-01T12:00:00Z"], .time),
  (["2024-05", "2024-06"], .string), (["2024-03-01", "5"], .string), (["0x10"], .string),
  (["1,5"], .string), (["1:30"], .string), (["Infinity", "0.5"], .float),
  (["1e400", "1.0"], .string), (["1e-400", "1.0"], .string), (["0e-400", "1.0"], .float),
  (["1e308", "4e-324"], .float),
  ([" 12", "13 "], .int), (["2024/03/01"], .date), (["2024-02-30"], .string),
])
func typesOfCells(cells: [String], type: DataType) throws {
  let quoted = cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }
  #expect(try column(quoted).type == type, "\(cells)")
}

@Test func exactValues() throws {
  #expect(
    try column(["1", "-20", "300000", "-9223372036854775808", ""]).cells
      == [.int(1), .int(-20), .int(300_000), .int(.min), .null])
  #expect(
    try column(["0.1", "-1e-7", "123456789.123456789", "5", "1e22", "1.7976931348623157e308"]).cells
      == [
        .float(0.1), .float(-1e-7), .float(123456789.123456789), .float(5), .float(1e22),
        .float(1.7976931348623157e308),
      ])
  #expect(
    try column(["true", "FALSE", "", "yes"]).cells == [
      .bool(true), .bool(false), .null, .bool(true),
    ])
  #expect(try column(["1970-01-02", "1969-12-31"]).cells == [.date(1), .date(-1)])
}

@Test(arguments: [
  ("2024-03-01T12:00:00Z", 1_709_294_400_000_000), ("2024-03-01 12:00", 1_709_294_400_000_000),
  ("Wed Oct 10 20:19:24 +0000 2018", 1_539_202_764_000_000),
  ("2022-04-25 08:00:37.527933", 1_650_873_637_527_933),
  ("2024-11-15 00:01:00 UTC", 1_731_628_860_000_000),
  ("2024-03-01T12:00:00+02:00", 1_709_287_200_000_000),
])
func times(text: String, micros: Int64) throws {
  let result = try column([text, "2024-03-01T12:00:00Z", ""])
  #expect(result.type == .time)
  #expect(result.cells == [.time(micros), .time(1_709_294_400_000_000), .null])
}

@Test func timesInAZone() throws {
  let berlin = try #require(TimeZoneNames.berlin)
  let result = try column(["2024-03-01 12:00:00", "2024-03-01T12:00:00Z", "2024-03-01"]) {
    $0.zone = berlin
  }
  #expect(
    result.cells
      == [.time(1_709_290_800_000_000), .time(1_709_294_400_000_000), .time(1_709_247_600_000_000)])
}

@Test func datesAreDaysOfTheSession() throws {
  let zone = try #require(TimeZoneRules.named("America/New_York"))
  for cells in [["2022-07-22"], ["22/07/2022"], ["2022-07-22", "2022-07-22 12:00"]] {
    let result = try column(cells, name: "followed_at") { $0.dayZone = zone }
    #expect(result.type == .time)
    #expect(result.cells.first == .time(1_658_462_400_000_000))
    if cells.count > 1 { #expect(result.cells.last == .time(1_658_491_200_000_000)) }
  }
  #expect(try column(["2022-07-22"]) { $0.dayZone = zone }.cells == [.date(19_195)])
}

@Test func ambiguousDatesStayTextWithAHint() throws {
  let result = try column(["12/1/2016 1:22:35 AM", "11/2/2016 1:22:35 AM"])
  #expect(result.type == .string)
  #expect(result.report.warnings.contains { $0.contains("which is the month") })
}

@Test func shortenedIdsStayTextWithAWarning() throws {
  for name in ["id", "x"] {
    let result = try column(["8.41E+17", "12"], name: name)
    #expect(result.type == .string)
    #expect(result.cells == [.string("8.41E+17"), .string("12")])
    #expect(result.report.warnings.contains { $0.contains("spreadsheet") }, "\(name)")
  }
  #expect(try column(["8.41E+17", "1.5"]).type == .float)
}

@Test func idsAreIntegersOrText() throws {
  #expect(try column(["1580000000000000000", "12"], name: "user_id").type == .int)
  #expect(try column(["12345678901234567890", "12"], name: "user_id").type == .string)
  let floats = try column(["12.0", "13"], name: "tweet_id")
  #expect(floats.type == .string)
  #expect(floats.cells.first == .string("12.0"))
  #expect(try column(["1.5", "2"], name: "PAID").type == .float)
}

@Test func nullWords() throws {
  #expect(
    try column(["1", "NULL", "\\N", "", "NA", "N/A", "None", "-"]).cells
      == [.int(1)] + Array(repeating: .null, count: 7))
  #expect(
    try column(["a", "NULL", "\\N", "", "NA", "-", "\"NULL\"", "\"\""]).cells == [
      .string("a"), .null, .null, .null, .string("NA"), .string("-"), .string("NULL"), .string(""),
    ])
  #expect(try column(["NA", "-"]).cells == [.string("NA"), .string("-")])
  #expect(try column(["\"\"", "5"]).cells == [.null, .int(5)])
  #expect(try column(["\"\"", ""]).cells == [.string(""), .null])
}

@Test func givenNullsReplaceTheList() throws {
  #expect(try column(["1", "x", "3"]) { $0.nulls = ["x"] }.cells == [.int(1), .null, .int(3)])
  #expect(
    try column(["a", "NULL", "", "?"]) { $0.nulls = ["?"] }.cells
      == [.string("a"), .string("NULL"), .string(""), .null])
}

@Test func withoutTypesAllIsText() throws {
  let result = try column(["007", "NULL", "", "1.50"]) { $0.types = false }
  #expect(result.cells == [.string("007"), .string("NULL"), .null, .string("1.50")])
}

@Test func flagColumns() throws {
  let one = try column(["1", "", "1"], name: "default_profile")
  #expect(one.cells == [.bool(true), .bool(false), .bool(true)])
  #expect(one.report.repairs.contains { $0.contains("empty is false") })
  #expect(
    try column(["1", "0", ""], name: "verified").cells == [.bool(true), .bool(false), .null])
  #expect(try column(["t", "f"], name: "protected").cells == [.bool(true), .bool(false)])
  #expect(try column(["True", ""], name: "verified").cells == [.bool(true), .null])
  #expect(try column(["2", "0"], name: "verified").type == .int)
  let empty = try column(["", ""], name: "verified")
  #expect(empty.type == .bool && empty.cells == [.null, .null])
}

@Test func paddedNumbersAreCounted() throws {
  let result = try column(["1", " 2", "3 "])
  #expect(result.cells == [.int(1), .int(2), .int(3)])
  #expect(result.report.repairs == ["x: spaces around 2 values left out"])
  #expect(try column([" a", "b"]).cells == [.string(" a"), .string("b")])
}
