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
}
