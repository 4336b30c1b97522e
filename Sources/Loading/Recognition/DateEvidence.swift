import Calendars
import Columns
import Formats

/// What cells like `23/02/2022` say of the order of their numbers.
struct DateEvidence: Sendable {
  /// The first such cell.
  private(set) var example: OddCell?
  /// The first cell that is no day in an order.
  private(set) var against: [DateOrder: OddCell] = [:]
  /// The first cell with a year of two digits.
  private(set) var shortYear: OddCell?
  /// Whether points part the numbers of a cell, which they never do behind a month.
  private(set) var hasPoints = false
  private(set) var isDateOnly = true
  /// Whether a cell is something else: what is behind it was not looked at.
  private(set) var hasOtherText = false
  /// What parts the numbers of the first cell.
  private(set) var separator: Character = "/"

  init() {}

  /// Of the rows of a text segment, which begins at row `start` of the table.
  ///
  /// Nulls say nothing.
  init(_ segment: Segment, from start: Int, nulls: NullRule) {
    for row in 0..<segment.rowCount {
      guard let cell = segment.utf8(at: row) else { continue }
      let plain = trimmed(cell)
      if nulls.isNull(plain) { continue }
      guard let date = NumericDate(plain) else {
        hasOtherText = true
        return
      }
      note(date) { OddCell(row: start + row + 1, text: String(decoding: plain, as: UTF8.self)) }
    }
  }

  private mutating func note(_ date: NumericDate, _ cell: () -> OddCell) {
    if example == nil {
      example = cell()
      separator = Character(Unicode.Scalar(date.separator))
    }
    for order in DateOrder.allCases where against[order] == nil && !date.isDay(order) {
      against[order] = cell()
    }
    if date.hasShortYear, shortYear == nil { shortYear = cell() }
    hasPoints = hasPoints || date.separator == 0x2E
    isDateOnly = isDateOnly && !date.hasTimeOfDay
  }

  /// Adds what later rows say.
  mutating func add(_ later: DateEvidence) {
    if example == nil, later.example != nil {
      example = later.example
      separator = later.separator
    }
    against.merge(later.against) { first, _ in first }
    shortYear = shortYear ?? later.shortYear
    hasPoints = hasPoints || later.hasPoints
    isDateOnly = isDateOnly && later.isDateOnly
    hasOtherText = hasOtherText || later.hasOtherText
  }
}
