extension Cells {
  /// Reads the cells as floats, correctly rounded; integers beyond 2^53 are refused, because a float
  /// would change them, and `1e400` and `1e-400`, which no float is near.
  ///
  /// `values[i]` gets 0 under a null. Cost some 10 ns a cell of up to 19 digits.
  package func readFloats(
    nulls: NullRule, into values: UnsafeMutablePointer<Double>,
    present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    var outcome = CellOutcome()
    readSlowly(nulls: nulls, present: present, outcome: &outcome) { index, cell in
      guard let value = exactFloat(cell) else { return false }
      values[index] = value
      return true
    }
    for index in 0..<count where present[index] == 0 { values[index] = 0 }
    if outcome.nulls < count { outcome.seen.insert(.fraction) }
    return outcome
  }
}

/// The float of a cell, or nil when it is none, or an integer that a float cannot hold.
func exactFloat(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
  guard let number = NumberText(cell) else { return notFinite(cell) }
  if !number.isFraction {
    guard !number.isCut, number.power == 0, number.digits <= 1 << 53 else { return nil }
  }
  let magnitude: Double
  if !number.isCut, number.digits <= 1 << 53, abs(number.power) <= 22 {
    // Both numbers are exact, so the one operation rounds correctly (Clinger 1990).
    let scale = powersOfTen[abs(number.power)]
    let digits = Double(number.digits)
    magnitude = number.power < 0 ? digits / scale : digits * scale
  } else {
    guard let value = Double(String(decoding: cell, as: UTF8.self)) else { return nil }
    // Too large or too small for any float: it would not print back.
    return value.isFinite && (value != 0 || number.digits == 0) ? value : nil
  }
  return number.isNegative ? -magnitude : magnitude
}

private func notFinite(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
  guard cell.count <= 9 else { return nil }
  switch String(decoding: cell, as: UTF8.self).lowercased() {
  case "nan": return .nan
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: return nil
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
