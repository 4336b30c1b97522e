/// The period that a date literal of the language names.
package struct PeriodLiteral: Hashable, Sendable {
  /// How long the period is.
  package enum Unit: UInt8, Sendable {
    /// `2024`, where it stands beside a date or time; elsewhere it is a number.
    case year
    /// `2024-03`.
    case month
    /// `2024-03-01`.
    case day
    /// `2024-03-01T12:00`.
    case minute
    /// `2024-03-01T12:00:05`.
    case second
    /// With a fraction of a second: one microsecond.
    case instant
  }

  /// The first microsecond since 1970 UTC.
  package let start: Int64
  /// The first microsecond after the period.
  package let end: Int64
  /// How long the period is.
  package let unit: Unit
  /// The first day since 1970-01-01 of a year, month or day; nil for times of day.
  package let firstDay: Int?
  /// The day after the last one of a year, month or day; nil for times of day.
  package let endDay: Int?
}

/// Reads a date literal as the period that it names, on the clock of a zone; nil when it is none.
///
/// `2024`, `2024-03`, `2024-03-01`, `2024-03-01T12:00`, `2024-03-01T12:00:05`, and whatever else
/// `parseTime` reads. Periods follow the calendar of the zone: a day may have 23 or 25 hours.
package func periodLiteral(_ text: String, zone: TimeZoneRules) -> PeriodLiteral? {
  var text = text
  return text.withUTF8 { bytes in
    if let period = longPeriod(bytes, zone: zone) { return period }
    guard let written = WrittenTime(bytes) else { return nil }
    if written.isDateOnly {
      let day = floorDivide(Int(written.localMicros), microsPerDay)
      return days(day, day + 1, unit: .day, zone: zone)
    }
    var span = OffsetSpan.none
    let start = written.utcMicros(zone: zone, span: &span)
    let unit: PeriodLiteral.Unit =
      written.hasFraction ? .instant : written.hasSeconds ? .second : .minute
    let length = written.hasFraction ? 1 : written.hasSeconds ? microsPerSecond : microsPerMinute
    return PeriodLiteral(
      start: start, end: start &+ Int64(length), unit: unit, firstDay: nil, endDay: nil)
  }
}

/// A year or a month.
private func longPeriod(
  _ bytes: UnsafeBufferPointer<UInt8>, zone: TimeZoneRules
) -> PeriodLiteral? {
  var cursor = ByteCursor(bytes)
  guard let year = cursor.digits(4) else { return nil }
  var month = 1
  if !cursor.isAtEnd {
    guard cursor.skip(0x2D), let number = cursor.digits(2), cursor.isAtEnd,
      (1...12).contains(number)
    else { return nil }
    month = number
  }
  let first = daysFromCivil(year: year, month: month, day: 1)
  let unit: PeriodUnit = bytes.count == 4 ? .year : .month
  return days(
    first, nextPeriodStart(first, unit: unit), unit: unit == .year ? .year : .month, zone: zone)
}

private func days(
  _ first: Int, _ end: Int, unit: PeriodLiteral.Unit, zone: TimeZoneRules
) -> PeriodLiteral {
  PeriodLiteral(
    start: Int64(zone.utcSeconds(fromLocal: first * secondsPerDay) * microsPerSecond),
    end: Int64(zone.utcSeconds(fromLocal: end * secondsPerDay) * microsPerSecond),
    unit: unit, firstDay: first, endDay: end)
}
