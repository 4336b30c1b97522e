import Columns
import Plans

/// Dense numbers for whole numbers, from 0: the same for the same.
///
/// They go to parts by a hash, each of which has a table that fits in the cache and is worked on by one
/// core. O(n); the numbers do not depend on how many cores there are.
struct IntegerNumbers: Sendable {
  /// Of each place; −1 where it holds `Int64.min`.
  let numbers: BufferSlice<Int32>
  /// How many differ.
  let count: Int

  /// Places of a part, about, and the most parts.
  private static let partRows = 1 << 13
  private static let mostParts = 1 << 10
  private static let blockRows = 1 << 16

  init(
    _ values: BufferSlice<Int64>, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    var bits: UInt64 = 0
    while 1 << bits < Self.mostParts, Self.partRows << bits < values.count { bits += 1 }
    let shift = 64 - bits
    let parts = BufferSlice<Int32>(capacity: values.count)
    let blocks = (values.count + Self.blockRows - 1) / Self.blockRows
    try context.forEach(blocks) { block in
      for row in block * Self.blockRows..<min(values.count, (block + 1) * Self.blockRows) {
        let value = values.pointer[row]
        let part = Int32(truncatingIfNeeded: spread(value) >> shift)
        parts.pointer[row] = value == .min ? -1 : part
      }
    }
    let partCount = 1 << Int(bits)
    let partition = try RowPartition(parts, parts: partCount, context) { _ in true }
    let numbers = BufferSlice<Int32>(capacity: values.count)
    let counts = BufferSlice<Int32>(zeroed: partCount)
    try context.forEach(partCount) { part in
      counts.pointer[part] = Self.number(
        partition.order.part(partition.rows(of: part)), values, numbers)
    }
    var count: Int32 = 0
    for part in 0..<partCount {
      let own = counts.pointer[part]
      counts.pointer[part] = count
      count += own
    }
    try context.forEach(blocks) { block in
      for row in block * Self.blockRows..<min(values.count, (block + 1) * Self.blockRows) {
        let part = parts.pointer[row]
        numbers.pointer[row] = part < 0 ? -1 : numbers.pointer[row] &+ counts.pointer[Int(part)]
      }
    }
    self.numbers = numbers
    self.count = Int(count)
  }

  /// Numbers the values at some places from 0 on; gives how many differ.
  private static func number(
    _ rows: BufferSlice<Int32>, _ values: BufferSlice<Int64>, _ numbers: BufferSlice<Int32>
  ) -> Int32 {
    var size = 16
    while size < 2 * rows.count { size *= 2 }
    let mask = size - 1
    // No value is Int64.min: that marks what is empty.
    var known = [(value: Int64, number: Int32)](repeating: (.min, 0), count: size)
    return known.withUnsafeMutableBufferPointer { known in
      var count: Int32 = 0
      for place in 0..<rows.count {
        let row = Int(rows.pointer[place])
        let value = values.pointer[row]
        var slot = Int(truncatingIfNeeded: spread(value) >> 8) & mask
        while known[slot].value != value, known[slot].value != .min { slot = (slot &+ 1) & mask }
        if known[slot].value == .min {
          known[slot] = (value, count)
          count &+= 1
        }
        numbers.pointer[row] = known[slot].number
      }
      return count
    }
  }
}

/// A hash of a whole number, good in all its bits.
@inline(__always)
private func spread(_ value: Int64) -> UInt64 {
  var bits = UInt64(bitPattern: value)
  bits = (bits ^ bits &>> 32) &* 0x9E37_79B9_7F4A_7C15
  bits = (bits ^ bits &>> 29) &* 0xBF58_476D_1CE4_E5B9
  return bits ^ bits &>> 32
}
