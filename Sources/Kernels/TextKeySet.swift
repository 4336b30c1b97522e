/// A set of texts that blocks are looked up in: open addressing over 64-bit hashes, for the texts that are
/// as long as one of the keys; few keys are compared with each text.
package final class TextKeySet: Sendable {
  private let bytes: [UInt8]
  private let offsets: [Int]
  /// The number of a key plus 1; 0 is free.
  private let slots: [UInt32]
  /// The hash of the key in the slot.
  private let hashes: [UInt64]
  /// Bit i is whether a key has i bytes, the last one for all longer ones.
  private let lengths: UInt64
  /// The keys, where they are few.
  private let few: [[UInt8]]
  package let isEmpty: Bool

  private static let fewKeys = 4

  /// Takes the keys, any number of times each.
  package init(_ keys: [[UInt8]]) {
    var bitCount = 4
    while 1 << bitCount < keys.count * 2 { bitCount += 1 }
    let mask = 1 << bitCount - 1
    var bytes: [UInt8] = []
    var offsets = [0]
    var slots = [UInt32](repeating: 0, count: 1 << bitCount)
    var hashes = [UInt64](repeating: 0, count: 1 << bitCount)
    for key in keys {
      let hash = key.withUnsafeBufferPointer { hashText($0) }
      var place = Int(truncatingIfNeeded: hash) & mask
      var isKnown = false
      while slots[place] != 0, !isKnown {
        let number = Int(slots[place]) - 1
        isKnown =
          hashes[place] == hash && bytes[offsets[number]..<offsets[number + 1]].elementsEqual(key)
        if !isKnown { place = (place + 1) & mask }
      }
      if isKnown { continue }
      bytes.append(contentsOf: key)
      offsets.append(bytes.count)
      slots[place] = UInt32(offsets.count - 1)
      hashes[place] = hash
    }
    self.bytes = bytes
    self.offsets = offsets
    self.slots = slots
    self.hashes = hashes
    isEmpty = keys.isEmpty
    lengths = keys.reduce(0) { $0 | TextKeySet.lengthBit($1.count) }
    few = offsets.count <= TextKeySet.fewKeys + 1 ? Array(Set(keys)) : []
  }

  @inline(__always) private static func lengthBit(_ count: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: min(count, 63))
  }

  /// The rows whose text is in the set; bits, spare bits of the last word 0.
  package func lookUp(
    _ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if !few.isEmpty { return compareFew(rows, count: count, into: bits) }
    bytes.withUnsafeBufferPointer { bytes in
      for word in 0..<(count &+ 63) / 64 {
        var found: UInt64 = 0
        let start = word &* 64
        for row in start..<min(start &+ 64, count) {
          let text = rows[row]
          if lengths & TextKeySet.lengthBit(text.count) == 0 { continue }
          found |= (contains(text, bytes) ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
        }
        bits[word] = found
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

  private func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let hash = hashText(text)
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let number = Int(slots[place]) &- 1
      let key = UnsafeBufferPointer(rebasing: bytes[offsets[number]..<offsets[number &+ 1]])
      if hashes[place] == hash, key.count == text.count, textOrder(key, text) == 0 { return true }
      place = (place &+ 1) & mask
    }
    return false
  }
}

/// A 64-bit hash of bytes: eight at a time, folded by a 128-bit product with an odd constant.
package func hashText(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let raw = UnsafeRawBufferPointer(text)
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.count)
  var at = 0
  while at &+ 8 <= raw.count {
    hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    at &+= 8
  }
  var rest: UInt64 = 0
  var shift: UInt64 = 0
  while at < raw.count {
    rest |= UInt64(raw[at]) &<< shift
    shift &+= 8
    at &+= 1
  }
  return mix(hash ^ rest)
}

@inline(__always)
private func mix(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low
}
