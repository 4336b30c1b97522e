import Calendars
import Columns

/// What a calendar says of days (`with calendar = launches`): evidence for organic growth.
struct CalendarEntries: Sendable {
  private var entries: [Int: [String]] = [:]

  init() {}

  /// Takes a table with `#day` (date) and `#what` (text, null where nothing is said).
  init(_ table: Table) {
    guard let days = table.column("#day"), let texts = table.column("#what") else { return }
    let numbers = days.integers()
    let (what, which) = texts.textNumbers()
    for row in 0..<table.rowCount where numbers.pointer[row] != .min {
      let text = which.pointer[row] < 0 ? "an entry" : what[Int(which.pointer[row])]
      entries[Int(numbers.pointer[row]), default: []].append(text)
    }
  }

  /// The entries of some days and of the day before them, a sentence each.
  func sentences(_ days: ClosedRange<Int>) -> [String] {
    ((days.lowerBound - 1)...days.upperBound).flatMap { day in
      (entries[day] ?? []).map { "calendar, \(formatDate(days: day)): \($0)" }
    }
  }
}
