import Testing

@testable import Kernels

@Suite struct TextPairTests {
  /// Texts of few letters, so that much is found; some are long, and some begin with zeros.
  private func texts(_ count: Int, _ random: inout RandomNumbers) -> [String] {
    let pieces = [
      "a", "b", "ab", "é", " ", "\0", "\"", "\\", "\n", "\u{1}", "abababababababababab",
    ]
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
        + (Int.random(in: 0..<9, using: &random) == 0 ? String(repeating: "b", count: 70) : "")
    }
  }

  private func bools(_ bits: [UInt64], _ count: Int) -> [Bool] {
    (0..<count).map { bits[$0 / 64] >> UInt64($0 % 64) & 1 != 0 }
  }

  private func isPart(_ part: [UInt8], of text: [UInt8]) -> Bool {
    part.isEmpty
      || text.indices.contains { text[$0...].starts(with: part) }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func textsOfTwoColumns(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    for count in [1, 63, 64, 500] {
      let (left, right) = (texts(count, &random), texts(count, &random))
      let (a, b) = (TestTexts(left, lead: "ab"), TestTexts(right))
      a.withRows { _, rows in
        b.withRows { _, others in
          for test in TextPairTest.allCases {
            var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
            rows.test(test, others, count: count, into: &bits)
            let wanted = zip(left, right).map { left, right in
              let (text, other) = (Array(left.utf8), Array(right.utf8))
              return switch test {
              case .contains: isPart(other, of: text)
              case .startsWith: text.starts(with: other)
              case .endsWith: text.reversed().starts(with: other.reversed())
              }
            }
            #expect(bools(bits, count) == wanted, "seed \(seed): \(test)")
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func textsAndAConstant(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let all = texts(500, &random)
    let test = TestTexts(all, lead: "x")
    for constant in texts(30, &random) + ["", "\0", "abababab", "ababababa"] {
      for comparison in [
        Comparison.less, .lessOrEqual, .equal, .notEqual, .greater, .greaterOrEqual,
      ] {
        test.withRows { together, apart in
          for rows in [together, apart] {
            var bits = [UInt64](repeating: ~0, count: 8)
            rows.compare(comparison, Array(constant.utf8), count: 500, into: &bits)
            let wanted = all.map { text in
              let (a, b) = (Array(text.utf8), Array(constant.utf8))
              let order = a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
              return comparison.holds(order)
            }
            #expect(bools(bits, 500) == wanted, "seed \(seed): \(comparison) \(constant)")
            #expect(bits[7] >> UInt64(500 % 64) == 0)
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func textsBetweenTwo(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let all = texts(500, &random)
    let ends = texts(12, &random) + ["", "\0", "abababab", "ababababa"]
    func order(_ a: String, _ b: String) -> Int {
      let (a, b) = (Array(a.utf8), Array(b.utf8))
      return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    }
    TestTexts(all, lead: "x").withRows { together, apart in
      for (low, high) in zip(ends, ends.shuffled(using: &random)) {
        for (lowIsIn, highIsIn) in [(true, true), (true, false), (false, true), (false, false)] {
          for rows in [together, apart] {
            var bits = [UInt64](repeating: ~0, count: 8)
            rows.between(
              TextRangeEnd(Array(low.utf8), isIncluded: lowIsIn),
              TextRangeEnd(Array(high.utf8), isIncluded: highIsIn), count: 500, into: &bits)
            let wanted = all.map { text in
              order(text, low) > (lowIsIn ? -1 : 0) && order(text, high) < (highIsIn ? 1 : 0)
            }
            #expect(bools(bits, 500) == wanted, "seed \(seed): \(low) to \(high)")
            #expect(bits[7] >> UInt64(500 % 64) == 0)
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func setsOfTexts(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    for size in [0, 1, 4, 5, 30, 3000, 9000] {
      let keys = texts(size, &random)
      let all = texts(300, &random) + keys.prefix(100)
      let set = TextKeySet(keys.map { Array($0.utf8) })
      TestTexts(all, lead: "y").withRows { _, rows in
        var bits = [UInt64](repeating: ~0, count: all.count / 64 + 1)
        set.lookUp(rows, count: all.count, into: &bits)
        let known = Set(keys.map { Array($0.utf8) })
        #expect(
          bools(bits, all.count) == all.map { known.contains(Array($0.utf8)) },
          "seed \(seed): \(size)")
      }
    }
  }

  /// Of many keys that come again and again, in an order that makes the slots run out late.
  @Test(arguments: [1, 2, 3] as [UInt64]) func setsOfRepeatedTexts(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let different = [10, 5_000, 20_000][Int(seed % 3)]
    let keys = (0..<60_000).map { row in
      "key \(Int.random(in: 0..<(row < 30_000 ? 7 : different), using: &random))"
    }
    let known = Set(keys)
    let all = (0..<400).map { _ in "key \(Int.random(in: 0..<2 * different, using: &random))" }
    let set = TextKeySet(keys.map { Array($0.utf8) })
    TestTexts(all, lead: "y").withRows { _, rows in
      var bits = [UInt64](repeating: ~0, count: all.count / 64 + 1)
      set.lookUp(rows, count: all.count, into: &bits)
      #expect(bools(bits, all.count) == all.map { known.contains($0) }, "seed \(seed)")
    }
  }

  /// Texts that begin and end alike are told apart by what is between: not one after the other.
  @Test func longTextsThatBeginAndEndAlike() {
    let keys = (0..<40_000).map { "the same \($0 * 7) at both ends" }
    let all = keys.prefix(200) + (0..<200).map { "the same \($0 * 7 + 1) at both ends" }
    let set = TextKeySet(keys.map { Array($0.utf8) })
    TestTexts(Array(all), lead: "y").withRows { _, rows in
      var bits = [UInt64](repeating: ~0, count: all.count / 64 + 1)
      set.lookUp(rows, count: all.count, into: &bits)
      #expect(bools(bits, all.count) == all.indices.map { $0 < 200 })
    }
  }

  /// Of every length, with strangers that differ from a key in one byte or in their length alone.
  @Test(arguments: [1, 2, 3] as [UInt64]) func textsAlmostAlike(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let keys = (0..<140).map { number in
      String(
        decoding: (0..<number / 2).map { _ in UInt8.random(in: 97...122, using: &random) },
        as: UTF8.self)
    }
    var all = keys
    for key in keys {
      var changed = Array(key.utf8)
      if let place = changed.indices.randomElement(using: &random) { changed[place] = 65 }
      all += [String(decoding: changed, as: UTF8.self), key + "z", String(key.dropLast())]
    }
    all.shuffle(using: &random)
    // Lengths that most texts have, and such as few have.
    for lengths in [0...70, 10...12] {
      let chosen = keys.filter { lengths.contains($0.utf8.count) }
      let known = Set(chosen)
      let set = TextKeySet(chosen.map { Array($0.utf8) })
      for count in [all.count, 64, 63, 1, 0] {
        TestTexts(all, lead: "y").withRows { _, rows in
          var bits = [UInt64](repeating: ~0, count: all.count / 64 + 1)
          set.lookUp(rows, count: count, into: &bits)
          let wanted = all.prefix(count).map { known.contains($0) }
          #expect(bools(bits, count) == wanted, "seed \(seed): \(count)")
          #expect(hasCleanEnd(bits, count), "seed \(seed): \(count)")
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func bytesAreReplaced(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let all = texts(400, &random)
    for replacement in ["", "x", "sixteen bytes are", String(repeating: "long ", count: 9)] {
      TestTexts(all, lead: "a a").withRows { _, rows in
        let size = all.reduce(64) { $0 + $1.utf8.count * max(1, replacement.utf8.count) }
        var out = [UInt8](repeating: 0, count: size)
        var ends = [UInt32](repeating: 0, count: 400)
        let count = rows.replace(
          UInt8(ascii: "b"), with: Array(replacement.utf8), count: 400, into: &out, ends: &ends)
        #expect(count == Int(ends[399]))
        #expect(
          parts(out, ends)
            == all.map { text in
              text.utf8.flatMap { $0 == UInt8(ascii: "b") ? Array(replacement.utf8) : [$0] }
            }, "seed \(seed): \(replacement)")
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func partsBecomeJSON(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let all = texts(400, &random)
    for separator in [
      UInt8(ascii: " "), UInt8(ascii: "a"), UInt8(ascii: "\""), UInt8(ascii: "\n"), 0,
    ] {
      TestTexts(all, lead: "a a").withRows { _, rows in
        let size = all.reduce(64) { $0 + $1.utf8.count * 6 + 4 }
        var out = [UInt8](repeating: 0, count: size)
        var ends = [UInt32](repeating: 0, count: 400)
        let count = rows.splitJSON(by: separator, count: 400, into: &out, ends: &ends)
        #expect(count == Int(ends[399]))
        let wanted = all.map { text in
          let parts = text.utf8.split(separator: separator, omittingEmptySubsequences: false)
          return Array("[".utf8) + parts.map { quoted(Array($0)) }.joined(separator: [0x2C]) + [
            0x5D
          ]
        }
        #expect(parts(out, ends) == wanted, "seed \(seed): \(separator)")
      }
    }
  }

  private func parts(_ bytes: [UInt8], _ ends: [UInt32]) -> [[UInt8]] {
    ends.indices.map { Array(bytes[Int($0 == 0 ? 0 : ends[$0 - 1])..<Int(ends[$0])]) }
  }

  private func quoted(_ text: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: text.count * 6 + 2)
    let count = text.withUnsafeBufferPointer { quoteJSON($0, into: &out) }
    return Array(out[..<count])
  }
}
