import Columns
import Kernels

extension TopRows {
  /// Sets the bits of the rows of a block that may be among the first of their group, or tie with
  /// the last, judged by the first key alone; false when all may.
  ///
  /// Only whole blocks of plain numbers are judged: once every group has enough rows, few pass.
  func scan(_ key: Vector, into bits: UnsafeMutablePointer<UInt64>) -> Bool {
    let limit = loosestLimit
    if limit >= SortKeyLayout.notANumber || key.faults != nil { return false }
    // Words are below the limit where values are beyond a bound: see `SortKeyLayout.encode`.
    let isDescending = layout.isDescending[0]
    var word = limit
    if case .upper = layout.slots[0] {
      if limit >= 1 << 63 { return false }
      word = limit << 1 | 1
    }
    let bound = Int64(bitPattern: (isDescending ? ~word : word) ^ 1 << 63)
    switch key.storage {
    case .int8(let values): scan(values, key, bound, isDescending, bits)
    case .int16(let values): scan(values, key, bound, isDescending, bits)
    case .int32(let values): scan(values, key, bound, isDescending, bits)
    case .int64(let values): scan(values, key, bound, isDescending, bits)
    case .float64(let values):
      let number = orderedFloat(bound)
      if number.isNaN { return false }
      let comparison: Comparison = isDescending ? .greaterOrEqual : .lessOrEqual
      compare(values, comparison, .constant(number), count: key.count, into: bits)
    case .bits, .text, .codes8, .codes16, .constant: return false
    }
    if let validity = key.validity {
      for word in 0..<key.wordCount { bits[word] &= validity[word] }
    }
    key.clearSpareBits(bits)
    return true
  }

  private func scan<Stored: FixedWidthInteger & SignedInteger & ComparableInBlocks>(
    _ values: UnsafePointer<Stored>, _ key: Vector, _ bound: Int64, _ isDescending: Bool,
    _ bits: UnsafeMutablePointer<UInt64>
  ) {
    // In stored units: at least the quotient rounded up, or at most it rounded down.
    let (quotient, rest) = bound.quotientAndRemainder(dividingBy: key.scale)
    var stored = quotient
    if isDescending && rest > 0 { stored += 1 }
    if !isDescending && rest < 0 { stored -= 1 }
    guard let limit = Stored(exactly: stored) else {
      let passes = isDescending ? stored < 0 : stored > 0
      bits.update(repeating: passes ? ~0 : 0, count: (key.count + 63) / 64)
      return
    }
    let comparison: Comparison = isDescending ? .greaterOrEqual : .lessOrEqual
    compare(values, comparison, .constant(limit), count: key.count, into: bits)
  }
}
