/// The parts of a number as text writes it: sign, digits, point, exponent.
///
/// `007`, `1_000` and `0x10` are no numbers; `.5`, `5.` and `+1.5` are.
struct NumberText {
  /// Whether it has a point, an exponent or a sign that integers do not print.
  private(set) var isFraction = false
  /// Whether it is a whole number above 10^11 written as `8.41E+17`.
  private(set) var isShortened = false
  /// Whether it is written as thousands with a point between them could be: `1.234`, not `0.234`.
  private(set) var mayBeThousands = false
  /// The first 19 significant digits, and the power of ten that they are to be multiplied by.
  private(set) var digits: UInt64 = 0
  private(set) var power = 0
  private(set) var isNegative = false
  /// Whether digits beyond the nineteenth were left out.
  private(set) var isCut = false

  init?(_ cell: UnsafeBufferPointer<UInt8>) {
    var place = 0
    let count = cell.count
    var hasPlus = false
    if place < count, cell[place] == UInt8(ascii: "-") || cell[place] == UInt8(ascii: "+") {
      isNegative = cell[place] == UInt8(ascii: "-")
      hasPlus = !isNegative
      place += 1
    }
    var kept = 0
    let wholeStart = place
    while place < count, cell[place] &- 0x30 < 10 {
      take(cell[place], &kept, isFractional: false)
      place += 1
    }
    let wholeCount = place - wholeStart
    if wholeCount > 1, cell[wholeStart] == 0x30 { return nil }
    var fractionCount = 0
    var hasPoint = false
    if place < count, cell[place] == UInt8(ascii: ".") {
      hasPoint = true
      place += 1
      let start = place
      while place < count, cell[place] &- 0x30 < 10 {
        take(cell[place], &kept, isFractional: true)
        place += 1
      }
      fractionCount = place - start
    }
    if wholeCount + fractionCount == 0 { return nil }
    var exponent: Exponent?
    if place < count, cell[place] | 0x20 == UInt8(ascii: "e") {
      guard let read = Exponent(cell, at: place) else { return nil }
      exponent = read
      place = count
    }
    if place != count { return nil }
    power += exponent?.value ?? 0
    mayBeThousands =
      hasPoint && fractionCount == 3 && exponent == nil && (1...3).contains(wholeCount)
      && cell[wholeStart] != 0x30
    let isMinusZero = isNegative && digits == 0
    isFraction = hasPoint || exponent != nil || isMinusZero
    if hasPlus && !isFraction { return nil }
    if let exponent, exponent.isSpreadsheetStyle, exponent.value >= 11 {
      isShortened = fractionCount <= exponent.value && wholeCount == 1 && fractionCount <= 14
    }
  }

  private mutating func take(_ byte: UInt8, _ kept: inout Int, isFractional: Bool) {
    if kept < 19 {
      digits = digits &* 10 &+ UInt64(byte &- 0x30)
      if digits != 0 { kept += 1 }
      if isFractional { power -= 1 }
    } else {
      isCut = isCut || byte != 0x30
      if !isFractional { power += 1 }
    }
  }
}

/// `e5`, `E+17`, `e-3`.
private struct Exponent {
  var value = 0
  /// `E+dd`, as spreadsheets write it.
  var isSpreadsheetStyle = false

  /// Takes what follows to the end of the cell.
  init?(_ cell: UnsafeBufferPointer<UInt8>, at start: Int) {
    var place = start + 1
    var isNegative = false
    if place < cell.count, cell[place] == UInt8(ascii: "-") || cell[place] == UInt8(ascii: "+") {
      isNegative = cell[place] == UInt8(ascii: "-")
      isSpreadsheetStyle = !isNegative && cell[start] == UInt8(ascii: "E")
      place += 1
    }
    let digitStart = place
    while place < cell.count, cell[place] &- 0x30 < 10 {
      value = min(value * 10 + Int(cell[place] &- 0x30), 100_000)
      place += 1
    }
    if place == digitStart || place != cell.count { return nil }
    if isNegative { value = -value }
  }
}

/// An integer that prints back the same and fits 64 bits: no sign but `-`, no leading zero, no `-0`.
func exactInteger(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
  let isNegative = cell.first == UInt8(ascii: "-")
  let digits = isNegative ? UnsafeBufferPointer(rebasing: cell.dropFirst()) : cell
  guard let first = digits.first, digits.count <= 19 else { return nil }
  if first == 0x30 && (digits.count > 1 || isNegative) { return nil }
  var value: UInt64 = 0
  for byte in digits {
    guard byte &- 0x30 < 10 else { return nil }
    value = value &* 10 &+ UInt64(byte &- 0x30)
  }
  if isNegative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
  return value < 1 << 63 ? Int64(value) : nil
}
