import Columns

/// Parts and periods of dates and times in UTC, by the proleptic Gregorian calendar.
func calendar(_ function: Function, _ value: Scalar) -> Scalar {
  let micros: Int64
  switch value {
  case .date(let day): micros = day * dayMicros
  case .int(let id): return snowflake(id)
  case .string(let text):
    // The text of an id: digits, as they are read by int(x).
    return wholeNumber(text).map(snowflake) ?? .null
  default: micros = value.integer ?? 0
  }
  let day = floored(micros, dayMicros)
  let civil = Civil(day: day)
  switch function {
  case .day: return .date(day)
  case .week: return .date(floored(day + 3, 7) * 7 - 3)
  case .month: return .date(Civil(year: civil.year, month: civil.month, day: 1).number)
  case .quarter:
    return .date(Civil(year: civil.year, month: (civil.month - 1) / 3 * 3 + 1, day: 1).number)
  case .year: return .int(civil.year)
  case .hour: return .int(floored(micros - day * dayMicros, 3_600_000_000))
  case .weekday: return .int(((day + 3) % 7 + 7) % 7 + 1)
  default: return .int(floored(micros, 1_000_000))
  }
}

/// The time that a Twitter id holds in its upper bits.
private func snowflake(_ id: Int64) -> Scalar {
  id >= 1 << 40 ? .time(((id >> 22) + 1_288_834_974_657) * 1000) : .null
}

/// A day of the calendar, counted month by month.
struct Civil {
  var year: Int64
  var month: Int64
  var day: Int64

  static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func length(_ year: Int64, _ month: Int64) -> Int64 {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days from 0001-01-01 to the first of a year.
  private static func before(_ year: Int64) -> Int64 {
    let years = year - 1
    return years * 365 + floored(years, 4) - floored(years, 100) + floored(years, 400)
  }

  private static let epoch = before(1970)

  init(year: Int64, month: Int64, day: Int64) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  init(day number: Int64) {
    year = floored((number + Self.epoch) * 400, 146_097) + 1
    while Self.before(year) - Self.epoch > number { year -= 1 }
    while Self.before(year + 1) - Self.epoch <= number { year += 1 }
    var rest = number - (Self.before(year) - Self.epoch)
    month = 1
    while rest >= Self.length(year, month) {
      rest -= Self.length(year, month)
      month += 1
    }
    day = rest + 1
  }

  /// Days since 1970-01-01.
  var number: Int64 {
    (1..<month).reduce(Self.before(year) - Self.epoch + day - 1) {
      $0 + Self.length(year, $1)
    }
  }

  /// `2024-03-01`; years of more than four digits have a sign.
  var text: String {
    (year > 9999 ? "+" : "") + "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number.magnitude)
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
    + digits
}

/// `2024-03-01T12:00:00Z`, with 3 or 6 digits of a fraction where there is one.
func timeText(_ micros: Int64) -> String {
  let day = floored(micros, dayMicros)
  let rest = micros - day * dayMicros
  let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000)
  let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
  return Civil(day: day).text + "T" + clock.joined(separator: ":") + fractionText(fraction) + "Z"
}

private func fractionText(_ micros: Int64) -> String {
  if micros == 0 { return "" }
  return "." + (micros % 1000 == 0 ? padded(micros / 1000, 3) : padded(micros, 6))
}

/// `1d2h3min4.500s`.
func durationText(_ micros: Int64) -> String {
  var rest = Int128(micros.magnitude)
  var text = micros < 0 ? "-" : ""
  let sign = text
  for (size, unit) in [(dayMicros, "d"), (3_600_000_000, "h"), (60_000_000, "min")] {
    if rest / Int128(size) > 0 { text += "\(rest / Int128(size))\(unit)" }
    rest %= Int128(size)
  }
  if rest > 0 || text == sign {
    text += "\(rest / 1_000_000)\(fractionText(Int64(rest % 1_000_000)))s"
  }
  return text
}
