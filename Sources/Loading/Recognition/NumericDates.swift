import Calendars
import Columns
import Formats
import Tasks

/// A text column of dates like `23/02/2022`, of which all cells together say which number is the month.
struct NumericDates {
  /// What the cells say.
  enum Finding {
    /// The order, in words with the reason, and whether no cell has a time of day.
    case known(DateOrder, String, isDateOnly: Bool)
    /// Why the cells are kept as text.
    case unknown(String)
  }

  private let column: Column
  private let nulls: NullRule
  private let workers: Workers

  init(_ column: Column, nulls: NullRule, workers: Workers) {
    (self.column, self.nulls, self.workers) = (column, nulls, workers)
  }

  /// The order of day and month, as given or as the cells say; nil when the first is no such date, or a
  /// later one is not, which the report says of any text.
  ///
  /// Some 60 ns a cell.
  func order(given: DateOrder?) throws -> Finding? {
    guard beginsWithDate else { return nil }
    let starts = column.segmentStarts
    let parts = try workers.map(column.segments.count) { _, index in
      DateEvidence(column.segments[index], from: starts[index], nulls: nulls)
    }
    var all = DateEvidence()
    for part in parts { all.add(part) }
    guard !all.hasOtherText, let example = all.example else { return nil }
    if let given { return finding(given, all, example) }
    let wanted = "with dates = \"dmy\" or \"mdy\" they are read"
    if let short = all.shortYear {
      return .unknown("dates like \(short) may begin with their year; \(wanted)")
    }
    switch (all.against[.dayFirst], all.against[.monthFirst]) {
    case (nil, nil) where all.hasPoints:
      return known(.dayFirst, all, ", as dates with points are")
    case (nil, nil):
      return .unknown("dates like \(example) do not say which is the month; \(wanted)")
    case (nil, let cell?):
      return known(.dayFirst, all, ", as \(cell) shows")
    case (let cell?, nil):
      return known(.monthFirst, all, ", as \(cell) shows")
    case (let one?, let other?):
      if one.row == other.row { return .unknown("\(one) is no date") }
      return .unknown("\(other) begins with its day, \(one) with its month")
    }
  }

  /// The cells as dates or times; a day begins where it does in the zone.
  func read(_ order: DateOrder, as type: DataType, zones: LocalZones) throws -> Column {
    let zones = type == .date ? LocalZones(.utc) : zones
    let values = BufferSlice<Int64>(capacity: column.rowCount)
    let starts = column.segmentStarts
    try workers.forEach(starts.count) { _, index in
      let (segment, out) = (column.segments[index], values.pointer + starts[index])
      for row in 0..<segment.rowCount {
        let date = segment.utf8(at: row).flatMap { NumericDate(trimmed($0)) }
        let micros = date?.time(order, zones: zones)?.micros
        out[row] = micros.map { type == .date ? $0 / 86_400_000_000 : $0 } ?? .min
      }
    }
    return Column(values, of: type, cuts: column.segments.map(\.rowCount))
  }

  private func finding(_ given: DateOrder, _ all: DateEvidence, _ example: OddCell) -> Finding {
    if let cell = all.against[given] {
      return .unknown("\(cell) is no \(given.pattern(all.separator))")
    }
    return known(given, all, ", as dates = \"\(given.rawValue)\" says")
  }

  private func known(_ order: DateOrder, _ all: DateEvidence, _ reason: String) -> Finding {
    .known(order, order.pattern(all.separator) + reason, isDateOnly: all.isDateOnly)
  }

  /// Whether the first cell with a value is such a date.
  private var beginsWithDate: Bool {
    for segment in column.segments {
      for row in 0..<segment.rowCount {
        guard let cell = segment.utf8(at: row) else { continue }
        let plain = trimmed(cell)
        if nulls.isNull(plain) { continue }
        return NumericDate(plain) != nil
      }
    }
    return false
  }
}
