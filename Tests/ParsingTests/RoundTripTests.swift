import Diagnostics
import Testing

@testable import Parsing

@Suite struct RoundTripTests {
  @Test(arguments: 0..<UInt64(400)) func printedProgramsParseToTheSameTree(seed: UInt64) {
    var generator = ProgramGenerator(seed: seed)
    let program = generator.program()
    let text = program.formatted
    let (again, diagnostics) = parse(Source(name: "test", text: text))
    #expect(diagnostics.map(\.described) == [], "seed \(seed): \(text)")
    #expect(
      again.statements.map(\.outline) == program.statements.map(\.outline), "seed \(seed): \(text)")
    #expect(again.formatted == text)
  }

  @Test func oneSpelling() {
    expectFormatted("a|filter x=1&&y<>2||!z", "a | filter x = 1 and y != 2 or not z")
    expectFormatted("a | order  by x desc # c\n  | limit 3", "a | order by x desc | limit 3")
    expectFormatted("1_000 + 2.5M; 90min", "1000 + 2500000\n1h30min")
    expectFormatted("(((a)) + b) * (c * d)", "(a + b) * (c * d)")
    expectFormatted("a - (b - c) - d", "a - (b - c) - d")
    expectFormatted("not (a and b)", "not (a and b)")
    expectFormatted("(not a) == b", "(not a) == b")
    expectFormatted("a matches /\\/x/i", "a matches /\\/x/i")
    expectFormatted("a | cohort in 2024-03..2024-04", "a | cohort in 2024-03..2024-04")
    expectFormatted("(load) | take 3", "(load) | take 3")
    expectFormatted("'say \"x\"' + `odd`", "\"say \\\"x\\\"\" + `odd`")
    expectFormatted("- (5) + -5", "-(5) + -5")
    expectFormatted("x in !a", "x in !a")
  }

  @Test func namesAreWrittenAsNeeded() {
    #expect(Name.written("followers") == "followers")
    #expect(Name.written("odd name") == "`odd name`")
    #expect(Name.written("by") == "`by`")
    #expect(Name.written("a.b") == "`a.b`")
    #expect(Name.written("7d") == "`7d`")
    #expect(Name.written("a`b\n") == "`a\\`b\\n`")
    #expect(Name.written("größe") == "größe")
  }
}

private func expectFormatted(
  _ text: String, _ expected: String, location: SourceLocation = #_sourceLocation
) {
  let (program, _) = parse(Source(name: "test", text: text))
  #expect(program.formatted == expected, sourceLocation: location)
}
