import Columns
import Kernels
import Testing

@testable import Evaluating

@Test(arguments: [UInt64(1), 2, 3]) func codesCompareAsTheirTexts(seed: UInt64) {
  var random = Seeded(seed)
  let words = ["", "a", "ab", "b", "zażółć", "\u{0}", "z", "abcdefgh", "abcdefghi"]
  func some() -> [String] { words.filter { _ in random.chance(60) } + ["m"] }
  let (left, right) = (some(), some())
  let count = 200
  let codes = (0..<count).map { _ in
    (UInt8(random.below(left.count)), UInt8(random.below(right.count)))
  }
  for comparison in Comparison.allCases {
    let pairs = CodePairs(TextDictionary(left), TextDictionary(right), comparison)
    var bits = [UInt64](repeating: ~0, count: 4)
    pairs.compare(codes.map(\.0), codes.map(\.1), count: count, into: &bits)
    for (row, code) in codes.enumerated() {
      let (own, other) = (Array(left[Int(code.0)].utf8), Array(right[Int(code.1)].utf8))
      let order = own == other ? 0 : own.lexicographicallyPrecedes(other) ? -1 : 1
      let isTrue = bits[row / 64] >> UInt64(row % 64) & 1 == 1
      #expect(isTrue == comparison.holds(order), "seed \(seed), \(comparison), row \(row)")
    }
  }
}
