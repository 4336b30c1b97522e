import Columns
import Plans
import Testing

@testable import Evaluating

/// Every scalar that is taken to be without case is, by the standard library.
@Test func scalarsWithoutCaseHaveNone() {
  for value in UInt32(0)...0x10FFFF where CaseMapping.isCaseless(value) {
    guard let scalar = Unicode.Scalar(value) else { continue }
    let (lower, upper) = (scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping)
    #expect(
      lower.unicodeScalars.elementsEqual([scalar]) && upper.unicodeScalars.elementsEqual([scalar]),
      "U+\(String(value, radix: 16))")
  }
  // Emoji, their variation selector, CJK and Hangul.
  #expect([0x1F600, 0xFE0F, 0x3042, 0xD55C].allSatisfy(CaseMapping.isCaseless))
}

/// Where nothing changes its length, mapping in place gives what mapping text by text does.
@Test(arguments: [UInt64(1), 2, 3]) func casesAreMappedInPlace(seed: UInt64) {
  var random = Seeded(seed)
  let pieces = [
    "a", "abcdefgh", "é", "ÄÖ", "Ж", "Σ", "日本", "😀", "❤️", "ﬀ", "ẞ", "İ", "ı", "\u{212A}",
  ]
  var (kept, all) = (0, 0)
  for mapping in [CaseMapping.lower, .upper] {
    for _ in 0..<500 {
      let count = random.below(12)
      let rare = random.below(3) == 0 ? pieces.count : 9
      let text = Array((0..<count).map { _ in pieces[random.below(rare)] }.joined().utf8)
      var row = [UInt8](repeating: 0, count: text.count * 3 + 4)
      let length = text.withUnsafeBufferPointer { text in
        // ASCII is left to others.
        text.withMemoryRebound(to: UInt8.self) { same in
          same.baseAddress.map { mapping.map(text, folded: $0, into: &row) } ?? 0
        }
      }
      var own = text
      let stop = mapping.mapInPlace(&own, count: own.count)
      let isKept = stop == own.count
      all += 1
      kept += isKept ? 1 : 0
      #expect(isKept || length != text.count || rare == pieces.count, "seed \(seed)")
      #expect(own[..<stop].elementsEqual(row[..<stop]), "seed \(seed): \(text)")
      #expect(own[stop...].elementsEqual(text[stop...]), "seed \(seed): \(text)")
      if isKept { #expect(length == text.count, "seed \(seed)") }
    }
  }
  #expect(kept > all / 2)
}

/// Rows of a block are mapped one by one only where one becomes longer or shorter, and all as the standard
/// library does scalar by scalar.
@Test(arguments: [UInt64(4), 5, 6]) func casesOfRowsAreThoseOfTheirScalars(seed: UInt64) throws {
  var random = Seeded(seed)
  let pieces = ["Abc", "Name_1", "É", "日本", "❤️", "ß", "İ", "ﬀ", "K", "", "Ünï", "Ꙁ", "Ａ", "𐐀", "ᾳ"]
  let texts = (0..<400).map { _ -> Scalar in
    let usual = random.chance(80) ? 5 : pieces.count
    return random.chance(10)
      ? .null
      : .string((0..<random.below(4)).map { _ in pieces[random.below(usual)] }.joined())
  }
  let rows = InputRows([("t", .string, texts)], segmentRows: 37)
  func mapped(_ map: (Unicode.Scalar.Properties) -> String) -> [Scalar] {
    texts.map { text in
      guard case .string(let text) = text else { return .null }
      return .string(text.unicodeScalars.map { map($0.properties) }.joined())
    }
  }
  let t = rows.column("t")
  #expect(try rows.evaluate(call(.lower, .string, t)) == mapped { $0.lowercaseMapping })
  #expect(try rows.evaluate(call(.upper, .string, t)) == mapped { $0.uppercaseMapping })
}
