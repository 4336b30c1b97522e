import Kernels

/// Floats as whole multiples of one power of two, where a block's values allow it.
///
/// Whole numbers always do up to 2^53; other floats do while the largest is at most some 2^9 times
/// the smallest, or where their last digits are zero. What is added is then integers: no rounding.
struct FixedPoint {
  /// Each value is a word times 2^`power`; nil until a block has chosen it.
  private(set) var power: Int?
  let words: Store<Int64>
  private var misfits = 0

  /// Spare bits below the 53 of a float, and those above the largest value of the first block.
  private static let spare = 9
  private static let slack = 2
  /// The power of a double's last bit over its biased exponent.
  private static let bias = 1075
  private static let triedMisfits = 8

  init(blockRows: Int) { words = Store(undefined: blockRows) }

  /// Whether words of another are words of this, too: one of both is empty, or their powers are the same.
  mutating func adopt(_ other: FixedPoint) -> Bool {
    power = power ?? other.power
    return other.power == nil || other.power == power
  }

  /// Reads a block into `words`; false where a value does not fit.
  mutating func read(_ column: DenseColumn) -> Bool {
    if misfits == FixedPoint.triedMisfits { return false }
    let fits: Bool
    if case .float64(let values) = column.values {
      fits = readFloats(values, column.groups, column.count)
    } else {
      fits = readIntegers(column)
    }
    if !fits { misfits += 1 }
    return fits
  }

  private mutating func readIntegers(_ column: DenseColumn) -> Bool {
    guard power ?? 0 == 0, column.orderWords(into: words.pointer) else { return false }
    power = 0
    let limit = Int64(1) << 53
    if let magnitude = column.magnitude, magnitude <= limit { return true }
    var beyond = false
    for row in 0..<column.count {
      let word = words.pointer[row]
      beyond = beyond || word > limit || word < -limit
    }
    return !beyond
  }

  private mutating func readFloats(
    _ values: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ count: Int
  ) -> Bool {
    guard let power = power ?? choosePower(values, groups, count) else { return false }
    self.power = power
    return writeFixed(
      values, count: count, power: power, spare: FixedPoint.spare, into: words.pointer)
  }

  /// The power under which the largest value of the first block has room to grow.
  private func choosePower(
    _ values: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ count: Int
  ) -> Int? {
    var largest: UInt64 = 0
    for row in 0..<count where groups[row] != 0 {
      largest = max(largest, values[row].bitPattern & ~(1 &<< 63))
    }
    let exponent = Int(largest >> 52)
    // Far from where squares leave the range of floats.
    guard (600...1400).contains(exponent) else { return nil }
    return exponent + FixedPoint.slack - FixedPoint.bias - FixedPoint.spare
  }
}
