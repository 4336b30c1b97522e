// Times of fixed layout by eight-byte loads, without a branch or a test per byte. A word is combined
// by exclusive or with what its layout wants: '0' at digits, the sign itself at signs. Then a digit
// is below 10 and a sign 0, so that adding 6 to digits and 15 to signs sets no bit of an upper half
// byte. All doubts are collected in `doubt`: where `doubt & upperHalves` is 0 the text is right, else
// the plain parser has the last word.

/// The bits of `doubt` that count.
let upperHalves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0

/// `DD?HH:MM:SS?`: the day's digits and the seconds since midnight.
struct FixedClock {
  var day: UInt64
  var seconds: UInt64

  /// Reads 12 bytes; `separator` is wanted after the day, `terminator` after the seconds.
  @inline(__always)
  init(
    _ text: UnsafePointer<UInt8>, separator: UInt8, terminator: UInt8, doubt: inout UInt64
  ) {
    let word = load8(text) ^ (0x3030_3A30_3000_3030 | UInt64(separator) &<< 16)
    let tail = UInt64(load4(text + 8) ^ (0x0030_303A | UInt32(terminator) &<< 24))
    doubt |= word | (word &+ 0x0606_0F06_060F_0606) | tail | (tail &+ 0x0F06_060F)
    let pairs = word &* tensAndOnes
    day = pairs &>> 8 & 0xFF
    let hour = pairs &>> 32 & 0xFF
    let minute = pairs &>> 56
    let second = (tail &* tensAndOnes) &>> 16 & 0xFF
    doubt |= ((23 &- hour) | (59 &- minute) | (59 &- second)) & signBit
    seconds = hour &* 3600 &+ minute &* 60 &+ second
  }
}

/// `YYYY-MM-` (8 bytes).
struct FixedMonth {
  var year: UInt64
  var month: UInt64

  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, doubt: inout UInt64) {
    let word = load8(text) ^ 0x2D30_302D_3030_3030
    doubt |= word | (word &+ 0x0F06_060F_0606_0606)
    let pairs = word &* tensAndOnes
    year = (pairs &>> 8 & 0xFF) &* 100 &+ (pairs &>> 24 & 0xFF)
    month = pairs &>> 48 & 0xFF
  }
}

/// `YYYY-MM-DD?HH:MM:SS?` (20 bytes) in seconds since 1970 by its own clock.
@inline(__always)
func fixedSeconds(
  _ text: UnsafePointer<UInt8>, separator: UInt8, terminator: UInt8,
  months: UnsafePointer<Int32>, doubt: inout UInt64
) -> Int64 {
  let month = FixedMonth(text, doubt: &doubt)
  let clock = FixedClock(
    text + 8, separator: separator, terminator: terminator, doubt: &doubt)
  let days = MonthTable.days(
    year: month.year, month: month.month, day: clock.day, in: months, doubt: &doubt)
  return days &* 86_400 &+ Int64(bitPattern: clock.seconds)
}

/// `YYYY-MM-DD` (10 bytes) in days since 1970.
@inline(__always)
func fixedDate(
  _ text: UnsafePointer<UInt8>, months: UnsafePointer<Int32>, doubt: inout UInt64
) -> Int64 {
  let month = FixedMonth(text, doubt: &doubt)
  let digits = UInt64(load2(text + 8)) ^ 0x3030
  doubt |= digits | (digits &+ 0x0606)
  let day = (digits &* tensAndOnes) &>> 8 & 0xFF
  return MonthTable.days(
    year: month.year, month: month.month, day: day, in: months, doubt: &doubt)
}

/// `Wed Oct 10 20:19:24 +0000 2018` (30 bytes) in seconds since 1970 UTC; `names` are `CalendarNames`.
@inline(__always)
func fixedTwitterSeconds(
  _ text: UnsafePointer<UInt8>, names: UnsafePointer<UInt32>,
  months: UnsafePointer<Int32>, doubt: inout UInt64
) -> Int64 {
  let words = load8(text)
  let spaces = (words ^ 0x2000_0000_2000_0000) & 0xFF00_0000_FF00_0000
  doubt |= spaces &+ 0x0F00_0000_0F00_0000 | spaces
  let weekday = CalendarNames.number(words & 0xFF_FFFF, in: names, doubt: &doubt)
  let month = CalendarNames.number(words &>> 32 & 0xFF_FFFF, in: names, doubt: &doubt)
  doubt |= (weekday &- 13) & signBit
  let clock = FixedClock(text + 8, separator: 0x20, terminator: 0x20, doubt: &doubt)
  let offset = (load8(text + 19) ^ 0x0020_3030_3030_2B20) & 0x00FF_FFFF_FFFF_FFFF
  doubt |= offset | (offset &+ 0x000F_0F0F_0F0F_0F0F)
  let digits = UInt64(load4(text + 26)) ^ 0x3030_3030
  doubt |= digits | (digits &+ 0x0606_0606)
  let pairs = digits &* tensAndOnes
  let year = (pairs &>> 8 & 0xFF) &* 100 &+ (pairs &>> 24 & 0xFF)
  let days = MonthTable.days(
    year: year, month: month, day: clock.day, in: months, doubt: &doubt)
  return days &* 86_400 &+ Int64(bitPattern: clock.seconds)
}

private let signBit: UInt64 = 1 << 63

/// As a factor: byte i + 1 becomes ten times byte i plus byte i + 1.
private let tensAndOnes: UInt64 = 2561

@inline(__always)
func load8(_ text: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
}

@inline(__always)
func load4(_ text: UnsafePointer<UInt8>) -> UInt32 {
  UInt32(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt32.self))
}

@inline(__always)
func load2(_ text: UnsafePointer<UInt8>) -> UInt16 {
  UInt16(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt16.self))
}
