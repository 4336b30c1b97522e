import CKernels

/// A set of integers that blocks are looked up in.
///
/// Keys within 255 of each other are a table of bytes, others of a small range bits of a table, and the
/// rest are in open addressing with linear steps and a load of at most two thirds, behind a bit for each
/// of so many hashes that few others have one. About 0.2 to 5 ns a value, by the set's size in cache.
package final class IntegerKeySet: Sendable {
  private let base: Int64
  /// Bit i is key `base` + i; empty when the range is too wide.
  private let table: [UInt64]
  /// Byte i is whether key `base` + i is in the set; empty when the range has more than 255 numbers.
  private let nearTable: [UInt8]
  private let slots: [Int64]
  private let shift: UInt64
  /// As `shift`, of the filter.
  private let filterShift: UInt64
  /// Bit i is whether a key has the upper bits i of its hash.
  private let filter: [UInt64]
  private let hasZero: Bool
  /// Kept only so that reads ahead are made.
  private let seenBits: Int64
  package let isEmpty: Bool

  /// Takes the keys, any number of times each.
  package init(_ keys: [Int64]) {
    isEmpty = keys.isEmpty
    let low = keys.min() ?? 0
    let (span, overflow) = (keys.max() ?? 0).subtractingReportingOverflow(low)
    base = low
    nearTable = overflow || span >= 255 ? [] : IntegerKeySet.nearTable(keys, from: low)
    if !overflow, span < max(4096, keys.count * 64), span < 1 << 32 {
      var table = [UInt64](repeating: 0, count: Int(span) / 64 + 1)
      for key in keys { table[Int(key - low) / 64] |= 1 << UInt64((key - low) % 64) }
      self.table = keys.isEmpty ? [0] : table
      slots = []
      seenBits = 0
      filter = []
      shift = 0
      filterShift = 0
      hasZero = false
      return
    }
    table = []
    hasZero = keys.contains(0)
    var bitCount = 4
    while 1 << bitCount < keys.count + keys.count / 2 { bitCount += 1 }
    let filterBits = keyFilterBits(slotBits: bitCount)
    shift = UInt64(64 - bitCount)
    filterShift = UInt64(64 - filterBits)
    var slots = [Int64](repeating: 0, count: 1 << bitCount)
    var filter = [UInt64](repeating: 0, count: 1 << (filterBits - 6))
    // Keys are put in a few at a time: a loop of its own waits for all their places at once.
    var touched: Int64 = 0
    for start in stride(from: 0, to: keys.count, by: 64) {
      let chosen = keys[start..<min(start + 64, keys.count)]
      for key in chosen {
        let bit = Self.hash(key) &>> filterShift
        filter[Int(bit &>> 6)] |= 1 &<< (bit & 63)
        touched |= slots[Int(Self.hash(key) &>> shift)]
      }
      for key in chosen where key != 0 {
        var place = Int(Self.hash(key) &>> shift)
        while slots[place] != 0 && slots[place] != key { place = (place + 1) & (slots.count - 1) }
        slots[place] = key
      }
    }
    seenBits = touched
    self.filter = filter
    self.slots = slots
  }

  private static func nearTable(_ keys: [Int64], from low: Int64) -> [UInt8] {
    var table = [UInt8](repeating: 0, count: 256)
    for key in keys { table[Int(key - low)] = 1 }
    return table
  }

  /// As in `ck_filter_hashes`.
  @inline(__always) private static func hash(_ key: Int64) -> UInt64 {
    // Fibonacci hashing: the upper bits of a product with 2^64 divided by the golden ratio.
    let mixed = UInt64(bitPattern: key) ^ UInt64(bitPattern: key) &>> 32
    return mixed &* 0x9E37_79B9_7F4A_7C15
  }

  /// The rows whose value is in the set; bits, spare bits of the last word 0.
  package func lookUp(
    _ values: UnsafePointer<Int64>, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if table.isEmpty {
      lookUpSlots(values, count: count, into: bits)
    } else {
      _ = lookUpTable(.int64(values), count, bits)
    }
  }

  /// The rows whose stored value is in the set; false, and nothing written, where keys are too far
  /// apart or not of the width of the values.
  package func lookUp(
    stored values: StoredIntegers, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    if !nearTable.isEmpty { return lookUpNear(values, count, bits) }
    return !table.isEmpty && lookUpTable(values, count, bits)
  }

  private func lookUpNear(
    _ values: StoredIntegers, _ count: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    // A key that 32 bits do not hold is nobody's among narrower values.
    let narrow = base <= Int64(Int32.max) - 255 ? Int32(exactly: base) : nil
    return nearTable.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return false }
      switch (values, narrow) {
      case (.int8(let values), let base?): ck_lookup_near_i8(values, base, table, count, bits)
      case (.int16(let values), let base?): ck_lookup_near_i16(values, base, table, count, bits)
      case (.int32(let values), let base?): ck_lookup_near_i32(values, base, table, count, bits)
      case (.int64(let values), _): ck_lookup_near_i64(values, base, table, count, bits)
      default: return false
      }
      return true
    }
  }

  /// Looks values up in the bits of the table; false, and nothing written, for narrow values where the
  /// least key has more than 32 bits.
  private func lookUpTable(
    _ values: StoredIntegers, _ count: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let last = table.count * 64 - 1
    let narrow = Int32(exactly: base)
    // Keys that 32 bits do not hold are left out: narrow values wrap around.
    let narrowLast = UInt32(clamping: min(last, Int(Int32.max) - Int(narrow ?? 0)))
    return table.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return false }
      switch (values, narrow) {
      case (.int64(let values), _):
        ck_lookup_span_i64(values, base, UInt64(last), table, count, bits)
      case (.int8(let values), let base?):
        ck_lookup_span_i8(values, base, narrowLast, table, count, bits)
      case (.int16(let values), let base?):
        ck_lookup_span_i16(values, base, narrowLast, table, count, bits)
      case (.int32(let values), let base?):
        ck_lookup_span_i32(values, base, narrowLast, table, count, bits)
      default: return false
      }
      return true
    }
  }

  private func lookUpSlots(
    _ values: UnsafePointer<Int64>, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    filter.withUnsafeBufferPointer { filter in
      guard let filter = filter.baseAddress else { return }
      ck_filter_hashes(values, filter, filterShift, count, bits)
    }
    slots.withUnsafeBufferPointer { slots in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: 64) { firsts in
        for word in 0..<(count &+ 63) / 64 where bits[word] != 0 {
          bits[word] = found(bits[word], values + word &* 64, slots, firsts)
        }
      }
    }
  }

  /// Those of the likely rows of 64 whose value is in the slots.
  @inline(__always) private func found(
    _ likely: UInt64, _ values: UnsafePointer<Int64>, _ slots: UnsafeBufferPointer<Int64>,
    _ firsts: UnsafeMutableBufferPointer<Int64>
  ) -> UInt64 {
    let mask = slots.count &- 1
    // A loop of its own, so that the places of all are waited for at once.
    forEachBit(likely) { row in
      firsts[row] = slots[Int(truncatingIfNeeded: Self.hash(values[row]) &>> shift)]
    }
    var found: UInt64 = 0
    forEachBit(likely) { row in
      let value = values[row]
      var slot = firsts[row]
      if slot != value && slot != 0 {
        var place = Int(truncatingIfNeeded: Self.hash(value) &>> shift)
        repeat {
          place = (place &+ 1) & mask
          slot = slots[place]
        } while slot != 0 && slot != value
      }
      let isFound = value == 0 ? hasZero : slot == value
      found |= (isFound ? 1 : 0) &<< UInt64(truncatingIfNeeded: row)
    }
    return found
  }
}

/// Calls `body` with the places of the bits that are set.
@inline(__always) private func forEachBit(_ bits: UInt64, _ body: (Int) -> Void) {
  var left = bits
  while left != 0 {
    body(left.trailingZeroBitCount)
    left &= left &- 1
  }
}

extension Double {
  /// The same bits for values that compare as equal: one NaN, one zero.
  package var keyBits: Int64 {
    isNaN ? 0x7FF8_0000_0000_0000 : Int64(bitPattern: (self == 0 ? 0 : self).bitPattern)
  }
}
