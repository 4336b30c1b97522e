import Columns
import Plans

/// Whole numbers put together by a hash: the same ones stand in the same part.
///
/// Each block of rows writes to its own stretch of each part, and what is found of the values comes back
/// from there to the rows (`atRows`): memory is read and written in order both ways, and only the values of one
/// part are looked up at random. O(n), 8 bytes a value; nothing hangs on how many cores there are.
struct HashParts: Sendable {
  /// The values by part; `Int64.min` is in none.
  let values: BufferSlice<Int64>
  private let source: BufferSlice<Int64>
  private let starts: [Int]
  /// Where the values of each block go in each part, part after part within a block.
  private let places: BufferSlice<Int32>
  private let bits: UInt64

  /// Values of a part, about, and the most parts.
  private static let partValues = 1 << 13
  private static let mostBits: UInt64 = 10
  private static let blockRows = 1 << 17

  init(_ source: BufferSlice<Int64>, _ context: AnalysisContext) throws(AnalysisFailure) {
    var bits: UInt64 = 1
    while bits < Self.mostBits, Self.partValues << bits < source.count { bits += 1 }
    let parts = 1 << Int(bits)
    let shift = 64 - bits
    let blocks = (source.count + Self.blockRows - 1) / Self.blockRows
    // One count more, so that nothing is empty.
    let places = BufferSlice<Int32>([Int32](repeating: 0, count: blocks * parts + 1))
    try context.forEach(blocks) { block in
      let counts = places.pointer + block * parts
      for row in Self.rows(block, source.count) where source.pointer[row] != .min {
        counts[Int(truncatingIfNeeded: spread(source.pointer[row]) &>> shift)] &+= 1
      }
    }
    starts = Self.begin(places, blocks: blocks, parts: parts)
    let values = BufferSlice<Int64>(capacity: source.count)
    try context.forEach(blocks) { block in
      Self.withPlaces(places, block, parts) { next in
        for row in Self.rows(block, source.count) where source.pointer[row] != .min {
          let value = source.pointer[row]
          let part = Int(truncatingIfNeeded: spread(value) &>> shift)
          values.pointer[Int(next[part])] = value
          next[part] &+= 1
        }
      }
    }
    (self.values, self.source, self.places, self.bits) = (values, source, places, bits)
  }

  var count: Int { starts.count - 1 }

  /// Where the values of a part stand.
  func places(of part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }

  /// What stands at the place of each row's value, and a number a part added; −1 under `Int64.min`.
  func atRows(
    _ numbers: BufferSlice<Int32>, adding before: BufferSlice<Int32>, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> BufferSlice<Int32> {
    let all = BufferSlice<Int32>(capacity: source.count)
    let shift = 64 - bits
    try context.forEach((source.count + Self.blockRows - 1) / Self.blockRows) { block in
      Self.withPlaces(places, block, count) { next in
        for row in Self.rows(block, source.count) {
          let value = source.pointer[row]
          if value == .min {
            all.pointer[row] = -1
            continue
          }
          let part = Int(truncatingIfNeeded: spread(value) &>> shift)
          all.pointer[row] = numbers.pointer[Int(next[part])] &+ before.pointer[part]
          next[part] &+= 1
        }
      }
    }
    return all
  }

  private static func rows(_ block: Int, _ count: Int) -> Range<Int> {
    block * blockRows..<min(count, (block + 1) * blockRows)
  }

  /// Turns counts by block and part into where each begins, part after part; gives the parts' starts.
  private static func begin(_ counts: BufferSlice<Int32>, blocks: Int, parts: Int) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(parts + 1)
    var start: Int32 = 0
    for part in 0..<parts {
      for block in 0..<blocks {
        let own = counts.pointer[block * parts + part]
        counts.pointer[block * parts + part] = start
        start += own
      }
      starts.append(Int(start))
    }
    return starts
  }

  /// Calls `body` with a block's own copy of its places, to be moved on.
  private static func withPlaces(
    _ places: BufferSlice<Int32>, _ block: Int, _ parts: Int,
    _ body: (UnsafeMutablePointer<Int32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: parts) { next in
      guard let base = next.baseAddress else { return }
      base.initialize(from: places.pointer + block * parts, count: parts)
      body(base)
    }
  }
}

/// A hash of a whole number, good in all its bits.
@inline(__always)
func spread(_ value: Int64) -> UInt64 {
  var bits = UInt64(bitPattern: value)
  bits = (bits ^ bits &>> 32) &* 0x9E37_79B9_7F4A_7C15
  bits = (bits ^ bits &>> 29) &* 0xBF58_476D_1CE4_E5B9
  return bits ^ bits &>> 32
}
