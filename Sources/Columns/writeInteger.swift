/// The bytes that `writeInteger` may touch.
package var integerTextCapacity: Int { 32 }

/// Writes the decimal digits of an integer and returns how many bytes they are.
package func writeInteger(_ value: Int64, to start: UnsafeMutablePointer<UInt8>) -> Int {
  var next = UnsafeMutableRawPointer(start)
  if value < 0 {
    next.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    next += 1
  }
  let rest = value.magnitude
  let part: UInt64 = 100_000_000
  if rest < part {
    next += writeFirst(rest, to: next)
  } else {
    let upper = rest / part
    if upper < part {
      next += writeFirst(upper, to: next)
    } else {
      let first = upper / part
      next += writeFirst(first, to: next)
      writeEight(upper &- first &* part, to: next)
      next += 8
    }
    writeEight(rest &- upper &* part, to: next)
    next += 8
  }
  return next - UnsafeMutableRawPointer(start)
}

/// Writes a number of up to eight digits without the zeros before them.
@inline(__always)
private func writeFirst(_ value: UInt64, to place: UnsafeMutableRawPointer) -> Int {
  let digits = digits(value)
  // The last digit is written even where it is 0.
  let zeros = (digits | 1 &<< 56).trailingZeroBitCount & ~7
  let text = (digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: zeros)
  place.storeBytes(of: text.littleEndian, as: UInt64.self)
  return 8 &- zeros / 8
}

@inline(__always)
private func writeEight(_ value: UInt64, to place: UnsafeMutableRawPointer) {
  place.storeBytes(of: (digits(value) | 0x3030_3030_3030_3030).littleEndian, as: UInt64.self)
}

/// The eight decimal digits of a number, a byte each, the first in the lowest.
///
/// Halves, quarters and eighths are divided side by side in one word.
@inline(__always) private func digits(_ value: UInt64) -> UInt64 {
  let upper = value / 10_000
  let fours = upper | (value &- upper &* 10_000) &<< 32
  let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
  let twos = hundreds | (fours &- hundreds &* 100) &<< 16
  let tens = (twos &* 103) &>> 10 & 0x000F_000F_000F_000F
  return tens | (twos &- tens &* 10) &<< 8
}
