import CKernels

/// Texts that a set is made of, behind each other.
package struct TextKeys {
  fileprivate private(set) var bytes: [UInt8] = []
  fileprivate private(set) var ends: [UInt64] = []
  /// Bit i is whether a text has i bytes, the last one for all longer ones.
  fileprivate private(set) var lengths: UInt64 = 0

  package init() {}

  package var count: Int { ends.count }

  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(UInt64(bytes.count))
    lengths |= 1 << UInt64(min(text.count, 63))
  }
}

/// A set of texts that blocks are looked up in: open addressing, for the texts that are as long as one of the
/// keys; few keys are compared with each text.
package final class TextKeySet: Sendable {
  /// The keys behind each other, and 8 bytes.
  private let bytes: [UInt8]
  private let slots: [TextKey]
  /// Bit i is whether the hash of a key has the upper bits i: few others do.
  private let filter: [UInt64]
  /// Bit i is whether a hash of the ends and the length of a key has the upper bits i.
  private let outlines: [UInt64]
  private let bitCount: Int
  private let outlineBits: Int
  /// Bit i is whether a key has i bytes, the last one for all longer ones.
  private let lengths: UInt64
  /// The keys, where they are few.
  private let few: [[UInt8]]
  package let isEmpty: Bool

  private static let fewKeys = 4
  private static let isFree = UInt32.max
  /// So many keys are expected to be different ones.
  private static let firstKeys = 1 << 12

  /// Takes the keys, any number of times each.
  package init(_ keys: TextKeys) {
    let bytes = keys.bytes + [UInt8](repeating: 0, count: 8)
    let (slots, bitCount, count) = Self.slots(of: keys, bytes)
    var filter = [UInt64](repeating: 0, count: 1 << (bitCount + Int(CK_KEY_FILTER_BITS) - 6))
    ck_filter_keys(slots, Int32(bitCount), bytes, &filter)
    outlineBits = keyFilterBits(slotBits: bitCount)
    var outlines = [UInt64](repeating: 0, count: 1 << (outlineBits - 6))
    ck_outline_keys(slots, Int32(bitCount), &outlines, Int32(outlineBits))
    self.bytes = bytes
    self.filter = filter
    self.outlines = outlines
    self.slots = slots
    self.bitCount = bitCount
    isEmpty = keys.count == 0
    lengths = keys.lengths
    few =
      count > Self.fewKeys
      ? []
      : slots.filter { $0.length != Self.isFree }.map { key in
        Array(bytes[Int(key.place)..<Int(key.place) + Int(key.length)])
      }
  }

  /// Puts keys into slots of which at most half are taken, and counts the different ones.
  ///
  /// There are as many slots as these need: of many keys few may be different.
  private static func slots(
    of keys: TextKeys, _ bytes: [UInt8]
  ) -> (slots: [TextKey], bitCount: Int, count: Int) {
    func free(_ bitCount: Int) -> [TextKey] {
      let slot = TextKey(head: 0, tail: 0, place: 0, length: isFree)
      return [TextKey](repeating: slot, count: 1 << bitCount)
    }
    let wanted = min(keys.count, firstKeys) * 2
    var bitCount = 6
    while 1 << bitCount < wanted { bitCount += 1 }
    var slots = free(bitCount)
    var (count, next) = (0, 0)
    while next < keys.count {
      let end = min(keys.count, next + (1 << bitCount) / 2 - count)
      if end < keys.count && end - next < (1 << bitCount) / 8 {
        var more = free(bitCount + 1)
        ck_move_keys(slots, Int32(bitCount), &more, Int32(bitCount + 1), bytes)
        slots = more
        bitCount += 1
        continue
      }
      count += ck_add_keys(&slots, Int32(bitCount), bytes, keys.ends, next, end)
      next = end
    }
    return (slots, bitCount, count)
  }

  package convenience init(_ keys: [[UInt8]]) {
    var all = TextKeys()
    for key in keys { key.withUnsafeBufferPointer { all.append($0) } }
    self.init(all)
  }

  /// The rows whose text is in the set; bits, spare bits of the last word 0.
  package func lookUp(
    _ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if !few.isEmpty { return compareFew(rows, count: count, into: bits) }
    bytes.withUnsafeBufferPointer { bytes in
      slots.withUnsafeBufferPointer { slots in
        filter.withUnsafeBufferPointer { filter in
          outlines.withUnsafeBufferPointer { outlines in
            guard let bytes = bytes.baseAddress, let slots = slots.baseAddress,
              let filter = filter.baseAddress, let outlines = outlines.baseAddress
            else { return }
            var table = TextKeyTable(
              slots: slots, filter: filter, outlines: outlines, bytes: bytes, lengths: lengths,
              bits: Int32(bitCount), outlineBits: Int32(outlineBits))
            ck_find_keys(rows.base, rows.starts, rows.ends, count, &table, bits)
          }
        }
      }
    }
  }

  private func compareFew(
    _ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    let words = (count + 63) / 64
    bits.update(repeating: 0, count: words)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, words)) { own in
      guard let base = own.baseAddress else { return }
      for key in few {
        rows.match(.equal, key, count: count, into: base)
        for word in 0..<words { bits[word] |= base[word] }
      }
    }
  }
}
