extension Cells {
  /// Reads the cells as integers of 64 bits; those that do not print back the same are refused.
  ///
  /// `values[i]` gets the integer, 0 under a null; `present[i]` 1 or 0. Cost some 2 ns a cell of up
  /// to eight digits; runs with signs, spaces or words for null are read again more slowly.
  package func readIntegers(
    nulls: NullRule, into values: UnsafeMutablePointer<Int64>,
    present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    var outcome = CellOutcome()
    if readDigits(into: values) == 0 {
      outcome.nulls = hasEmpty ? markEmpty(present) : markAll(present)
      return outcome
    }
    readSlowly(nulls: nulls, present: present, outcome: &outcome) { index, cell in
      guard let value = exactInteger(cell) else { return false }
      values[index] = value
      return true
    }
    return outcome
  }

  /// Sets `present` to 1; gives no nulls.
  func markAll(_ present: UnsafeMutablePointer<UInt8>) -> Int {
    present.update(repeating: 1, count: count)
    return 0
  }

  /// Sets `present` to whether cells hold anything; gives how many do not.
  func markEmpty(_ present: UnsafeMutablePointer<UInt8>) -> Int {
    var empty = 0
    for index in 0..<count {
      let isEmpty: UInt8 = starts[index] == ends[index] ? 1 : 0
      present[index] = 1 &- isEmpty
      empty &+= Int(isEmpty)
    }
    return empty
  }

  /// Cells of digits only, or empty (0); not 0 when there is another.
  private func readDigits(into values: UnsafeMutablePointer<Int64>) -> UInt64 {
    var bad: UInt64 = 0
    for index in 0..<count {
      let start = Int(starts[index])
      let end = Int(ends[index])
      let length = end &- start
      let text = base + end
      // A leading zero does not print back, but `0` itself does.
      bad |= length > 1 && base[start] == 0x30 ? 1 : 0
      if length <= 8 {
        let value = lastDigits(text, length, &bad)
        values[index] = length == 0 ? 0 : Int64(bitPattern: value)
      } else if length <= 19 {
        // Ids of all lengths mix: one way for all of them, so that no branch is mispredicted.
        let top = lastDigits(text - 16, length > 16 ? length &- 16 : 0, &bad)
        let middle = lastDigits(text - 8, length > 16 ? 8 : length &- 8, &bad)
        let high = top &* 100_000_000 &+ middle
        let value = high &* 100_000_000 &+ lastDigits(text, 8, &bad)
        // Nineteen digits may exceed 2^63 - 1, but not 2^64.
        bad |= value &>> 63
        values[index] = Int64(bitPattern: value)
      } else {
        bad |= 1
      }
    }
    return bad
  }

  /// A cell without quotes around it, and whether it had them.
  func withoutQuotes(_ index: Int) -> (cell: UnsafeBufferPointer<UInt8>, isQuoted: Bool) {
    let cell = self[index]
    if isTrimmed {
      let start = Int(starts[index])
      return (cell, start > 0 && base[start - 1] == CSVDialect.quote)
    }
    guard cell.count >= 2, cell[0] == CSVDialect.quote, cell[cell.count - 1] == CSVDialect.quote
    else { return (cell, false) }
    return (UnsafeBufferPointer(rebasing: cell[1..<(cell.count - 1)]), true)
  }

  /// Reads cell by cell: nulls and spaces here, values by `read`, which refuses with false.
  func readSlowly(
    nulls: NullRule, present: UnsafeMutablePointer<UInt8>, outcome: inout CellOutcome,
    _ read: (Int, UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    outcome = CellOutcome()
    for index in 0..<count {
      let (cell, isQuoted) = withoutQuotes(index)
      let plain = trimmed(cell)
      present[index] = 0
      if plain.isEmpty || nulls.isHard(plain) {
        outcome.nulls += 1
        if isQuoted, cell.isEmpty { outcome.seen.insert(.quotedEmpty) }
        continue
      }
      if read(index, plain) {
        present[index] = 1
        outcome.padded += plain.count == cell.count ? 0 : 1
      } else if nulls.isSoft(plain) {
        outcome.nulls += 1
        outcome.seen.insert(.softNull)
      } else {
        outcome.isRefused = true
        return
      }
    }
  }
}

/// The number of the last `length` bytes before `end`, 0 to 8 digits; sets `bad` when one is none.
@inline(__always)
func lastDigits(_ end: UnsafePointer<UInt8>, _ length: Int, _ bad: inout UInt64) -> UInt64 {
  let word = UInt64(littleEndian: UnsafeRawPointer(end - 8).loadUnaligned(as: UInt64.self))
  // The digits lie in the high bytes; smart shifts give 0 for 64.
  let unwanted = UInt64(truncatingIfNeeded: 8 &- length) &* 8
  let digits = length == 0 ? 0 : ((word ^ 0x3030_3030_3030_3030) &>> unwanted) &<< unwanted
  bad |= ((digits &+ 0x0606_0606_0606_0606) | digits) & 0xF0F0_F0F0_F0F0_F0F0
  // Pairs, then fours, then eight.
  let pairs = digits &* 10 &+ (digits &>> 8)
  let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return (low &+ high) &>> 32
}
