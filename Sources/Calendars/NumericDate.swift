/// Which of the first two numbers of a date like `12/1/2016` is the month.
package enum DateOrder: String, CaseIterable, Sendable {
  case dayFirst = "dmy"
  case monthFirst = "mdy"

  /// `day/month/year`, with what parts the numbers.
  package func pattern(_ separator: Character) -> String {
    let names = self == .dayFirst ? ["day", "month", "year"] : ["month", "day", "year"]
    return names.joined(separator: String(separator))
  }
}

/// A date in numbers with its year last, `12/1/2016` or `23.02.22`, and maybe a time of day:
/// `12/1/2016, 1:22:35 AM`.
///
/// The cell by itself need not say which number is the month, so that `parseTime` refuses it.
package struct NumericDate: Sendable {
  /// `/`, `.` or `-`.
  package let separator: UInt8
  /// Whether the year has two digits: then it could also be the day, and the year come first.
  package let hasShortYear: Bool
  private let numbers: (first: Int, second: Int)
  private let year: Int
  /// The time of day, counted from 1970-01-01; nil of a plain date.
  private let clock: WrittenTime?

  /// Nil when the text is something else, or neither number can be a month.
  package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 6, bytes.count <= 64 else { return nil }
    var cursor = ByteCursor(bytes)
    guard let first = shortNumber(&cursor) else { return nil }
    separator = cursor.next
    guard [0x2F, 0x2E, 0x2D].contains(separator), cursor.skip(separator),
      let second = shortNumber(&cursor), cursor.skip(separator)
    else { return nil }
    let yearDigits = cursor.digitCount(limit: 5)
    guard yearDigits == 2 || yearDigits == 4, let year = cursor.digits(yearDigits),
      min(first, second) >= 1, min(first, second) <= 12, max(first, second) <= 31
    else { return nil }
    numbers = (first, second)
    hasShortYear = yearDigits == 2
    self.year = hasShortYear ? 2000 + year : year
    if cursor.isAtEnd {
      clock = nil
      return
    }
    guard let clock = WrittenTime(shownClock: &cursor), cursor.isAtEnd else { return nil }
    self.clock = clock
  }

  package var hasTimeOfDay: Bool { clock != nil }

  /// Whether there is such a day when the numbers stand in this order.
  package func isDay(_ order: DateOrder) -> Bool {
    let (day, month) = parts(order)
    return isValidDate(year: year, month: month, day: day)
  }

  /// The time when the numbers stand in this order; nil when there is no such day.
  ///
  /// What names no zone is local: a plain date is the start of its day.
  package func time(_ order: DateOrder, zones: LocalZones) -> ParsedTime? {
    let (day, month) = parts(order)
    guard var written = WrittenTime(year: year, month: month, day: day, format: .numeric) else {
      return nil
    }
    if let clock {
      written.isDateOnly = false
      written.localMicros &+= clock.localMicros
      written.offsetSeconds = clock.offsetSeconds
    }
    return ParsedTime(written, zones: zones)
  }

  private func parts(_ order: DateOrder) -> (day: Int, month: Int) {
    order == .dayFirst ? (numbers.first, numbers.second) : (numbers.second, numbers.first)
  }
}

/// One or two digits.
private func shortNumber(_ cursor: inout ByteCursor) -> Int? {
  let count = cursor.digitCount(limit: 3)
  return count == 1 || count == 2 ? cursor.digits(count) : nil
}

extension WrittenTime {
  /// The time of day behind a date as spreadsheets and browsers show it: ` 1:22`, `, 01:22:35 AM`,
  /// `T13:22 UTC`.
  fileprivate init?(shownClock cursor: inout ByteCursor) {
    self.init(year: 1970, month: 1, day: 1, format: .numeric)
    _ = cursor.skip(0x2C)
    guard cursor.skip(0x20) || cursor.skipLetter(0x74), let hour = shortNumber(&cursor),
      cursor.skip(0x3A), let micros = readMinutes(&cursor)
    else { return nil }
    isDateOnly = false
    let half = cursor.half()
    guard hour < 24, half == nil || (1...12).contains(hour), readOffset(&cursor) else { return nil }
    let hours = half.map { hour % 12 + ($0 == .afternoon ? 12 : 0) } ?? hour
    localMicros = Int64(hours &* microsPerHour &+ micros)
  }
}

/// A half of the day of a clock with twelve hours.
private enum DayHalf { case morning, afternoon }

extension ByteCursor {
  /// ` AM`, `pm`, with a space or without, or the narrow one that browsers put there; nil, and nothing
  /// is stepped over, when something else stands here.
  fileprivate mutating func half() -> DayHalf? {
    var ahead = self
    if !ahead.skip(0x20), ahead.skip(0xE2) {
      guard ahead.skip(0x80), ahead.skip(0xAF) else { return nil }
    }
    guard let word = ahead.letters(), word == packed("am") || word == packed("pm") else {
      return nil
    }
    self = ahead
    return word == packed("pm") ? .afternoon : .morning
  }
}
