import Calendars
import Columns
import Loading
import Testing

/// A column of these cells, which have no quotes in them.
private func column(
  _ cells: [String], name: String, size: Int = 1 << 20,
  _ change: (inout LoadOptions) -> Void = { _ in }
) throws -> LoadedTable {
  let rows = cells.enumerated().map { "\"\($1)\",\($0)\n" }.joined()
  return try loaded("\(name),n\n" + rows, tuning: tinyTuning(size), change)
}

private func time(_ text: String) throws -> Scalar {
  .time(try #require(parseTime(text, zone: .utc)).micros)
}

@Suite struct NumericDateColumnTests {
  @Test func oneCellTellsTheOrderOfAll() throws {
    let cells = Array(repeating: "05/02/2022", count: 90) + ["", "NA", "23/02/2022", "1/2/2022"]
    for size in [64, 1 << 20] {
      let result = try column(cells, name: "followed_at", size: size)
      #expect(result.table.type("followed_at") == .time)
      #expect(result.table.scalars("followed_at")[0] == (try time("2022-02-05")))
      #expect(
        result.table.scalars("followed_at").suffix(4) == [
          .null, .null, try time("2022-02-23"), try time("2022-02-01"),
        ])
      #expect(result.report.warnings.isEmpty)
      #expect(
        result.report.repairs.contains(
          "followed_at: dates read as day/month/year, as '23/02/2022' in row 93 shows"))
    }
  }

  @Test func timesOfDayAndTheMonthInFront() throws {
    let result = try column(["02/23/2022 11:00:00 AM", "2/3/2022 1:05 PM"], name: "when")
    #expect(
      result.table.scalars("when") == [try time("2022-02-23T11:00"), try time("2022-02-03T13:05")])
    #expect(result.report.repairs[0].hasPrefix("when: dates read as month/day/year, as '02/23"))
  }

  @Test func plainDatesAreDatesUnlessTheColumnIsOfTimes() throws {
    #expect(try column(["5-2-2022", "13-2-2022"], name: "when").table.type("when") == .date)
    #expect(
      try column(["5-2-2022", "13-2-2022"], name: "created_at").table.type("created_at") == .time)
  }

  @Test func datesWithPointsBeginWithTheirDay() throws {
    let result = try column(["03.02.2022"], name: "when")
    #expect(result.table.scalars("when") == [.date(19_026)])
    #expect(
      result.report.repairs == ["when: dates read as day.month.year, as dates with points are"])
  }

  @Test func theUserSaysTheOrder() throws {
    let cells = ["03/02/2022", "4/2/22"]
    for (order, days) in [
      (DateOrder.dayFirst, [19_026, 19_027]), (.monthFirst, [19_053, 19_084]),
    ] {
      let result = try column(cells, name: "when") { $0.dates = order }
      #expect(result.table.scalars("when") == days.map { .date(Int64($0)) })
      let kept = try column(cells, name: "when") { ($0.dates, $0.raw) = (order, true) }
      #expect(kept.table.type("when") == .date)
    }
    let other = try column(["23/02/2022", "3/2/2022"], name: "when") { $0.dates = .monthFirst }
    #expect(other.table.type("when") == .string)
    #expect(
      other.report.warnings == ["when: '23/02/2022' in row 1 is no month/day/year; kept as text"])
  }

  @Test(arguments: [
    (["03/02/2022"], "'03/02/2022' in row 1 do not say which is the month"),
    (["23/02/22", "03/02/22"], "'23/02/22' in row 1 may begin with their year"),
    (["23/02/2022", "03/22/2022"], "begins with its day, '03/22/2022' in row 2 with its month"),
    (["1/2/2022", "31/02/2022"], "'31/02/2022' in row 2 is no date"),
  ])
  func whatIsNotSureStaysText(cells: [String], warning: String) throws {
    let result = try column(cells, name: "followed_at")
    #expect(result.table.scalars("followed_at") == cells.map { .string($0) })
    #expect(result.report.warnings.count == 1 && result.report.warnings[0].contains(warning))
  }

  @Test func otherTextAmongThemKeepsAllAndIsNamed() throws {
    var cells = (0..<100).map { "\($0 % 28 + 1)/05/2022" }
    cells[70] = "unknown"
    for (name, said) in [("when", "is no date"), ("followed_at", "is not a time")] {
      let result = try column(cells, name: name)
      #expect(result.table.scalars(name) == cells.map { .string($0) })
      let warning = result.report.warnings.first ?? ""
      #expect(warning.contains("'unknown' in row 71 \(said)"), "\(warning)")
      #expect(warning.contains("(with null = \"unknown\" it is null)"), "\(warning)")
      let read = try column(cells, name: name) { $0.nulls = ["unknown"] }
      #expect(read.table.type(name) != .string && read.table.scalars(name)[70] == .null)
    }
  }
}

