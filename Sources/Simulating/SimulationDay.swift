import Calendars

/// A day of a simulation: counted from its start, which is day 0, or a date.
package enum SimulationDay: Hashable, Sendable {
  case number(Int)
  /// Days since 1970-01-01.
  case date(Int)

  /// Reads `120` or `2024-04-30`; nil when it is neither.
  package init?(_ text: String) {
    if let number = Int(text), number >= 0 {
      self = .number(number)
    } else if let date = parseDate(text) {
      self = .date(date)
    } else {
      return nil
    }
  }

  /// The day's number in a simulation that starts on a day since 1970-01-01.
  func number(start: Int) -> Int {
    switch self {
    case .number(let number): number
    case .date(let days): days &- start
    }
  }
}
