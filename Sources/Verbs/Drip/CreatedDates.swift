import Calendars

/// Days of signing up, as `created_in` of a drip writes them: `2013-03-01..2013-03-31`.
struct CreatedDates: Hashable, Sendable {
  /// Days since 1970.
  let days: ClosedRange<Int>

  private var text: String {
    "\(formatDate(days: days.lowerBound))..\(formatDate(days: days.upperBound))"
  }

  static func text(_ dates: [CreatedDates]) -> String {
    dates.map(\.text).joined(separator: ", ")
  }

  /// What such a text says; nothing of what is none.
  static func dates(_ text: String) -> [CreatedDates] {
    text.split(separator: ",").compactMap { part in
      let ends = part.split(whereSeparator: { $0 == "." || $0 == " " })
        .compactMap { parseDate(String($0)) }
      return ends.count == 2 && ends[0] <= ends[1] ? CreatedDates(days: ends[0]...ends[1]) : nil
    }
  }
}
