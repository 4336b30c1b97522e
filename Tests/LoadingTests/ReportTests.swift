import Calendars
import Columns
import Loading
import Tasks
import Testing

/// What a load found odd is said with the cell, or with how many there are.
@Suite struct ReportTests {
  private func rows(_ count: Int, _ cell: (Int) -> String) -> String {
    "x,y\n" + (0..<count).map { "\(cell($0)),1\n" }.joined()
  }

  @Test func theCellThatMakesAColumnTextIsNamed() throws {
    let late = try loaded(rows(5000) { $0 == 3000 ? "oops" : "\($0)" })
    #expect(late.table.schema.fields[0].type == .string)
    #expect(
      late.report.warnings == [
        "x: 'oops' in row 3,001 is no number (with null = \"oops\" it is null); kept as text"
      ])
    let early = try loaded(rows(50) { $0 == 7 ? "n\u{1}b" : "2024-03-\(10 + $0 % 20)" })
    #expect(early.report.warnings == ["x: 'n\\u{1}b' in row 8 is no date; kept as text"])
    let mixed = try loaded(rows(50) { $0 % 3 == 0 ? "name\($0)" : "\($0)" })
    #expect(mixed.report.warnings == [])
    let repeated = try loaded(rows(2000) { $0 == 1999 ? "?" : "\($0 % 7)" })
    #expect(
      repeated.report.warnings == [
        "x: '?' in row 2,000 is no number (with null = \"?\" it is null); kept as text"
      ])
  }

  @Test func numbersBeyondFloatsAreKeptAndNamed() throws {
    for cell in ["1e400", "-1e-400", "0.0000001e-330", "123456789e350"] {
      let result = try loaded("x\n0.5\n\(cell)\n")
      #expect(result.table.scalars("x") == [.string("0.5"), .string(cell)])
      #expect(
        result.report.warnings == [
          "x: '\(cell)' in row 2 is beyond the range of floats; kept as text"
        ])
    }
  }

  @Test func ambiguousDatesShowTheCellThatWasFound() throws {
    let result = try loaded("x,y\n3/4/2021,1\n5/6/2021,2\n")
    #expect(
      result.report.warnings == [
        "x: dates like '3/4/2021' in row 1 do not say which is the month; "
          + "with dates = \"dmy\" or \"mdy\" they are read; kept as text"
      ])
  }

  @Test func localTimesThatTheClockSkipsOrShowsTwiceAreCounted() throws {
    let zone = try #require(TimeZoneRules.named("Europe/Berlin"))
    // Skipped, shown twice, both with an offset of their own, and plain ones.
    let times = [
      "2024-03-31T02:30:00", "2024-10-27T02:00:00", "2024-10-27T02:59:59", "2024-03-31T02:30:00Z",
      "2024-10-27T02:30:00+02:00", "2024-03-31T01:59:59", "2024-03-31T03:00:00",
      "2024-10-27T01:59:59", "2024-10-27T03:00:00", "2024-07-01T12:00:00", "2024-03-31",
      "Sun, 31 Mar 2024 02:10:00", "",
    ]
    for lead in ["", "2024-07-01T12:00:00,0\n"] {
      let text = "at,y\n" + lead + times.map { "\"\($0)\",1\n" }.joined()
      let result = try loaded(text) { $0.zone = zone }
      #expect(result.table.schema.fields[0].type == .time)
      #expect(
        result.report.repairs == [
          "at: 2 local times that the clock of the zone skips were moved past the gap",
          "at: 2 local times that the clock of the zone shows twice are taken as the earlier",
        ])
    }
    #expect(try loaded("at,y\n2024-03-31T02:30:00,1\n").report.repairs == [])
  }

  @Test func halvesOfSurrogatePairsAreCounted() throws {
    let units: [UInt16] = Array("a,b\n1,x\n".utf16) + [0xD800] + Array("2,y\n3,".utf16) + [0xDC00]
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in units {
      bytes += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    }
    let result = try loaded(bytes)
    #expect(
      result.report.warnings.contains { $0.hasSuffix("2 places that are not UTF-16 became U+FFFD") }
    )
  }

  @Test func oneControlCharacterIsNoBinaryFile() throws {
    #expect(try loaded("a\u{1},b\n1,2\n").table.rowCount == 1)
    #expect(throws: LoadFailure.self) { try loaded("\u{1}\u{2}\u{3}\u{4}a,b\n1,2\n") }
  }

  @Test func aTextThatIsNoPathIsRefusedAtOnce() {
    let failure = #expect(throws: LoadFailure.self) {
      try load(
        String(repeating: "a", count: 10_000_000), as: "t", options: LoadOptions(),
        workers: Workers(count: 1))
    }
    #expect(failure?.message == "the file name is too long")
  }

  @Test func veryManyColumnsAreElided() throws {
    let names = (0..<20_000).map { "c\($0)" }.joined(separator: ",")
    let cells = (0..<20_000).map { $0 % 2 == 0 ? "\($0)" : "t" }.joined(separator: ",")
    let result = try loaded("id,screen_name," + names + "\n1,u," + cells + "\n")
    #expect(result.table.columns.count == 20_002)
    let lines = result.report.lines()
    #expect(lines.count < 80)
    #expect(
      lines.contains { $0.contains("columns more; in all 10,001 int, 10,001 string") })
    let same = try loaded(
      (0..<5_000).map { _ in "x" }.joined(separator: ",") + "\n"
        + (0..<5_000).map { "\($0)" }.joined(separator: ",") + "\n")
    #expect(same.table.columns.count == 5_000)
    #expect(same.report.lines().count < 80)
  }

  @Test func datesWithNamesOfMonths() throws {
    let cells = [
      "Dec 30  2009", "Dec 30 2009", "December 30, 2009", "dec  30, 2009",
    ]
    let result = try loaded("x\n" + cells.map { "\"\($0)\"\n" }.joined())
    #expect(result.table.scalars("x") == cells.map { _ in .date(14_608) })
    for cell in ["Dec 2009", "Dec 32 2009", "Dec 30 09", "Decem 30 2009", "Feb 29 2009", "30 Dec"] {
      #expect(try loaded("x\n\"\(cell)\"\n").table.schema.fields[0].type == .string)
    }
  }

  @Test func repetitionsAreFoundByHashesOfNames() throws {
    let text = "created_at,name_hash,friends_count\n"
    let first = "2016-06-09T18:30:11Z,ab12,5\n2016-06-09T18:30:12Z,ab12,6\n"
    #expect(try loaded(text + first).report.repeatedRows == 0)
    #expect(
      try loaded("position," + text + "1," + first.replacing(2) + "3,2016-06-09T18:30:11Z,ab12,7\n")
        .report.repeatedRows == 1)
  }
}

extension String {
  /// The lines behind the first with a number in front.
  fileprivate func replacing(_ number: Int) -> String {
    let lines = split(separator: "\n")
    return lines[0] + "\n" + lines.dropFirst().map { "\(number),\($0)\n" }.joined()
  }
}
