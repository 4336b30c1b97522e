import Columns

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
      mark(key.count, bits) { isDescending ? values[$0] >= number : values[$0] <= number }
    case .bits, .text, .codes8, .codes16, .constant: return false
    }
    if let validity = key.validity {
      for word in 0..<key.wordCount { bits[word] &= validity[word] }
    }
    key.clearSpareBits(bits)
    return true
  }

  private func scan<Stored: FixedWidthInteger & SignedInteger>(
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
    if isDescending {
      mark(key.count, bits) { values[$0] >= limit }
    } else {
      mark(key.count, bits) { values[$0] <= limit }
    }
  }

  /// Writes the bits of rows that pass: first whether any of 64 does, which runs in vectors.
  @inline(__always) private func mark(
    _ count: Int, _ bits: UnsafeMutablePointer<UInt64>, _ passes: (Int) -> Bool
  ) {
    for word in 0..<(count &+ 63) / 64 {
      let start = word &* 64
      let end = min(start &+ 64, count)
      var found: Int32 = 0
      for row in start..<end { found &+= passes(row) ? 1 : 0 }
      var own: UInt64 = 0
      if found > 0 {
        for row in start..<end where passes(row) {
          own |= 1 &<< UInt64(truncatingIfNeeded: row &- start)
        }
      }
      bits[word] = own
    }
  }
}
