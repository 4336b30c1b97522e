import Testing

@testable import Kernels

@Suite struct SimilarityTests {
  private func measure(
    _ left: String, _ right: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Double
  ) -> Double {
    Array(left.utf8).withUnsafeBufferPointer { left in
      Array(right.utf8).withUnsafeBufferPointer { body(left, $0) }
    }
  }

  /// Bits and queues agree, and so do single texts and rows.
  @Test(arguments: [UInt64(1), 2, 3]) func shortTextsAreMeasuredAsLongOnes(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let letters = ["a", "b", "c", "é", "日", "🚀", "_", "1"]
    func text() -> String {
      let count = Int.random(in: 0...(Bool.random(using: &random) ? 8 : 40), using: &random)
      return (0..<count).map { _ in letters[Int.random(in: 0..<8, using: &random)] }.joined()
    }
    let similarity = Similarity()
    for _ in 0..<40 {
      let right = text()
      let lefts = TestTexts((0..<40).map { _ in text() } + [right])
      let expected = lefts.texts.map { measure($0, right, similarity.measureLong) }
      let single = lefts.texts.map { measure($0, right, similarity.measure) }
      #expect(single == expected, "seed \(seed), \(right)")
      var rows = [Double](repeating: -1, count: lefts.texts.count)
      lefts.bytes.withUnsafeBufferPointer { bytes in
        lefts.offsets.withUnsafeBufferPointer { offsets in
          Array(right.utf8).withUnsafeBufferPointer { right in
            guard let base = bytes.baseAddress, let starts = offsets.baseAddress else { return }
            similarity.measure(
              TextRows(base: base, offsets: starts), count: rows.count, right, into: &rows)
          }
        }
      }
      #expect(rows == expected, "seed \(seed), \(right)")
    }
  }

  /// Rows that cannot reach a likeness are told without measuring them.
  @Test(arguments: [UInt64(1), 2, 3]) func likenessIsComparedAsItIsMeasured(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let letters = ["a", "b", "c", "d", "é", "🚀", "_", "1"]
    func text(_ kinds: Int) -> String {
      let count = Int.random(in: 0...(Bool.random(using: &random) ? 8 : 70), using: &random)
      return (0..<count).map { _ in letters[Int.random(in: 0..<kinds, using: &random)] }.joined()
    }
    let similarity = Similarity()
    for _ in 0..<30 {
      let right = text(Bool.random(using: &random) ? 4 : 8)
      let lefts = TestTexts((0..<100).map { _ in text(8) } + [right, right + "a", "b" + right])
      let measures = lefts.texts.map { measure($0, right, similarity.measure) }
      let thresholds = [0, 0.5, 0.7, 0.85, 1, 1.5, -1, .nan, measures[0], measures[1]]
      for (threshold, comparison) in zip(
        thresholds, Comparison.allCases + Comparison.allCases.prefix(4))
      {
        let expected = measures.map { own in
          comparison.holds(own == threshold ? 0 : own > threshold ? 1 : -1)
        }
        var bits = [UInt64](repeating: ~0, count: measures.count / 64 + 1)
        lefts.withRows { rows, _ in
          LikenessTest(Array(right.utf8), comparison, threshold).test(
            rows, count: measures.count, into: &bits)
        }
        #expect(bools(bits, measures.count) == expected, "\(right) \(comparison) \(threshold)")
        #expect(hasCleanEnd(bits, measures.count))
      }
    }
  }
}
