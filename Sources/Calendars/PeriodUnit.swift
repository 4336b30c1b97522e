/// A calendar period that days are gathered in; hours are handled by `floorHours`.
package enum PeriodUnit: UInt8, CaseIterable, Sendable {
  case day
  /// Starts on Monday (ISO 8601).
  case week
  case month
  case quarter
  case year

  /// The name in the language: `day`, `week`, `month`, `quarter`, `year`.
  package var name: String {
    switch self {
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }

  /// The unit of that name, or nil.
  package init?(name: String) {
    guard let unit = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = unit
  }
}

/// The first day of the period that holds a day; both in days since 1970-01-01.
package func floorDays(_ days: Int, to unit: PeriodUnit) -> Int {
  switch unit {
  case .day:
    return days
  case .week:
    return days &- (weekday(ofDays: days) &- 1)
  case .month:
    return days &- (civilDate(fromDays: days).day &- 1)
  case .quarter:
    let date = civilDate(fromDays: days)
    return daysFromCivil(year: date.year, month: (date.month &- 1) / 3 * 3 &+ 1, day: 1)
  case .year:
    return daysFromCivil(year: civilDate(fromDays: days).year, month: 1, day: 1)
  }
}

/// The first day of the period after the one that begins on `days`, which must be a first day.
package func nextPeriodStart(_ days: Int, unit: PeriodUnit) -> Int {
  switch unit {
  case .day: days &+ 1
  case .week: days &+ 7
  case .month: startOfMonth(1, after: days)
  case .quarter: startOfMonth(3, after: days)
  case .year: startOfMonth(12, after: days)
  }
}

private func startOfMonth(_ months: Int, after days: Int) -> Int {
  let date = civilDate(fromDays: days)
  let month = date.month &- 1 &+ months
  return daysFromCivil(year: date.year &+ month / 12, month: month % 12 &+ 1, day: 1)
}
