import Testing

@testable import Evaluating

/// Where nothing changes its length, mapping in place gives what mapping text by text does.
@Test(arguments: [UInt64(1), 2, 3]) func casesAreMappedInPlace(seed: UInt64) {
  var random = Seeded(seed)
  let pieces = ["a", "abcdefgh", "é", "ÄÖ", "Ж", "Σ", "日本", "😀", "ﬀ", "ẞ", "İ", "ı", "\u{212A}"]
  var (kept, all) = (0, 0)
  for mapping in [CaseMapping.lower, .upper] {
    for _ in 0..<500 {
      let count = random.below(12)
      let rare = random.below(3) == 0 ? pieces.count : 8
      let text = Array((0..<count).map { _ in pieces[random.below(rare)] }.joined().utf8)
      var row = [UInt8](repeating: 0, count: text.count * 3 + 4)
      let length = text.withUnsafeBufferPointer { mapping.map($0, into: &row) }
      // ASCII is left to others.
      var own = text
      let isKept = mapping.mapInPlace(&own, count: own.count)
      all += 1
      kept += isKept ? 1 : 0
      #expect(isKept || length != text.count || rare == pieces.count, "seed \(seed)")
      guard isKept else { continue }
      #expect(length == text.count, "seed \(seed)")
      let differences = (0..<text.count).filter { own[$0] != row[$0] && text[$0] >= 0x80 }
      #expect(differences.isEmpty, "seed \(seed): \(text)")
    }
  }
  #expect(kept > all / 2)
}
