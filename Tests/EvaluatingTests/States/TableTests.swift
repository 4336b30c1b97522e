import Columns
import Tasks
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

/// Texts that several workers met come under one numbering, in which equal ones are one.
@Test(arguments: [1, 900, 60_000]) func textsOfSeveralInternersAreUnited(count: Int) throws {
  var random = Seeded(UInt64(count))
  let dictionary = TextDictionary((0..<count).map { "a text of some length \($0 * 7)" })
  let interners = (0..<3).map { _ in TextInterner() }
  for interner in interners {
    for _ in 0..<count {
      let text = TextReference(dictionary.texts, at: random.below(count))
      _ = interner.number(text, hash: text.hash, copying: false)
    }
  }
  let united = try UnifiedTexts(interners, Workers(count: 3))
  let all = united.texts.elements.dropFirst().map(\.string)
  #expect(Set(all).count == all.count)
  for (interner, numbers) in zip(interners, united.numbers) {
    for number in 1...interner.count {
      let found = united.texts.pointer[Int(numbers.pointer[number])]
      #expect(found.equals(interner.texts.pointer[number]), "\(number) of \(interner.count)")
    }
  }
  withExtendedLifetime(dictionary) {}
}
