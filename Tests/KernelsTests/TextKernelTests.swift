import Testing

@testable import Kernels

/// Texts in Arrow's layout with the readable bytes that segments have behind them.
struct TestTexts {
  let texts: [String]
  let bytes: [UInt8]
  let offsets: [UInt32]

  init(_ texts: [String], lead: String = "") {
    self.texts = texts
    var bytes = Array(lead.utf8)
    var offsets = [UInt32(bytes.count)]
    for text in texts {
      bytes += Array(text.utf8)
      offsets.append(UInt32(bytes.count))
    }
    // What stands behind must not be found, nor taken for rows.
    self.bytes = bytes + Array(repeating: UInt8(ascii: "c"), count: 64)
    self.offsets = offsets + (0..<16).map { UInt32($0 * $0) }
  }

  /// Calls `body` with the rows in Arrow's layout, and as rows that may lie anywhere.
  func withRows(_ body: (_ together: TextRows, _ apart: TextRows) -> Void) {
    let (starts, ends) = (Array(offsets), Array(offsets.dropFirst()))
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          guard let base = bytes.baseAddress, let starts = starts.baseAddress,
            let ends = ends.baseAddress
          else { return }
          body(
            TextRows(base: base, offsets: starts), TextRows(base: base, starts: starts, ends: ends))
        }
      }
    }
  }
}

private func isPart(_ needle: String, of text: String) -> Bool {
  let needle = Array(needle.utf8)
  let text = Array(text.utf8)
  if needle.count > text.count { return false }
  return (0...text.count - needle.count).contains { start in
    text[start..<start + needle.count].elementsEqual(needle)
  }
}

