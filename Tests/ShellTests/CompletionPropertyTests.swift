import Checking
import Diagnostics
import Parsing
import Shell
import Testing

/// Statements of a text and what is wrong with it.
func parsed(_ source: Source) -> (statements: [Statement], problems: [Diagnostic]) {
  let (program, problems) = parse(source)
  return (program.statements, problems)
}

@Suite struct CompletionPropertyTests {
  private static let programs = [
    "load \"a b.csv\" as t with header = false, delimiter = \";\"",
    "example | filter followers < 10 and lang in (\"en\", 'es') | group n = count() by lang",
    "let `odd x` = (example | join (fresh | group by lang) on lang with kind = left) | top 3 by n",
    "def risky(t, limit = 50) = t | filter friends / followers > limit",
    "example | derive r = if(friends > 1k, \"a\\\"b\", `name`), s = extract(name, /a(b)\\/c/i)",
    "param x: int = 3; example | filter id not in (fresh | select id) and @acme ?? $least",
    "compare example, fresh by lang # comment | filter",
    ".help ratio", "example\n| filter name ~ \"东京👩‍👩‍👧\" to \"out.csv\"",
  ]

  @Test func everyPrefixIsCompletedWithinItsText() {
    for program in Self.programs {
      let bytes = Array(program.utf8)
      for end in 0...bytes.count {
        let completion = completions(of: program, cursor: end, scope: Prompt.scope)
        let range = completion.range
        #expect(range.start >= 0 && range.end <= bytes.count && range.start <= max(end, range.end))
        #expect(completion.candidates.count <= Completion.maximumCount)
      }
    }
  }

  @Test func brokenTextsAreCompletedToo() {
    let pieces = [
      "example", "|", "filter", "(", ")", "\"", "'", "`", ",", "by", "with", "=", "==", "in", "not",
      "lang", "count(", "\n", "#", "/", ";", "@", "$", ".", "..", "load", "let", "def", "param",
      ":", "-", "é", "\u{1B}", "join", "kind", "as", "to", "per", "\\",
    ]
    for seed in 0..<3000 {
      var random = Seeded(state: UInt64(seed))
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        (pieces.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
      }.joined()
      let cursor = Int.random(in: 0...(text.utf8.count + 1), using: &random)
      let completion = completions(of: text, cursor: cursor, scope: Prompt.scope)
      for candidate in completion.candidates {
        let isSafe = !candidate.text.unicodeScalars.contains { $0.value < 0x20 }
        #expect(isSafe, "seed \(seed): \(text)")
      }
    }
  }

  @Test func longAndDeepTextsAreNotSlow() {
    let deep = "example | filter " + String(repeating: "(", count: 20_000)
    #expect(completions(of: deep, cursor: deep.utf8.count, scope: Prompt.scope).range.end > 0)
    let long = "example" + String(repeating: " | take 3", count: 5000) + " | fi"
    #expect(
      completions(of: long, cursor: long.utf8.count, scope: Prompt.scope).candidates.count == 1)
    let longer = String(repeating: "x", count: 100_000)
    #expect(
      completions(of: longer, cursor: 100_000, scope: Prompt.scope).candidates.isEmpty)
  }
}

private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
