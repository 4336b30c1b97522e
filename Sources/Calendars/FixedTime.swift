// Times of fixed layout by eight-byte loads, without a branch per byte. Each word is combined by
// exclusive or with what its layout wants: '0' at digits, the sign itself at signs. Then digits must
// be below 10 and signs 0. Wrong text sets bits in `bad` and gives any number.

/// `DD?HH:MM:SS` (11 bytes): the day's digits and the seconds since midnight.
struct FixedClock {
  var day: UInt64
  var seconds: UInt64

  /// `separator` is the byte wanted between the day and the hour.
  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, separator: UInt8, bad: inout UInt64) {
    let word = load8(text) ^ (0x3030_3A30_3000_3030 | UInt64(separator) &<< 16)
    let tail = UInt64(load4(text + 7)) ^ 0x3030_3A30
    bad |= word & 0x0000_FF00_00FF_0000 | tail & 0xFF00
    bad |= notDigits(word & 0xFFFF_00FF_FF00_FFFF) | notDigits(tail & 0xFFFF_00FF)
    let pairs = word &* tensAndOnes
    day = pairs &>> 8 & 0xFF
    let hour = pairs &>> 32 & 0xFF
    let minute = pairs &>> 56
    let second = (tail &* tensAndOnes) &>> 24 & 0xFF
    bad |= (hour > 23 ? 1 : 0) | (minute > 59 ? 1 : 0) | (second > 59 ? 1 : 0)
    seconds = hour &* 3600 &+ minute &* 60 &+ second
  }
}

/// `YYYY-MM-` (8 bytes).
struct FixedMonth {
  var year: UInt64
  var month: UInt64

  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, bad: inout UInt64) {
    let word = load8(text) ^ 0x2D30_302D_3030_3030
    bad |= word & 0xFF00_00FF_0000_0000 | notDigits(word & 0x00FF_FF00_FFFF_FFFF)
    let pairs = word &* tensAndOnes
    year = (pairs &>> 8 & 0xFF) &* 100 &+ (pairs &>> 24 & 0xFF)
    month = pairs &>> 48 & 0xFF
  }
}

/// `YYYY-MM-DD?HH:MM:SS` (19 bytes) in seconds since 1970 by its own clock.
@inline(__always)
func fixedSeconds(
  _ text: UnsafePointer<UInt8>, separator: UInt8, bad: inout UInt64
) -> Int64 {
  let month = FixedMonth(text, bad: &bad)
  let clock = FixedClock(text + 8, separator: separator, bad: &bad)
  let days = fixedDays(year: month.year, month: month.month, day: clock.day, bad: &bad)
  return days &* 86_400 &+ Int64(bitPattern: clock.seconds)
}

/// `YYYY-MM-DD` (10 bytes) in days since 1970.
@inline(__always)
func fixedDate(_ text: UnsafePointer<UInt8>, bad: inout UInt64) -> Int64 {
  let month = FixedMonth(text, bad: &bad)
  let digits = UInt64(load2(text + 8)) ^ 0x3030
  bad |= notDigits(digits)
  let day = (digits &* tensAndOnes) &>> 8 & 0xFF
  return fixedDays(year: month.year, month: month.month, day: day, bad: &bad)
}

/// `Wed Oct 10 20:19:24 +0000 2018` (30 bytes) in seconds since 1970 UTC; `names` are `CalendarNames`.
@inline(__always)
func fixedTwitterSeconds(
  _ text: UnsafePointer<UInt8>, names: UnsafePointer<UInt32>, bad: inout UInt64
) -> Int64 {
  let words = load8(text) ^ 0x2000_0000_2000_0000
  bad |= words & 0xFF00_0000_FF00_0000
  let weekday = CalendarNames.number(words & 0xFF_FFFF, in: names, bad: &bad)
  let month = CalendarNames.number(words &>> 32 & 0xFF_FFFF, in: names, bad: &bad)
  bad |= weekday > 12 ? 0 : 1
  let clock = FixedClock(text + 8, separator: 0x20, bad: &bad)
  bad |= (load8(text + 19) ^ 0x0020_3030_3030_2B20) & 0x00FF_FFFF_FFFF_FFFF
  let digits = UInt64(load4(text + 26)) ^ 0x3030_3030
  bad |= notDigits(digits)
  let pairs = digits &* tensAndOnes
  let year = (pairs &>> 8 & 0xFF) &* 100 &+ (pairs &>> 24 & 0xFF)
  let days = fixedDays(year: year, month: month, day: clock.day, bad: &bad)
  return days &* 86_400 &+ Int64(bitPattern: clock.seconds)
}

/// Days from 1970-01-01; the year is 0 to 9999.
///
/// Sets a bit in `bad` when there is no such day.
@inline(__always)
func fixedDays(year: UInt64, month: UInt64, day: UInt64, bad: inout UInt64) -> Int64 {
  let century = (year &* 5243) &>> 19
  let evenCentury = century & 3 == 0
  let leap: UInt64 = year & 3 == 0 && (year != century &* 100 || evenCentury) ? 1 : 0
  // Multiples of 4, 100 and 400 below the year.
  let centuries = ((year &+ 99) &* 5243) &>> 19
  let leapDays = (year &+ 3) &>> 2 &- centuries &+ (centuries &+ 3) &>> 2
  let monthDays = ((month &* 367 &- 362) &* 5462) &>> 16 &- (month <= 2 ? 0 : 2 &- leap)
  let length = month == 2 ? 28 &+ leap : 30 &+ ((month &+ month &>> 3) & 1)
  bad |= (month &- 1 > 11 ? 1 : 0) | (day &- 1 >= length ? 1 : 0)
  return Int64(bitPattern: year &* 365 &+ leapDays &+ monthDays &+ day &- 719_529)
}

/// Not 0 when a byte of the word is 10 or more.
@inline(__always)
func notDigits(_ word: UInt64) -> UInt64 {
  (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
}

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
