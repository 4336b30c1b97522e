import Calendars

/// Bytes of CSV, handed out in chunks.
///
/// Memory is written without a check per byte: `room` bytes are free whenever a row begins, and no
/// row is longer.
struct RowWriter: ~Copyable {
  static let room = 8192
  private static let capacity = 256 * 1024

  private let start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init() {
    start = .allocate(capacity: Self.capacity)
  }

  deinit {
    start.deallocate()
  }

  /// Hands out what was written when too little room is left, or when `all` is wanted.
  mutating func flush(all: Bool, to sink: ([UInt8]) throws -> Void) rethrows {
    guard count > 0, all || Self.capacity - count < Self.room else { return }
    try sink([UInt8](UnsafeBufferPointer(start: start, count: count)))
    count = 0
  }

  @inline(__always)
  mutating func byte(_ byte: UInt8) {
    start[count] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func comma() {
    byte(0x2C)
  }

  @inline(__always)
  mutating func text(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    (start + count).update(from: text.utf8Start, count: length)
    count &+= length
  }

  mutating func bytes(_ bytes: [UInt8]) {
    for value in bytes { byte(value) }
  }

  mutating func number(_ value: Int) {
    var rest = UInt(max(0, value))
    var digits = 1
    var limit: UInt = 10
    while rest >= limit, digits < 19 {
      digits &+= 1
      limit &*= 10
    }
    for place in 1...digits {
      start[count &+ digits &- place] = UInt8(truncatingIfNeeded: rest % 10 &+ 0x30)
      rest /= 10
    }
    count &+= digits
  }

  mutating func flag(_ value: Bool) {
    text(value ? "true" : "false")
  }

  /// `2024-03-01T12:00:00Z`.
  mutating func time(_ seconds: Int) {
    count &+= writeTime(micros: Int64(seconds &* 1_000_000), zone: .utc, to: start + count)
  }

  /// `Wed Oct 10 20:19:24 +0000 2018`.
  mutating func twitterTime(_ seconds: Int) {
    let days = seconds / secondsPerDay
    let date = civilDate(fromDays: days)
    text(weekdayNames[weekday(ofDays: days) - 1])
    byte(0x20)
    text(monthNames[date.month - 1])
    byte(0x20)
    twoDigits(date.day)
    byte(0x20)
    let clock = seconds % secondsPerDay
    twoDigits(clock / 3600)
    byte(0x3A)
    twoDigits(clock / 60 % 60)
    byte(0x3A)
    twoDigits(clock % 60)
    text(" +0000 ")
    number(date.year)
  }

  private mutating func twoDigits(_ value: Int) {
    byte(UInt8(truncatingIfNeeded: value / 10 &+ 0x30))
    byte(UInt8(truncatingIfNeeded: value % 10 &+ 0x30))
  }

  /// Puts quotes around what was written from `begin` on, and doubles those inside.
  mutating func quote(from begin: Int) {
    var quotes = 2
    for index in begin..<count where start[index] == 0x22 { quotes &+= 1 }
    var source = count &- 1
    var target = count &+ quotes &- 1
    count &+= quotes
    start[target] = 0x22
    target &-= 1
    while source >= begin {
      start[target] = start[source]
      target &-= 1
      if start[source] == 0x22 {
        start[target] = 0x22
        target &-= 1
      }
      source &-= 1
    }
    start[begin] = 0x22
  }

  /// Quotes what was written from `begin` on if it holds a comma, a quote or a line break.
  mutating func quoteIfNeeded(from begin: Int) {
    for index in begin..<count {
      let byte = start[index]
      if byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D {
        quote(from: begin)
        return
      }
    }
  }

  /// Takes back what was written beyond a place.
  mutating func truncate(to length: Int) {
    count = min(count, length)
  }

  /// Makes the ASCII letter at a place a capital.
  mutating func capitalise(at index: Int) {
    if index < count, start[index] &- 0x61 < 26 { start[index] &-= 0x20 }
  }
}

private let weekdayNames: [StaticString] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let monthNames: [StaticString] = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
