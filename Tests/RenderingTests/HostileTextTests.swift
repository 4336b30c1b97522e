import Calendars
import Columns
import Diagnostics
import Rendering
import Testing

/// Characters that must never reach a terminal as they are: C0, DEL, C1, direction, invisible ones,
/// separators, tags, noncharacters.
private let hostile: [Unicode.Scalar] = {
  var values: [UInt32] = Array(0...0x1F) + Array(0x7F...0x9F)
  values += [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x3164, 0xFEFF, 0xFFA0]
  values += Array(0x200B...0x200F) + Array(0x2028...0x202E) + Array(0x2060...0x206F)
  values += Array(0xFE00...0xFE0F) + Array(0xFFF9...0xFFFB) + Array(0xFDD0...0xFDEF)
  values += [0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xE0001] + Array(0xE0020...0xE007F)
  values += [0xE0100, 0xE01EF, 0x1D173, 0x1BCA0]
  return values.compactMap(Unicode.Scalar.init)
}()

private func table(_ texts: [String], name: String = "t") -> Table {
  Table(
    name: "x", fields: [Field(name: name, type: .string), Field(name: "n", type: .int)],
    rows: texts.map { [.string($0), .int(123_456)] })
}

private func lines(_ table: Table, _ style: Style) -> [String] {
  TextTable(style: style, zone: .utc).lines(table)
}

/// Without the colours that Decoy writes itself.
private func plain(_ text: String) -> String {
  var result = ""
  var rest = Substring(text)
  while let start = rest.firstIndex(of: "\u{1B}") {
    result += rest[..<start]
    rest = rest[start...].drop { $0 != "m" }.dropFirst()
  }
  return result + rest
}

@Test func noHostileCharacterIsShown() {
  for scalar in hostile {
    let text = "a\(Character(scalar))b"
    let seen = SafeText.escaped(text)
    #expect(!seen.unicodeScalars.contains(scalar), "U+\(String(scalar.value, radix: 16))")
    #expect(seen.unicodeScalars.contains("\\"), "U+\(String(scalar.value, radix: 16))")
    for style in [Style(), Style(hasColour: true), Style(hasColour: true, theme: .light)] {
      let all = lines(table([text], name: text), style)
      #expect(all.count == 5)
      #expect(!plain(all.joined()).unicodeScalars.contains(scalar))
    }
  }
}

@Test func messagesNotesAndNamesOfFilesAreSafe() {
  let evil = "x\u{1B}[2J\u{202E}\n\u{200B}"
  let text = DiagnosticText(style: Style(), showsPlace: true)
  let source = Source(name: evil, text: "t | filter \(evil)")
  let seen =
    text.lines(
      Diagnostic("no '\(evil)'", hint: "is it \(evil)?", at: SourceRange(4, 8)), in: source)
    + [SafeText.shown(evil, Style()), SafeText.escapedLine(evil)]
  for line in seen {
    #expect(!line.unicodeScalars.contains { hostile.contains($0) })
  }
}

@Test func escapesCannotBeImitated() {
  let real = SafeText.escaped("a\u{1B}b\nc")
  let fake = SafeText.escaped("a\\u{1b}b\\nc")
  #expect(real == "a\\u{1b}b\\nc")
  #expect(fake == "a\\\\u{1b}b\\\\nc")
  #expect(SafeText.escaped("\\o/ C:\\dir") == "\\o/ C:\\dir")
  #expect(SafeText.escaped("\\\u{1B}") == "\\\\\\u{1b}")
  #expect(SafeText.escaped("\\\\n") == "\\\\\\\\n")
  #expect(SafeText.escaped("\\\\x \\") == "\\\\x \\")
}

@Test func differentTextsLookDifferent() {
  var random = SystemSeed(seed: 7)
  let parts = ["\\", "n", "u", "{", "1b}", "\u{1B}", "\n", "a", "\u{200B}", "t"]
  var seen: [String: String] = [:]
  for _ in 0..<20_000 {
    let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      parts.randomElement(using: &random) ?? ""
    }.joined()
    let shown = SafeText.escaped(text)
    if let other = seen[shown] { #expect(other == text, "\(shown)") }
    seen[shown] = text
  }
}

