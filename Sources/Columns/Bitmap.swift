import CKernels

/// A bit for each row of a segment: validity (set = present) or the values of a bool column.
///
/// Arrow's order: bit i of the segment is bit i & 63 of word i >> 6 (little endian). Bits behind
/// `count` in the last word are 0.
package struct Bitmap: Sendable {
  package let words: BufferSlice<UInt64>
  /// The number of rows.
  package let count: Int

  /// Takes at least (count + 63) / 64 words, whose spare bits must be 0.
  package init(words: BufferSlice<UInt64>, count: Int) {
    precondition(words.count >= (count + 63) / 64, "a bitmap of too few words")
    self.words = words
    self.count = count
  }

  /// `count` bits of one value.
  package init(repeating value: Bool, count: Int) {
    let wordCount = (count + 63) / 64
    let words = BufferSlice<UInt64>(capacity: wordCount)
    words.pointer.update(repeating: value ? ~0 : 0, count: wordCount)
    if value, count & 63 != 0 { words.pointer[wordCount - 1] = (1 << UInt64(count & 63)) - 1 }
    self.init(words: words, count: count)
  }

  /// Packs bytes (0 is false, anything else true); O(n).
  package init(bytes: UnsafeBufferPointer<UInt8>) {
    let wordCount = (bytes.count + 63) / 64
    let words = BufferSlice<UInt64>(capacity: wordCount)
    if let base = bytes.baseAddress { ck_bits_of_bytes(base, words.pointer, bytes.count) }
    self.init(words: words, count: bytes.count)
  }

  /// The bit of a row; for single cells, not for loops of other modules.
  package subscript(row: Int) -> Bool {
    words.pointer[row >> 6] >> UInt64(row & 63) & 1 != 0
  }

  /// The number of set bits; O(n / 64).
  package var population: Int {
    var total = 0
    for word in 0..<(count + 63) / 64 { total &+= words.pointer[word].nonzeroBitCount }
    return total
  }

  /// The first `count` rows, as a copy with clean spare bits.
  package func prefix(_ count: Int) -> Bitmap {
    let wordCount = (count + 63) / 64
    let copy = BufferSlice<UInt64>(capacity: wordCount)
    copy.pointer.update(from: words.pointer, count: wordCount)
    if count & 63 != 0 { copy.pointer[wordCount - 1] &= (1 << UInt64(count & 63)) - 1 }
    return Bitmap(words: copy, count: count)
  }
}