private func asciiLower(_ text: String) -> String {
  String(
    decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
}

@Suite struct TextKernelTests {
  private let pieces = [
    "", "c", "co", "coffee", "Coffee", "ffee", "cof", "fee co", "é", "日本", "COFFEE", " ", "k",
    "a long text about nothing, with coffee at its end: coffee",
  ]

  private func texts(_ count: Int, _ random: inout RandomNumbers) -> [String] {
    (0..<count).map { _ in
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
    }
  }

  @Test func search() {
    var random = RandomNumbers(seed: 11)
    let needles = [
      "c", "co", "coffee", "e", "eeco", "é", "日本", " c", "zzz", "coffee coffee co", "",
    ]
    for count in lengths {
      let test = TestTexts(texts(count, &random), lead: count % 2 == 0 ? "" : "coffee")
      for needle in needles {
        var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
        searchTexts(
          base: test.bytes, offsets: test.offsets, count: count, needle: Array(needle.utf8),
          ignoringCase: false, into: &bits)
        #expect(
          bools(bits, count) == test.texts.map { isPart(needle, of: $0) }, "\(needle) in \(count)")
        #expect(hasCleanEnd(bits, count))
        searchTexts(
          base: test.bytes, offsets: test.offsets, count: count, needle: Array(needle.utf8),
          ignoringCase: true, into: &bits)
        #expect(
          bools(bits, count) == test.texts.map { isPart(needle, of: asciiLower($0)) },
          "\(needle) in \(count), any case")
      }
    }
  }

  /// The bytes that are searched for are chosen by what the first rows hold; rows are empty or long.
  @Test(arguments: [UInt64(1), 2, 3]) func searchInManyRows(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let few = (0..<400).map { _ in
      String(repeating: "ff", count: Int.random(in: 0...9, using: &random))
    }
    let rows = few + texts(900, &random) + [String](repeating: "", count: 70) + ["x coffee"]
    let test = TestTexts(rows, lead: "coffee")
    for needle in ["ff", "coffee", "ffe", "off", "f", "fee coffee"] {
      var bits = [UInt64](repeating: ~0, count: rows.count / 64 + 1)
      searchTexts(
        base: test.bytes, offsets: test.offsets, count: rows.count, needle: Array(needle.utf8),
        ignoringCase: false, into: &bits)
      #expect(bools(bits, rows.count) == rows.map { isPart(needle, of: $0) }, "\(needle)")
      searchTexts(
        base: test.bytes, offsets: test.offsets, count: rows.count, needle: Array(needle.utf8),
        ignoringCase: true, into: &bits)
      #expect(
        bools(bits, rows.count) == rows.map { isPart(needle, of: asciiLower($0)) }, "\(needle)")
    }
  }

  @Test func matchesAndOrder() {
    var random = RandomNumbers(seed: 12)
    for count in lengths {
      let test = TestTexts(texts(count, &random))
      let others = TestTexts(texts(count, &random), lead: "x")
      test.bytes.withUnsafeBufferPointer { bytes in
        test.offsets.withUnsafeBufferPointer { offsets in
          others.bytes.withUnsafeBufferPointer { otherBytes in
            others.offsets.withUnsafeBufferPointer { otherOffsets in
              guard let base = bytes.baseAddress, let starts = offsets.baseAddress,
                let otherBase = otherBytes.baseAddress, let otherStarts = otherOffsets.baseAddress
              else { return }
              check(
                TextRows(base: base, offsets: starts), test.texts,
                TextRows(base: otherBase, offsets: otherStarts), others.texts)
            }
          }
        }
      }
    }
  }

  private func check(
    _ rows: TextRows, _ texts: [String], _ others: TextRows, _ otherTexts: [String]
  ) {
    let count = texts.count
    var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
    for needle in ["", "c", "coffee", "fee"] {
      rows.match(.equal, Array(needle.utf8), count: count, into: &bits)
      #expect(bools(bits, count) == texts.map { $0.utf8.elementsEqual(needle.utf8) })
      rows.match(.startsWith, Array(needle.utf8), count: count, into: &bits)
      #expect(bools(bits, count) == texts.map { $0.utf8.starts(with: needle.utf8) })
      rows.match(.endsWith, Array(needle.utf8), count: count, into: &bits)
      #expect(
        bools(bits, count) == texts.map { $0.utf8.reversed().starts(with: needle.utf8.reversed()) })
    }
    for comparison in Comparison.allCases {
      rows.compare(comparison, others, count: count, into: &bits)
      #expect(
        bools(bits, count)
          == zip(texts, otherTexts).map { left, right in
            let a = Array(left.utf8)
            let b = Array(right.utf8)
            return comparison.holds(a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1)
          })
    }
    var scalars = [Int64](repeating: 0, count: count + 1)
    rows.lengths(count: count, into: &scalars)
    #expect(scalars.prefix(count).map(Int.init) == texts.map(\.unicodeScalars.count))
  }

  @Test func regularExpressions() throws {
    #expect(checkRegex("a+(b|c)") == nil)
    #expect(checkRegex("a(b") == "missing ): a(b")
    #expect(checkRegex("*") != nil)
    #expect(checkRegex("") == nil)
    let pattern = try RegularExpression("C(o+)", ignoringCase: true)
    #expect(pattern.groupCount == 1)
    // Linear time on what makes backtracking engines stand still.
    let hostile = try RegularExpression("(a*)*b")
    let text = TestTexts([String(repeating: "a", count: 20_000), "aab"])
    var bits: [UInt64] = [0]
    text.bytes.withUnsafeBufferPointer { bytes in
      text.offsets.withUnsafeBufferPointer { offsets in
        guard let base = bytes.baseAddress, let starts = offsets.baseAddress else { return }
        hostile.match(TextRows(base: base, offsets: starts), count: 2, into: &bits)
      }
    }
    #expect(bits == [2])
  }

  /// Lengths by pieces of all texts, of rows anywhere, and their comparisons, as Swift counts scalars.
  @Test func lengthsAreThoseOfScalars() {
    var random = RandomNumbers(seed: 16)
    let some = [
      "a", "é", "日本", "🚀", String(repeating: "x", count: 70), String(repeating: "ß", count: 40),
    ]
    func text() -> String {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in
        some[Int.random(in: 0..<6, using: &random)]
      }.joined()
    }
    for count in lengths {
      let many = count == 255 ? [String(repeating: "é", count: 20_000)] : []
      let test = TestTexts((0..<count).map { _ in text() } + many, lead: count % 2 == 0 ? "" : "é")
      let expected = test.texts.map { Int64($0.unicodeScalars.count) }
      test.withRows { together, apart in
        for rows in [together, apart] {
          var found = [Int64](repeating: -1, count: expected.count + 1)
          rows.lengths(count: expected.count, into: &found)
          #expect(found.dropLast() == expected[...])
        }
        for length in [0, 1, 3, 41, 70, 20_000] as [UInt32] {
          for comparison in Comparison.allCases {
            var bits = [UInt64](repeating: ~0, count: expected.count / 64 + 1)
            together.compareLengths(comparison, length, count: expected.count, into: &bits)
            let wanted = expected.map { comparison.holds(Int($0) - Int(length)) }
            #expect(bools(bits, expected.count) == wanted, "\(comparison) \(length)")
            #expect(hasCleanEnd(bits, expected.count))
          }
        }
      }
    }
  }

  @Test func textSets() {
    var random = RandomNumbers(seed: 13)
    for keyCount in [0, 1, 2, 4, 5, 6, 40] {
      let keys = texts(keyCount, &random).map { Array($0.utf8) }
      let set = TextKeySet(keys)
      let test = TestTexts(texts(200, &random))
      var bits = [UInt64](repeating: ~0, count: 4)
      test.withRows { rows, _ in set.lookUp(rows, count: 200, into: &bits) }
      #expect(bools(bits, 200) == test.texts.map { keys.contains(Array($0.utf8)) }, "\(keyCount)")
      #expect(hasCleanEnd(bits, 200))
    }
  }

  @Test func codeLookup() {
    var random = RandomNumbers(seed: 14)
    for count in lengths {
      let codes = (0..<count).map { _ in UInt8.random(in: 0..<7, using: &random) }
      for wanted in [[], [3], [0, 1, 2, 4, 5, 6], [1, 5], [0, 1, 2, 3, 4, 5, 6]] as [[Int]] {
        var table = [UInt8](repeating: 0, count: 256)
        for code in wanted { table[code] = 1 }
        var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
        lookUpBits(codes, in: table, knownCodes: 7, count: count, into: &bits)
        #expect(bools(bits, count) == codes.map { wanted.contains(Int($0)) })
        #expect(hasCleanEnd(bits, count))
      }
    }
  }

  @Test func codeLookupInAnyTable() {
    var random = RandomNumbers(seed: 15)
    for count in lengths {
      let table = (0..<256).map { _ in UInt8.random(in: 0...2, using: &random) }
      let codes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
      lookUpBits(codes, in: table, knownCodes: 256, count: count, into: &bits)
      #expect(bools(bits, count) == codes.map { table[Int($0)] != 0 })
      #expect(hasCleanEnd(bits, count))
    }
  }
}
