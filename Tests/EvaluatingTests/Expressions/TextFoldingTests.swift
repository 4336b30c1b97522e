import Columns
import Kernels
import Testing

@testable import Evaluating

@Suite struct TextFoldingTests {
  /// A text is found in any case without folding the rows: each letter is one of those that are folded to it.
  @Test func everyLetterIsFoundInAllItsCases() throws {
    let cased = (0...0x1FFFF as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }.filter {
      $0.properties.changesWhenLowercased || $0.properties.changesWhenUppercased
    }
    let folded = cased.map { foldedBytes(String($0)) }
    let (bytes, offsets) = block(cased.map { "1\($0)2" })
    // One in seven as a needle; all as texts.
    for place in stride(from: 0, to: cased.count, by: 7) {
      let search = try #require(AnyCaseSearch(foldingVariants(String(cased[place]))))
      let found = bits(bytes, offsets) { search.match($0, count: cased.count, into: $1) }
      let wanted = folded.map { $0 == folded[place] }
      #expect(found == wanted, "\(cased[place])")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func textsAreFoundInAnyCase(seed: UInt64) throws {
    var random = RandomNumbers(seed: seed)
    func text(_ most: Int) -> String {
      let pieces = [
        "л", "Л", "ю", "Ю", "в", "ᲀ", "k", "K", "s", "ſ", "ß", "ẞ", "İ", "ı", "i", "é", "É", " ",
        "本",
      ]
      return (0..<Int.random(in: 1...most, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
    }
    for _ in 0..<100 {
      let needle = text(4)
      let texts = (0..<100).map { _ in text(8) }
      let (bytes, offsets) = block(texts)
      let search = try #require(AnyCaseSearch(foldingVariants(needle)))
      let found = bits(bytes, offsets) { search.match($0, count: texts.count, into: $1) }
      let wanted = texts.map { contains(foldedBytes($0), foldedBytes(needle)) }
      #expect(found == wanted, "seed \(seed): \(needle)")
    }
  }

  private func block(_ texts: [String]) -> (bytes: [UInt8], offsets: [UInt32]) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for text in texts {
      bytes += Array(text.utf8)
      offsets.append(UInt32(bytes.count))
    }
    return (bytes + [UInt8](repeating: 0, count: 64), offsets + [UInt32](repeating: 0, count: 16))
  }

  private func bits(
    _ bytes: [UInt8], _ offsets: [UInt32],
    _ search: (TextRows, UnsafeMutablePointer<UInt64>) -> Void
  ) -> [Bool] {
    let count = offsets.count - 17
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let base = bytes.baseAddress, let first = offsets.baseAddress else { return }
        search(TextRows(base: base, offsets: first), &bits)
      }
    }
    return (0..<count).map { bits[$0 / 64] >> UInt64($0 % 64) & 1 != 0 }
  }
}
