import CKernels

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
    let level = decoy_simd(UInt32(CSVBlock.Scanner.best.rawValue))
    if decoy_csv_digits(base, starts, ends, count, values, level) == 0 {
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
        // Quotes make the empty text, and the words for null, text in a text column.
        if isQuoted, cell.isEmpty || !plain.isEmpty { outcome.seen.insert(.quotedEmpty) }
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
