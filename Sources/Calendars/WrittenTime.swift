/// A date or time as its text says it, before a zone is chosen.
struct WrittenTime {
  /// Microseconds from 1970-01-01 00:00 to what the text shows, by its own clock.
  var localMicros: Int64
  /// The offset that the text states, in seconds; nil when it states none.
  var offsetSeconds: Int?
  var isDateOnly = false
  /// Whether seconds were written.
  var hasSeconds = false
  /// Whether a fraction of a second was written.
  var hasFraction = false
  var format: ParsedTime.Format

  /// The time in UTC; text without offset is local time in `zone`.
  ///
  /// `span` remembers the zone's offset between calls.
  @inline(__always)
  func utcMicros(zone: TimeZoneRules, span: inout OffsetSpan) -> Int64 {
    if let offsetSeconds { return localMicros &- Int64(offsetSeconds &* microsPerSecond) }
    if zone.isUTC { return localMicros }
    if !span.holds(localMicros) { span = zone.localOffsets.span(holding: localMicros) }
    return localMicros &- span.micros
  }

  /// Whether it is a time of day on the clock of the zone.
  var isLocalTime: Bool { offsetSeconds == nil && !isDateOnly }

  /// Reads any of the formats of `parseTime`.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 8, bytes.count <= 64 else { return nil }
    var cursor = ByteCursor(bytes)
    let read: WrittenTime?
    if cursor.digitCount(limit: 5) == 4 {
      read = Self.iso(&cursor)
    } else {
      read = Self.named(&cursor)
    }
    guard let read, cursor.isAtEnd else { return nil }
    self = read
    if bytes.count == 20, format == .iso, bytes[4] == 0x2D, bytes[10] == 0x54, bytes[19] == 0x5A {
      format = .isoSeconds
    }
  }

  /// The start of a day.
  init?(year: Int, month: Int, day: Int, format: ParsedTime.Format) {
    guard isValidDate(year: year, month: month, day: day) else { return nil }
    localMicros = Int64(daysFromCivil(year: year, month: month, day: day) &* microsPerDay)
    isDateOnly = true
    self.format = format
  }

  /// `2024-03-01`, `2024/03/01`, and a time of day after `T` or a space.
  private static func iso(_ cursor: inout ByteCursor) -> WrittenTime? {
    guard let year = cursor.digits(4) else { return nil }
    let slash = cursor.skip(0x2F)
    guard slash || cursor.skip(0x2D), let month = cursor.digits(2),
      cursor.skip(slash ? 0x2F : 0x2D), let day = cursor.digits(2),
      var read = WrittenTime(
        year: year, month: month, day: day, format: slash ? .slashDate : .isoDate)
    else { return nil }
    if cursor.isAtEnd { return read }
    guard cursor.skip(0x20) || cursor.skipLetter(0x74), read.readClock(&cursor) else { return nil }
    read.format = .iso
    return read.readOffset(&cursor) ? read : nil
  }

  /// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.ffffff`.
  mutating func readClock(_ cursor: inout ByteCursor) -> Bool {
    isDateOnly = false
    guard let hour = cursor.digits(2), hour < 24, cursor.skip(0x3A),
      let micros = readMinutes(&cursor)
    else { return false }
    localMicros &+= Int64(hour &* microsPerHour &+ micros)
    return true
  }

  /// `MM`, `MM:SS`, `MM:SS.ffffff` behind the hour, in microseconds.
  mutating func readMinutes(_ cursor: inout ByteCursor) -> Int? {
    guard let minute = cursor.digits(2), minute < 60 else { return nil }
    var micros = minute &* microsPerMinute
    guard cursor.skip(0x3A) else { return micros }
    guard let second = cursor.digits(2), second < 60 else { return nil }
    hasSeconds = true
    micros &+= second &* microsPerSecond
    guard cursor.skip(0x2E) || cursor.skip(0x2C) else { return micros }
    let count = cursor.digitCount(limit: 10)
    guard count >= 1, count <= 9, let fraction = cursor.digits(count) else { return nil }
    hasFraction = true
    return micros &+ scaledToMicros(fraction, digits: count)
  }

  /// `Z`, `+02:00`, ` UTC`, or nothing; false when something else stands here.
  mutating func readOffset(_ cursor: inout ByteCursor) -> Bool {
    if cursor.isAtEnd { return true }
    _ = cursor.skip(0x20)
    if let offset = Self.zone(&cursor) {
      offsetSeconds = offset
      return true
    }
    return false
  }

  /// `Z`, `UTC`, `GMT`, `UT` or digits with a sign.
  static func zone(_ cursor: inout ByteCursor) -> Int? {
    guard isLetter(cursor.next) else { return cursor.numericOffset() }
    guard let word = cursor.letters() else { return nil }
    return word == packed("z") || word == packed("utc") || word == packed("gmt")
      || word == packed("ut") ? 0 : nil
  }
}

private func scaledToMicros(_ fraction: Int, digits: Int) -> Int {
  var value = fraction
  if digits > 6 { for _ in 6..<digits { value /= 10 } }
  if digits < 6 { for _ in digits..<6 { value &*= 10 } }
  return value
}

/// A short word as `ByteCursor.letters` packs it.
func packed(_ word: StaticString) -> UInt64 {
  var value: UInt64 = 0
  for index in 0..<word.utf8CodeUnitCount {
    value |= UInt64(word.utf8Start[index]) << UInt64(index &* 8)
  }
  return value
}
