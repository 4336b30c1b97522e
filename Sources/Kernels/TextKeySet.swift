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
  private let bitCount: Int
  /// Bit i is whether a key has i bytes, the last one for all longer ones.
  private let lengths: UInt64
  /// The keys, where they are few.
  private let few: [[UInt8]]
  package let isEmpty: Bool

  private static let fewKeys = 4
  private static let isFree = UInt32.max

  /// Takes the keys, any number of times each.
  package init(_ keys: TextKeys) {
    var bitCount = 6
    while 1 << bitCount < keys.count * 2 { bitCount += 1 }
    let bytes = keys.bytes + [UInt8](repeating: 0, count: 8)
    var slots = [TextKey](
      repeating: TextKey(head: 0, tail: 0, place: 0, length: Self.isFree), count: 1 << bitCount)
    var filter = [UInt64](repeating: 0, count: 1 << (bitCount + Int(CK_KEY_FILTER_BITS) - 6))
    let count = ck_add_keys(
      &slots, Int32(bitCount), &filter, bytes, keys.ends, keys.count)
    self.bytes = bytes
    self.filter = filter
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
          guard let base = bytes.baseAddress, let first = slots.baseAddress,
            let likely = filter.baseAddress
          else { return }
          var table = TextKeyTable(
            slots: first, filter: likely, bytes: base, lengths: lengths, bits: Int32(bitCount))
          ck_find_keys(rows.base, rows.starts, rows.ends, count, &table, bits)
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
