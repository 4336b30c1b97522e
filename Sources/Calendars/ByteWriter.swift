/// Writes bytes one after another to memory that the caller made large enough.
struct ByteWriter {
  private let out: UnsafeMutablePointer<UInt8>
  private(set) var count: Int

  @inline(__always)
  init(_ out: UnsafeMutablePointer<UInt8>, count: Int = 0) {
    self.out = out
    self.count = count
  }

  @inline(__always)
  mutating func byte(_ byte: UInt8) {
    out[count] = byte
    count &+= 1
  }

  /// A number from 0 to 99.
  @inline(__always)
  mutating func twoDigits(_ value: Int) {
    let number = UInt32(truncatingIfNeeded: value)
    out[count] = UInt8(truncatingIfNeeded: number / 10 &+ 0x30)
    out[count &+ 1] = UInt8(truncatingIfNeeded: number % 10 &+ 0x30)
    count &+= 2
  }

  mutating func number(_ value: UInt, minimumDigits: Int = 1) {
    var digits = 1
    var rest = value / 10
    while rest > 0 {
      digits &+= 1
      rest /= 10
    }
    digits = max(digits, minimumDigits)
    rest = value
    for place in 0..<digits {
      out[count &+ digits &- 1 &- place] = UInt8(truncatingIfNeeded: rest % 10 &+ 0x30)
      rest /= 10
    }
    count &+= digits
  }

  /// `HH:MM:SS`.
  @inline(__always)
  mutating func clock(seconds: Int) {
    let value = UInt32(truncatingIfNeeded: seconds)
    twoDigits(Int(value / 3600))
    byte(0x3A)
    twoDigits(Int(value / 60 % 60))
    byte(0x3A)
    twoDigits(Int(value % 60))
  }

  /// `.123` or `.123456`; nothing for 0.
  mutating func fraction(micros: Int) {
    guard micros != 0 else { return }
    byte(0x2E)
    if micros % 1000 == 0 {
      number(UInt(micros / 1000), minimumDigits: 3)
    } else {
      number(UInt(micros), minimumDigits: 6)
    }
  }

  /// `+02:00`; with seconds where the old local times of a city have them.
  mutating func offset(seconds: Int) {
    byte(seconds < 0 ? 0x2D : 0x2B)
    let value = abs(seconds)
    twoDigits(value / 3600)
    byte(0x3A)
    twoDigits(value / 60 % 60)
    guard value % 60 != 0 else { return }
    byte(0x3A)
    twoDigits(value % 60)
  }
}