@Suite struct WrittenCountColumnTests {
  @Test(
    arguments: [
      (
        ["1.234", "12.345", "17", "1.000.234"], "'1.234' read as 1234",
        [1234, 12_345, 17, 1_000_234]
      ),
      (["1 234", "+5", "17"], "'1 234' read as 1234", [1234, 5, 17]),
      (
        ["-1 234", "1\u{A0}234", "1\u{202F}234K"], "'-1 234' read as -1234",
        [-1234, 1234, 1_234_000]
      ),
      (
        ["1,234", "123,456,789,012,345,678"], "'1,234' read as 1234",
        [1234, 123_456_789_012_345_678]
      ),
      (["1'234", "-"], "'1'234' read as 1234", [1234, nil]),
      (["+5,120", "1,234,567"], "'+5,120' read as 5120", [5120, 1_234_567]),
      (["17", "1.234", "12,3K"], "'1.234' read as 1234", [17, 1234, 12_300]),
    ] as [([String], String, [Int64?])])
  func marksPartThousands(cells: [String], note: String, wanted: [Int64?]) throws {
    for size in [16, 1 << 20] {
      let result = try column(cells, name: "followers_count", size: size)
      #expect(result.table.scalars("followers") == wanted.map { $0.map { .int($0) } ?? .null })
      #expect(result.report.repairs.first == "followers_count: numbers like \(note)")
    }
  }

  @Test func otherNumbersAreFloatsAsBefore() throws {
    for cells in [["1.234", "1.5"], ["1234.0", "1.234"], ["0.125", "17"]] {
      #expect(try column(cells, name: "followers").table.type("followers") == .float)
    }
    #expect(try column(["1.234", "17"], name: "score").table.type("score") == .float)
    #expect(try column(["1.234", "12.3K"], name: "followers").table.type("followers") == .string)
    for odd in ["1,234", "1234.567.890", "1..234", "1.234.", "+", "1.234 5"] {
      let cells = ["1.234", odd]
      #expect(try column(cells, name: "followers").table.type("followers") == .string, "\(odd)")
    }
  }

  @Test func figuresOfPostsAreCounts() throws {
    let result = try column(["1.2K", "17"], name: "likeCount")
    #expect(result.table.scalars("likeCount") == [.int(1200), .int(17)])
  }
}

@Suite struct SpreadsheetTests {
  @Test func daysOfASpreadsheetAreTimes() throws {
    let days = try column(["44562", "", "44563"], name: "followed_at")
    #expect(
      days.table.scalars("followed_at") == [try time("2022-01-01"), .null, try time("2022-01-02")])
    #expect(
      days.report.repairs.first
        == "followed_at: numbers read as a spreadsheet's days since 1899-12-30")
    let times = try column(["44562.75", "44563.0000116"], name: "created_at")
    #expect(
      times.table.scalars("created_at") == [
        try time("2022-01-01T18:00"), try time("2022-01-02T00:00:01"),
      ])
    let zone = try #require(TimeZoneRules.named("America/New_York"))
    let local = try column(["44562"], name: "followed_at") { $0.dayZone = zone }
    #expect(local.table.scalars("followed_at") == [try time("2022-01-01T05:00")])
    #expect(try column(["7", "44563"], name: "followed_at").table.type("followed_at") == .int)
    #expect(try column(["44563"], name: "when").table.type("when") == .int)
  }

  @Test(arguments: ["\n", "\r\n"])
  func aFirstLineNamesTheDelimiter(end: String) throws {
    let lines = ["sep=;", "screen_name;followers", "a,b;1", "c;2;3", ""]
    let result = try loaded(lines.joined(separator: end))
    #expect(result.table.schema.names == ["screen_name", "followers"])
    #expect(result.table.scalars("screen_name") == [.string("a,b"), .string("c")])
    #expect(result.rejects?.scalars("line") == [.int(4)])
    #expect(try loaded("sep=\nx\n1\n").table.schema.names == ["sep="])
  }
}
