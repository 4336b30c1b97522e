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
    #expect(own > 300 && searched > 20, "seed \(seed): \(own), \(searched)")
  }

  /// Texts are read in one way where they are short on the average, in another where they are not.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func lengthsDoNotMatter(seed: UInt64) throws {
    var random = RandomPatterns(numbers: RandomNumbers(seed: seed &+ 70))
    for share in [0.03, 0.7] {
      for _ in 0..<100 {
        let pattern = random.pattern()
        guard let automaton = BytePatternParser.parse(pattern).flatMap({ ByteAutomaton($0) })
        else { continue }
        let texts = TestTexts(
          (0..<130).map { _ in
            let isLong = Double.random(in: 0..<1, using: &random.numbers) < share
            let filling = isLong ? Int.random(in: 40..<200, using: &random.numbers) : 0
            return String(repeating: "-", count: filling) + random.text()
          })
        let wanted = texts.bits(try RegularExpression(pattern, byRE2: true).match)
        let found = texts.bits { rows, count, bits in
          for row in 0..<count { bits[row / 64] |= 1 << UInt64(row % 64) }
          automaton.match(rows, count: count, among: bits)
        }
        #expect(found == wanted, "seed \(seed): \(pattern.debugDescription)")
      }
    }
  }

  /// Few bytes that stand behind each other find rows.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func windowsFindWhatRE2Finds(seed: UInt64) throws {
    var random = RandomPatterns(numbers: RandomNumbers(seed: seed))
    var (own, enough) = (0, 0)
    for _ in 0..<400 {
      let pattern = random.pattern()
      guard let known = BytePatternParser.parse(pattern), let filter = ByteWindowFilter(known)
      else { continue }
      own += 1
      enough += filter.isEnough ? 1 : 0
      let texts = TestTexts((0..<300).map { _ in random.text() }, lead: random.text())
      let wanted = texts.bits(try RegularExpression(pattern, byRE2: true).match)
      let found = texts.bits { rows, count, bits in
        guard let offsets = rows.offsets else { return }
        filter.find(rows.base, offsets: offsets, count: count, into: bits)
      }
      let isRight =
        filter.isEnough ? found == wanted : zip(found, wanted).allSatisfy { $0 & $1 == $1 }
      #expect(isRight, "seed \(seed): \(pattern.debugDescription)")
    }
    #expect(own > 100 && enough > 20, "seed \(seed): \(own), \(enough)")
  }

  /// A class of nothing matches nothing, whatever bytes there are.
  @Test(arguments: ["[^\\s\\S]", "[^\\x00-\\x{10FFFF}]", "a[^\\s\\S]", "[^\\s\\S]b"])
  func nothingIsFoundByAClassOfNothing(pattern: String) throws {
    let texts = TestTexts(["", "\0", "\0\0", "a", "ab", "a\0b", "\u{FF}\0", "日本"])
    let found = texts.bits(try RegularExpression(pattern).match)
    #expect(found == texts.bits(try RegularExpression(pattern, byRE2: true).match))
  }

  /// Other cases of letters are those that RE2 folds to each other.
  @Test func lettersHaveTheCasesOfRE2() throws {
    func isTried(_ scalar: Unicode.Scalar) -> Bool {
      let properties = scalar.properties
      return scalar.value < 0x600 || properties.changesWhenLowercased
        || properties.changesWhenUppercased
    }
    let cased = (0...ScalarSet.last).compactMap { Unicode.Scalar($0) }.filter(isTried)
    let texts = TestTexts(cased.map { String($0) })
    for scalar in cased where scalar.value >= 0x80 && scalar.value < 0x600 {
      let pattern = "\\x{\(String(scalar.value, radix: 16))}"
      let own = try RegularExpression(pattern, ignoringCase: true)
      let twin = try RegularExpression(pattern, ignoringCase: true, byRE2: true)
      #expect(texts.bits(own.match) == texts.bits(twin.match), "\(pattern)")
    }
  }

  /// Classes of scalars are sequences of bytes.
  @Test(arguments: [
    "[^\\x00-\\x7F]", "[\\x{7F}-\\x{801}]", "[\\x{7FF}-\\x{10000}]", "[^é-\\x{FFFF}]", "\\p{Han}",
    "\\P{Han}",
    "[ぁ-ん]", "[🚀✨❤]", "[\\x{1F000}-\\x{2FFFF}]", "(?i)[a-z]", "(?i)[^k]", "(?s).", "\\p{Greek}",
    "(?i)\\w",
    "(?i)\\W", "[\\x{D000}-\\x{E010}]", "(?i:s)\\z", "\\pN", "[\\p{Cyrillic}x]",
  ])
  func classesOfScalarsAreThoseOfRE2(pattern: String) throws {
    // Those beside borders, and some of all.
    func isTried(_ value: UInt32) -> Bool {
      let low = value & 0xFF
      return value % 7 == 3 || value < 0x3200 || low < 2 || low > 0xFD
    }
    let scalars = (0...ScalarSet.last).filter(isTried).compactMap { Unicode.Scalar($0) }
    let texts = TestTexts(scalars.map { String($0) })
    let own = try RegularExpression(pattern)
    let twin = try RegularExpression(pattern, byRE2: true)
    #expect(texts.bits(own.match) == texts.bits(twin.match))
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
    for pattern in ["(?i)ɐ", "\\pL+", "(?m)^a", "[[:digit:]]", "(a{100}){100}"] {
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
        (literals.needles.map { String(decoding: $0.needle, as: UTF8.self) }, literals.isEnough)
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
    let folded = try #require(try literals("(?i)Wine|BEER"))
    #expect(folded.needles == ["beer", "wine"] && folded.isEnough)
    // The long s is an s, too; and where some letters have one case, more than the matches is found.
    let long = try #require(try literals("(?i)spa"))
    #expect(long.needles == ["spa", "ſpa"] && long.isEnough)
    let mixed = try #require(try literals("[Ww]ine"))
    #expect(mixed.needles == ["wine"] && !mixed.isEnough)
    #expect(try literals("[a-z]+[0-9]{6,}") == nil)
    #expect(try literals("coffee|[a-z]+") == nil)
    #expect(try literals("ab") == nil)
  }
}
