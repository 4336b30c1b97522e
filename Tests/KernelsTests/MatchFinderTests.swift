import Testing

@testable import Kernels

@Suite struct MatchFinderTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func findsWhatRE2Finds(seed: UInt64) throws {
    var random = RandomPatterns(numbers: RandomNumbers(seed: seed))
    var own = 0
    for _ in 0..<800 {
      let pattern = random.pattern()
      let twin = try RegularExpression(pattern, byRE2: true)
      let texts = TestTexts((0..<70).map { _ in random.text() })
      for group in 0...min(2, twin.groupCount) {
        let known = BytePatternParser.parse(pattern)
        guard let finder = known.flatMap({ MatchFinder($0) }), let place = finder.group(group)
        else { continue }
        own += 1
        let found = texts.parts {
          finder.find($0, count: $1, group: place, starts: $2, ends: $3, found: $4)
        }
        let wanted = texts.parts {
          twin.extract($0, count: $1, group: group, starts: $2, ends: $3, found: $4)
        }
        #expect(found == wanted, "seed \(seed): group \(group) of \(pattern.debugDescription)")
      }
    }
    #expect(own > 300, "seed \(seed): \(own)")
  }

  /// Every match is replaced, the next one looked for behind it.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func replacesWhatRE2Replaces(seed: UInt64) throws {
    var random = RandomPatterns(numbers: RandomNumbers(seed: seed))
    var own = 0
    for round in 0..<600 {
      let pattern = random.pattern()
      let rewrite = random.pick([
        "", "-", "\\0", "<\\0>", "\\1", "x\\1\\\\y", "\\7", "a longer text than was there",
      ])
      let expression = try RegularExpression(pattern)
      let known = BytePatternParser.parse(pattern).flatMap {
        MatchReplacement($0, with: Array(rewrite.utf8), groupCount: expression.groupCount)
      }
      if known == nil { continue }
      own += 1
      let texts = TestTexts((0..<100).map { _ in random.text() }, lead: random.text())
      // Now and then there is room for few, or for short ones only.
      let limit = round % 3 == 0 ? 12 : 1 << 20
      let blockLimit = round % 5 == 0 ? 300 : 1 << 20
      let found = texts.replaced(RegexReplacement(expression, with: rewrite), limit, blockLimit)
      let twin = try RegularExpression(pattern, byRE2: true)
      let wanted = texts.replaced(RegexReplacement(twin, with: rewrite), limit, blockLimit)
      #expect(found == wanted, "seed \(seed): \(pattern.debugDescription) by \(rewrite)")
    }
    #expect(own > 100, "seed \(seed): \(own)")
  }

  @Test func groupsAtAFixedDistanceAreFound() throws {
    func isFound(_ pattern: String, _ group: Int) throws -> Bool {
      MatchFinder(try #require(BytePatternParser.parse(pattern)))?.group(group) != nil
    }
    #expect(try isFound("([0-9]+)$", 1) && isFound("#(\\w+)", 1) && isFound("(ab|cd)(x+)", 2))
    // What stands before or behind may have several lengths, but ends at one place.
    #expect(try isFound("https?://([^/]+)", 1) && isFound("(x|yz)z(a+)", 2))
    #expect(try isFound("(a+)bc?d", 1) && isFound("^[ab]+c(d*)", 1))
    // Where what stands before ends, is not known; nor whether the group takes part.
    #expect(
      try !isFound("a*(b+)", 1) && !isFound("(a|ab)(b+)", 2) && !isFound("(a)|b", 1)
        && !isFound("(a)?b", 1))
    #expect(try !isFound("a", 1) && !isFound("(a*)*", 0) && !isFound("\\ba", 0))
  }
}

/// Where a part of a text is; nil where there is none.
private struct Part: Equatable {
  var range: Range<UInt32>?
}

extension TestTexts {
  /// The new texts; nil for those that are too long.
  fileprivate func replaced(
    _ replacement: RegexReplacement, _ limit: Int, _ blockLimit: Int
  ) -> [[UInt8]?] {
    var offsets = [UInt32](repeating: 7, count: texts.count + 1)
    var made: [[UInt8]] = []
    let tooLong = bits { rows, count, bits in
      let bytes = replacement.replace(
        rows, count: count, limit: limit, blockLimit: blockLimit, offsets: &offsets, tooLong: bits)
      made = (0..<count).map { row in
        (offsets[row]..<offsets[row + 1]).compactMap { bytes?[Int($0)] }
      }
    }
    return made.indices.map { tooLong[$0 / 64] >> UInt64($0 % 64) & 1 != 0 ? nil : made[$0] }
  }

  fileprivate func parts(
    _ find: (
      TextRows, Int, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>,
      UnsafeMutablePointer<UInt64>
    ) -> Void
  ) -> [Part] {
    let count = texts.count
    var starts = [UInt32](repeating: 7, count: count)
    var ends = starts
    let found = bits { rows, count, bits in find(rows, count, &starts, &ends, bits) }
    return (0..<count).map { row in
      let isFound = found[row / 64] >> UInt64(row % 64) & 1 != 0
      if !isFound { return Part(range: starts[row] == ends[row] ? nil : 0..<0) }
      return Part(range: starts[row]..<ends[row])
    }
  }
}
