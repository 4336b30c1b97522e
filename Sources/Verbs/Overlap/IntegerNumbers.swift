import Columns
import Plans

/// Dense numbers for whole numbers, from 0: the same for the same.
///
/// They go to parts by a hash (`HashParts`), each of which has a table that fits in the cache and is worked
/// on by one core. O(n); the numbers do not depend on how many cores there are.
struct IntegerNumbers: Sendable {
  /// Of each place; −1 where it holds `Int64.min`.
  let numbers: BufferSlice<Int32>
  /// How many differ.
  let count: Int

  init(
    _ values: BufferSlice<Int64>, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let parts = try HashParts(values, context)
    let numbers = BufferSlice<Int32>(capacity: values.count)
    let counts = BufferSlice<Int32>(zeroed: parts.count)
    try context.forEach(parts.count) { part in
      let places = parts.places(of: part)
      counts.pointer[part] = Self.number(
        parts.values.pointer + places.lowerBound, numbers.pointer + places.lowerBound,
        count: places.count)
    }
    var count: Int32 = 0
    for part in 0..<parts.count {
      let own = counts.pointer[part]
      counts.pointer[part] = count
      count += own
    }
    self.numbers = try parts.atRows(numbers, adding: counts, context)
    self.count = Int(count)
  }

  /// Numbers some values from 0 on; gives how many differ.
  private static func number(
    _ values: UnsafeMutablePointer<Int64>, _ numbers: UnsafeMutablePointer<Int32>, count: Int
  ) -> Int32 {
    var size = 16
    while 2 * size < 3 * count { size *= 2 }
    let mask = size - 1
    // The first place of each value and one more; 0 marks what is empty.
    var firsts = [Int32](repeating: 0, count: size)
    return firsts.withUnsafeMutableBufferPointer { firsts in
      var different: Int32 = 0
      for place in 0..<count {
        let value = values[place]
        var slot = Int(truncatingIfNeeded: spread(value) &>> 8) & mask
        var first = Int(firsts[slot])
        while first != 0, values[first &- 1] != value {
          slot = (slot &+ 1) & mask
          first = Int(firsts[slot])
        }
        if first == 0 {
          firsts[slot] = Int32(truncatingIfNeeded: place &+ 1)
          numbers[place] = different
          different &+= 1
        } else {
          numbers[place] = numbers[first &- 1]
        }
      }
      return different
    }
  }
}
