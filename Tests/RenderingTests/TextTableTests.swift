import Calendars
import Columns
import Rendering
import Testing

private func lines(
  _ fields: [Field], _ rows: [[Scalar]], width: Int? = 60, rows limit: Int = 40,
  groups: Bool = false
) -> [String] {
  let style = Style(groupsThousands: groups, width: width, rows: limit)
  return TextTable(style: style, zone: .utc).lines(Table(name: "t", fields: fields, rows: rows))
}

@Test func numbersAlignRightAndFloatsAtThePoint() {
  let seen = lines(
    [
      Field(name: "k", type: .string), Field(name: "n", type: .int), Field(name: "x", type: .float),
    ],
    [[.string("a"), .int(1), .float(1.5)], [.null, .int(20), .float(0.25)]])
  #expect(
    seen == [
      "k         n      x", "string  int  float", "──────  ───  ─────", "a         1   1.50",
      "null     20   0.25", "2 rows",
    ])
}

@Test func thousandsAreThinAndIdsAreWhole() {
  let seen = lines(
    [Field(name: "id", type: .int), Field(name: "n", type: .int)],
    [[.int(1_234_567), .int(1_234_567)]], groups: true)
  #expect(seen[3] == "1234567  1\u{202F}234\u{202F}567")
}

@Test func theMiddleOfALongTableIsLeftOutAndCounted() {
  let rows = (0..<100).map { [Scalar.int(Int64($0))] }
  let seen = lines([Field(name: "n", type: .int)], rows, rows: 5)
  #expect(
    seen.dropFirst(3).map { $0.filter { $0 != " " } } == [
      "0", "1", "2", "·", "98", "99", "100rows(5shown)",
    ])
}

@Test func columnsThatDoNotFitAreNamed() {
  let fields = (0..<20).map { Field(name: "column\($0)", type: .int) }
  let seen = lines(fields, [fields.map { _ in .int(7) }], width: 40)
  #expect(seen.allSatisfy { DisplayWidth.of($0) <= 40 })
  let footer = seen.drop { !$0.hasPrefix("1 row, ") }.joined(separator: " ")
  #expect(footer.contains("more columns: "))
  #expect(footer.contains("column10"))
}

@Test func hostileTextIsShownEscaped() {
  let hostile = "a\u{1B}[2Jb\u{202E}c\nd\u{9B}e"
  let seen = lines([Field(name: "x\u{7}", type: .string)], [[.string(hostile)]])
  #expect(seen[3] == "a\\u{1b}[2Jb\\u{202e}c\\nd\\u{9b}e")
  #expect(seen[0] == "x\\u{7}")
}

@Test func widthsCountWhatATerminalShows() {
  #expect(DisplayWidth.of("abc") == 3)
  #expect(DisplayWidth.of("東京") == 4)
  #expect(DisplayWidth.of("👩‍👩‍👧") == 2)
  #expect(DisplayWidth.of("🇧🇷") == 2)
  #expect(DisplayWidth.of("e\u{301}") == 1)
  #expect(DisplayWidth.of("❤️") == 2)
}

@Test func longTextIsCutToTheWidth() {
  let seen = lines(
    [Field(name: "t", type: .string)], [[.string(String(repeating: "東", count: 50))]], width: 21)
  #expect(DisplayWidth.of(seen[3]) <= 21)
  #expect(seen[3].hasSuffix("…"))
}
