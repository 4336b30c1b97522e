import Testing

@testable import Kernels

@Suite struct ByteAutomatonTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func answersAreThoseOfRE2(seed: UInt64) throws {
    var random = RandomPatterns(numbers: RandomNumbers(seed: seed))
    var (own, searched) = (0, 0)
    for _ in 0..<400 {
      let pattern = random.pattern()
      guard let known = BytePatternParser.parse(pattern), let automaton = ByteAutomaton(known)
      else { continue }
      own += 1
      searched += PatternLiterals(known) == nil ? 0 : 1
      let twin = try RegularExpression(pattern, byRE2: true)
      let texts = TestTexts((0..<70).map { _ in random.text() })
      let wanted = texts.bits(twin.match)
      let alone = texts.bits { rows, count, bits in
        for row in 0..<count { bits[row / 64] |= 1 << UInt64(row % 64) }
        automaton.match(rows, count: count, among: bits)
      }
      #expect(alone == wanted, "seed \(seed): \(pattern.debugDescription)")
      // Four texts are read side by side, whichever they are.
      let some = (0..<2).map { _ in UInt64.random(in: 0...UInt64.max, using: &random.numbers) }
      let among = texts.bits { rows, count, bits in
        for word in 0..<2 { bits[word] = some[word] & (word == 0 ? ~0 : 0x3F) }
        automaton.match(rows, count: count, among: bits)
      }
      #expect(
        among == zip(wanted, some).map { $0 & $1 }, "seed \(seed): \(pattern.debugDescription)")
      let found = texts.bits(try RegularExpression(pattern).match)
      #expect(found == wanted, "seed \(seed): \(pattern.debugDescription) with literals")
    }
    #expect(own > 200 && searched > 20, "seed \(seed): \(own), \(searched)")
  }

  /// Literals that begin and end at edges of words need no automaton.
  @Test(arguments: [
    "\\babc\\b", "\\b(?:abc|b1a)", "(abc|cab)\\b", "\\b\\.ab\\b", "(\\b(abc|1_b)\\b)", "\\bééé\\b",
  ])
  func literalsAtEdgesOfWordsAreFound(pattern: String) throws {
    var random = RandomNumbers(seed: 17)
    let pieces = ["abc", "cab", "b1a", "1_b", "é", "éé", "_", " ", ".ab", ".", "a", "\n", ""]
    let texts = TestTexts(
      (0..<500).map { _ in
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
      }, lead: "abc")
    #expect(PatternLiterals(try #require(BytePatternParser.parse(pattern)))?.isEnough == true)
    let wanted = texts.bits(try RegularExpression(pattern, byRE2: true).match)
    #expect(texts.bits(try RegularExpression(pattern).match) == wanted)
  }

  @Test func whatIsNotUnderstoodIsLeftToRE2() throws {
    for pattern in ["(?i)a", "\\pL+", "[é-ü]", "[[:digit:]]", "(a{100}){100}"] {
      let known = BytePatternParser.parse(pattern)
      #expect(known.flatMap { ByteAutomaton($0) } == nil, "\(pattern)")
      _ = try RegularExpression(String(pattern.replacing("{100}", with: "{10}")))
    }
    #expect(BytePatternParser.parse("[a-z]+[0-9]{6,}").flatMap { ByteAutomaton($0) } != nil)
  }

  @Test func matchesContainOneOfTheLiterals() throws {
    func literals(_ pattern: String) throws -> (needles: [String], isEnough: Bool)? {
      let known = try #require(BytePatternParser.parse(pattern))
      return PatternLiterals(known).map { literals in
        (literals.needles.map { String(decoding: $0, as: UTF8.self) }, literals.isEnough)
      }
    }
    let all = try #require(try literals("coffee|wine|beer"))
    #expect(all.needles == ["beer", "coffee", "wine"] && all.isEnough)
    let words = try #require(try literals("\\b(coffee|wine|beer)\\b"))
    #expect(words.needles == ["beer", "coffee", "wine"] && words.isEnough)
    let inner = try #require(try literals("(wine|\\bbeer)\\b"))
    #expect(inner.needles == ["beer", "wine"] && !inner.isEnough)
    let spelled = try #require(try literals("x*gr[ae]y+cat"))
    #expect(spelled.needles == ["cat"] && !spelled.isEnough)
    #expect(try literals("[a-z]+[0-9]{6,}") == nil)
    #expect(try literals("coffee|[a-z]+") == nil)
    #expect(try literals("ab") == nil)
  }
}
