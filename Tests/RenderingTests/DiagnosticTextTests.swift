import Diagnostics
import Rendering
import Testing

private func lines(_ text: String, _ range: SourceRange, width: Int = 80) -> [String] {
  let diagnostic = Diagnostic("no column 'x'", hint: "did you mean 'y'?", at: range)
  return DiagnosticText(style: Style(width: width), showsPlace: true)
    .lines(diagnostic, in: Source(name: "q.dq", text: text))
}

@Test func theMarkStandsUnderThePlace() {
  #expect(
    lines("a\nt | filter x", SourceRange(13, 14)) == [
      "q.dq:2:12: error: no column 'x': did you mean 'y'?", "  t | filter x", "             ^",
    ])
}

@Test func wideTextBeforeThePlaceMovesTheMark() {
  #expect(lines("\"東京\" | x", SourceRange(11, 12)).last == "           ^")
}

@Test func longLinesAreCutAroundThePlace() {
  let text = String(repeating: "a", count: 500) + " bad " + String(repeating: "b", count: 500)
  let seen = lines(text, SourceRange(501, 504), width: 60)
  #expect(seen.count == 3)
  #expect(seen.dropFirst().allSatisfy { DisplayWidth.of($0) <= 60 })
  let mark = seen[2].firstIndex(of: "^").map { seen[2].distance(from: seen[2].startIndex, to: $0) }
  #expect(mark.map { seen[1].dropFirst($0).hasPrefix("bad") } == true)
}

@Test func aPlaceAtTheEndHasAMark() {
  #expect(lines("t |", SourceRange(3, 3)).last == "     ^")
}
