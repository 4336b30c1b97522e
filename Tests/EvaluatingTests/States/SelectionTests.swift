import Testing

@testable import Evaluating

/// Neighbouring ranks of words, against all of them sorted.
@Suite struct SelectionTests {
  @Test(arguments: 0..<12 as Range<UInt64>) func ranksAreThoseOfAllSorted(seed: UInt64) {
    var random = Seeded(seed)
    for count in [1, 2, 3, 24, 25, 60, 300, 1023, 1024, 5_000, 40_000] {
      // Of one value, of few, of any; rising, falling, and with a peak in the middle.
      let spread = [1, 3, 40, Int64.max][Int(random.next() % 4)]
      var words = (0..<count).map { _ in
        Int64(truncatingIfNeeded: random.next()) % spread
      }
      switch random.next() % 4 {
      case 0: words.sort()
      case 1: words.sort(by: >)
      case 2: words = words.sorted() + words.sorted(by: >)
      default: break
      }
      let sorted = words.sorted()
      for share in [0, 0.02, 0.5, 0.77, 1] {
        let low = Int(Double(sorted.count - 1) * share)
        for high in [low, min(sorted.count - 1, low + 1)] {
          let found = words.withUnsafeBufferPointer { select($0, low, high) }
          #expect(
            found == (sorted[low], sorted[high]), "seed \(seed), \(low) of \(sorted.count)")
        }
      }
    }
  }

  @Test func theLeastAndTheGreatestWordAreWords() {
    let words = [Int64.max, .min, .max, .min, 0]
    words.withUnsafeBufferPointer { words in
      #expect(select(words, 3, 4) == (Int64.max, Int64.max))
      #expect(select(words, 0, 1) == (Int64.min, Int64.min))
      #expect(select(words, 2, 3) == (0, Int64.max))
    }
  }
}
