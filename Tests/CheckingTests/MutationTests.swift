import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Testing
import Verbs

/// Whatever the tree is, checking ends: with a statement or with errors that have a place.
@Suite struct MutationTests {
  private static let programs =
    Catalogue.all.flatMap(\.examples) + VerbTable.standard.all.flatMap(\.signature.examples) + [
      "example | filter id not in (other | select limit) and created_at in 2024-03..2024-05",
      "let m = (example | group m = max(followers))\nexample | filter followers == m",
      "def risky(t, limit = 50) = t | filter friends / followers > limit\nexample | risky 100",
      "param since: date = 2024-03-01\nexample | filter created_at <= $since | take 3 as few",
      "load \"x.csv\" as t with header = false, delimiter = \";\", captured_at = 2024-05",
      "@acme | group n = count(), r = sum(friends) / count() by month(created_at) per account",
      "explain example | join other on screen_name = handle with kind = left | union example",
    ]

  @Test(arguments: [1 as UInt64, 2, 3])
  func mutatedProgramsNeverCrash(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<2500 {
      let program = random.pick(Self.programs)
      let text = mutate(program, &random)
      let result = CheckedProgram(text)
      let size = text.utf8.count
      for diagnostic in result.diagnostics {
        #expect(diagnostic.range != nil, "seed \(seed) round \(round): \(text)")
        #expect((diagnostic.range?.end ?? 0) <= size, "seed \(seed) round \(round): \(text)")
        // Hidden names of plans begin with #; programs may have their own, and `'#'` begins comments.
        let message = diagnostic.message.split(separator: "'#'").joined()
        #expect(
          text.contains("#") || !message.contains("#"),
          "seed \(seed) round \(round): \(message): \(text)")
      }
      _ = result.plan?.lines
      if result.statement == nil, !text.allSatisfy({ " \n;".contains($0) }) {
        // A comment or nothing is no statement; else nothing fails without a word.
        let isEmpty = parse(Source(name: "", text: text)).program.statements.isEmpty
        #expect(isEmpty || !result.diagnostics.isEmpty, "seed \(seed) round \(round): \(text)")
      }
    }
  }

  /// One to three words dropped, doubled, swapped, or replaced by words of another program.
  private func mutate(_ program: String, _ random: inout SplitMix) -> String {
    var words = split(program)
    for _ in 0...random.below(3) where !words.isEmpty {
      let place = random.below(words.count)
      switch random.below(4) {
      case 0: words.remove(at: place)
      case 1: words.insert(words[place], at: place)
      case 2: words.swapAt(place, random.below(words.count))
      default: words[place] = random.pick(split(random.pick(Self.programs)))
      }
    }
    return words.joined()
  }

  private func split(_ text: String) -> [String] {
    var words: [String] = []
    for character in text {
      let isWord = character.isLetter || character.isNumber || character == "_"
      if isWord, let last = words.last?.last, last.isLetter || last.isNumber || last == "_" {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }

  // MARK: Depth

  @Test func deepTreesEndInAnErrorOrAnAnswer() {
    for text in [
      String(repeating: "(", count: 900) + "1" + String(repeating: ")", count: 900),
      "1" + String(repeating: " + 1", count: 900),
      String(repeating: "not ", count: 900) + "true",
      String(repeating: "-", count: 90) + "1",
      String(repeating: "abs(", count: 400) + "1" + String(repeating: ")", count: 400),
      "example | filter " + Array(repeating: "followers = 1", count: 400).joined(separator: " or "),
      "example" + String(repeating: " | filter followers > 1", count: 900),
      "example | filter followers == " + String(repeating: "(example | filter id == ", count: 200)
        + "1" + String(repeating: " | group n = count())", count: 200),
    ] {
      let result = CheckedProgram(text)
      #expect(result.statement != nil || !result.diagnostics.isEmpty, "\(text.prefix(60))")
      _ = result.plan?.lines
    }
  }

  @Test func treesDeeperThanTheParserMakesThem() {
    let place = SourceRange(0, 1)
    var deep = Expression(kind: .integer(1), range: place)
    for _ in 0..<3000 { deep = Expression(kind: .unary(.minus, deep), range: place) }
    let pipeline = Pipeline(
      origin: .expression(deep), originRange: place, stages: [], range: place)
    let statement = Statement(kind: .pipeline(pipeline), range: place)
    #expect(requiredFiles(of: statement, verbs: .standard).isEmpty)
    let (checked, diagnostics) = check(statement, in: exampleScope())
    #expect(checked == nil)
    #expect(diagnostics.map(\.message) == ["nested too deeply"])
  }
}

/// Sebastiano Vigna's splitmix64.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