@Test func writingAndEmojiKeepTheirJoiners() {
  for text in [
    "👩‍👩‍👧", "❤️", "🏳️‍🌈", "👨🏽‍💻", "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "می‌خواهم", "क्‍ष", "1️⃣", "葛\u{E0100}",
  ] {
    #expect(SafeText.escaped(text) == text, "\(text)")
  }
}

@Test func marksAreCappedAndNeedALetter() {
  let marks = String(repeating: "\u{301}", count: 50)
  #expect(SafeText.escaped("e" + marks).unicodeScalars.count == 5)
  #expect(SafeText.escaped("\u{301}a") == "\\u{301}a")
  #expect(SafeText.escaped("\u{1B}\u{301}\u{302}") == "\\u{1b}\\u{301}\\u{302}")
}

@Test func cellsAreCutBetweenEscapes() {
  let text = String(repeating: "\u{1B}", count: 100)
  for width in 1...30 {
    let cut = DisplayWidth.cut(SafeText.escaped(text), to: width)
    #expect(DisplayWidth.of(cut) <= width)
    #expect(cut.hasSuffix("…"))
    #expect(cut.dropLast().count.isMultiple(of: 6))
  }
}

@Test func escapesHaveTheirOwnColour() {
  let dark = Style(hasColour: true)
  let seen = SafeText.painted(SafeText.escaped("a\u{1B}\\"), dark)
  #expect(seen == "a" + dark.paint("\\u{1b}", .escape) + "\\")
  #expect(Style(hasColour: true, theme: .none).paint("x", .error) == "x")
  #expect(Style(hasColour: false).paint("x", .error) == "x")
}

@Test(arguments: [1, 2, 5, 20, 79])
func noLineIsWiderThanTheTerminal(_ width: Int) {
  let cells = [
    "", "plain", "東京東京東京東京東京", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", String(repeating: "long ", count: 100_000),
    "e" + String(repeating: "\u{301}", count: 100_000), "\u{1B}]0;x\u{7}", "a\u{200B}b", "\\",
  ]
  for count in [0, 1, 3, 200] {
    let fields = (0..<count).map {
      Field(name: $0 == 1 ? "\u{202E}name" : "column\($0)", type: $0 % 2 == 0 ? .string : .int)
    }
    let rows = cells.map { cell in
      (0..<count).map { $0 % 2 == 0 ? Scalar.string(cell) : .int(1_234_567) }
    }
    let seen = lines(
      Table(name: "x", fields: fields, rows: count == 0 ? [] : rows),
      Style(groupsThousands: true, width: width, rows: 4))
    for line in seen { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    if count > 0 { #expect(seen.count >= 4 + 4) }
  }
}

@Test func noRowsAndNoColumns() {
  #expect(
    lines(table([]), Style()) == ["t         n", "string  int", "──────  ───", "0 rows"])
  #expect(lines(Table(name: "x", fields: [], rows: []), Style()) == ["0 rows"])
}

@Test func everyColumnOfAWideTableIsShownOrNamed() {
  let fields = (0..<200).map { Field(name: "c\($0)", type: .int) }
  let table = Table(name: "x", fields: fields, rows: [fields.map { _ in .int(7) }])
  let all = lines(table, Style(width: 60)).joined(separator: " ")
  let words = Set(all.split { $0 == " " || $0 == "," }.map(String.init))
  for field in fields { #expect(words.contains(field.name), "\(field.name)") }
  #expect(all.contains("1 row, "))
}

@Test func longTextsMakeRoomForTheOthers() {
  let fields = [
    Field(name: "a", type: .string), Field(name: "b", type: .string), Field(name: "n", type: .int),
  ]
  let long = String(repeating: "x", count: 60)
  let seen = lines(
    Table(name: "x", fields: fields, rows: [[.string(long), .string("short"), .int(5)]]),
    Style(width: 40))
  #expect(seen[3] == String(repeating: "x", count: 26) + "…  short     5")
}

/// A small generator, so that a failure comes back with its seed.
private struct SystemSeed: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
