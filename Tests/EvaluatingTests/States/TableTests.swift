import Testing

@testable import Evaluating

@Test(arguments: [1, 2, 3]) func keysAreNumberedInOrderOfAppearance(width: Int) {
  var random = Seeded(UInt64(width))
  let table = KeyTable(width: width)
  var known: [[UInt64]: UInt32] = [:]
  for _ in 0..<40 {
    let keys = (0..<100).map { _ in (0..<width).map { _ in UInt64(random.below(40)) << 40 } }
    var numbers = [UInt32](repeating: 0, count: keys.count)
    table.number(Array(keys.joined()), keys.count, into: &numbers)
    for (key, number) in zip(keys, numbers) {
      let expected = known[key] ?? UInt32(known.count + 1)
      known[key] = expected
      #expect(number == expected)
    }
  }
  #expect(table.count == known.count)
}

@Test func textsAreNumberedByTheirBytes() {
  let interner = TextInterner()
  // Equal as Swift strings, different as bytes; and many, so that the table grows.
  let texts = ["é", "e\u{301}", "", "a", "a\0"] + (0..<2_000).map { "name \($0)" }
  for round in 0..<2 {
    for (index, text) in texts.enumerated() {
      let bytes = Array(text.utf8) + [0]
      let number = bytes.withUnsafeBufferPointer { buffer -> UInt32 in
        guard let base = buffer.baseAddress else { return 0 }
        let reference = TextReference(bytes: base, count: text.utf8.count)
        return interner.number(reference, hash: reference.hash, copying: true)
      }
      #expect(Int(number) == index + 1, "round \(round): \(text)")
    }
  }
  #expect(interner.texts.pointer[2].string.utf8.elementsEqual("e\u{301}".utf8))
}
