import Testing

@testable import Evaluating

/// Numbers of keys against a dictionary.
@Suite struct KeyTableTests {
  /// Batches of new keys, of known ones and of both, in turn; a key of zeros and repeats among them.
  @Test(arguments: [1, 2, 3], [UInt64(1), 2, 3]) func keysAreNumberedAsTheyCome(
    width: Int, seed: UInt64
  ) {
    var random = Seeded(seed)
    let table = KeyTable(width: width)
    var known: [[UInt64]: UInt32] = [:]
    for batch in 0..<12 {
      let range = [40, 1 << 30, 3_000, 40][batch % 4]
      let keys = (0..<1_000).map { row -> [UInt64] in
        row % 50 == 0
          ? [UInt64](repeating: 0, count: width)
          : (0..<width).map { UInt64(random.below(range) << ($0 * 8)) }
      }
      var numbers = [UInt32](repeating: 0, count: keys.count)
      table.number(keys.flatMap { $0 }, keys.count, into: &numbers)
      for (key, number) in zip(keys, numbers) {
        let expected = known[key] ?? UInt32(known.count + 1)
        known[key] = expected
        #expect(number == expected, "batch \(batch)")
        if number != expected { return }
      }
      #expect(table.count == known.count)
    }
  }
}
