extension WrittenTime {
  /// Times with English names of months: Twitter's, `date`'s and RFC 2822's.
  static func named(_ cursor: inout ByteCursor) -> WrittenTime? {
    if isDigit(cursor.next) { return mail(&cursor) }
    guard let weekday = cursor.letters() else { return nil }
    if let month = monthNumber(weekday) { return monthFirst(month, &cursor) }
    guard isWeekday(weekday) else { return nil }
    if cursor.skip(0x2C) {
      guard cursor.skip(0x20) else { return nil }
      return mail(&cursor)
    }
    guard cursor.skip(0x20) else { return nil }
    return twitter(&cursor)
  }

  /// `Oct 10 20:19:24 +0000 2018`, where the offset may be a name or be missing.
  private static func twitter(_ cursor: inout ByteCursor) -> WrittenTime? {
    guard let name = cursor.letters(), let month = monthNumber(name), cursor.skip(0x20) else {
      return nil
    }
    // `date` and C's asctime pad the day with a space.
    _ = cursor.skip(0x20)
    guard let day = cursor.digits(min(2, max(1, cursor.digitCount(limit: 2)))), cursor.skip(0x20)
    else { return nil }
    var clock = WrittenTime(localMicros: 0, format: .twitter)
    guard clock.readClock(&cursor), cursor.skip(0x20) else { return nil }
    if !isDigit(cursor.next) {
      guard let offset = zone(&cursor), cursor.skip(0x20) else { return nil }
      clock.offsetSeconds = offset
    }
    guard let year = cursor.digits(4) else { return nil }
    return clock.on(year: year, month: month, day: day)
  }

  /// `Dec 30 2009`, `December 30, 2009`, with one blank or two; a time of day may follow.
  private static func monthFirst(_ month: Int, _ cursor: inout ByteCursor) -> WrittenTime? {
    guard cursor.skip(0x20) else { return nil }
    _ = cursor.skip(0x20)
    let count = cursor.digitCount(limit: 3)
    guard count == 1 || count == 2, let day = cursor.digits(count) else { return nil }
    _ = cursor.skip(0x2C)
    guard cursor.skip(0x20) else { return nil }
    _ = cursor.skip(0x20)
    guard let year = cursor.digits(4) else { return nil }
    guard let date = WrittenTime(year: year, month: month, day: day, format: .named) else {
      return nil
    }
    if cursor.isAtEnd { return date }
    var clock = WrittenTime(localMicros: 0, format: .named)
    guard cursor.skip(0x20), clock.readClock(&cursor), clock.readOffset(&cursor) else {
      return nil
    }
    return clock.on(year: year, month: month, day: day)
  }

  /// `10 Oct 2018 20:19:24 +0000`.
  private static func mail(_ cursor: inout ByteCursor) -> WrittenTime? {
    let count = cursor.digitCount(limit: 3)
    guard count == 1 || count == 2, let day = cursor.digits(count), cursor.skip(0x20),
      let name = cursor.letters(), let month = monthNumber(name), cursor.skip(0x20),
      let year = cursor.digits(4), cursor.skip(0x20)
    else { return nil }
    var clock = WrittenTime(localMicros: 0, format: .mail)
    guard clock.readClock(&cursor), clock.readOffset(&cursor) else { return nil }
    return clock.on(year: year, month: month, day: day)
  }

  private init(localMicros: Int64, format: ParsedTime.Format) {
    self.localMicros = localMicros
    self.format = format
  }

  /// The same time of day on a date; nil when there is no such date.
  private func on(year: Int, month: Int, day: Int) -> WrittenTime? {
    guard let date = WrittenTime(year: year, month: month, day: day, format: format) else {
      return nil
    }
    var time = self
    time.localMicros &+= date.localMicros
    return time
  }
}

/// `jan` or `january`, packed to 8 letters, as 1 to 12.
private func monthNumber(_ name: UInt64) -> Int? {
  let short = name & 0xFF_FFFF
  guard let index = CalendarNames.names.firstIndex(of: short), index < 12 else { return nil }
  return name == short || name == longMonths[index] ? index + 1 : nil
}

private func isWeekday(_ name: UInt64) -> Bool {
  CalendarNames.names[12...].contains(name & 0xFF_FFFF)
}

private let longMonths = [
  packed("january"), packed("february"), packed("march"), packed("april"), packed("may"),
  packed("june"), packed("july"), packed("august"), packed("septembe"), packed("october"),
  packed("november"), packed("december"),
]
