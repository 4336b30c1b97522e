import Calendars
import Columns

/// What a number in a column of times counts.
enum EpochUnit: String {
  case seconds, milliseconds, microseconds

  /// By the size of the numbers: between 1973 and 2100 no two units agree.
  init?(_ range: ClosedRange<Int64>) {
    func isWithin(_ factor: Int64) -> Bool {
      range.lowerBound >= 100_000_000 * factor && range.upperBound < 4_102_444_800 * factor
    }
    if isWithin(1) {
      self = .seconds
    } else if isWithin(1000) {
      self = .milliseconds
    } else if isWithin(1_000_000) {
      self = .microseconds
    } else {
      return nil
    }
  }

  /// The integers of a column as times.
  func times(of column: Column) -> Column {
    let times = column.integers(null: .min)
    for row in 0..<times.count where times.pointer[row] != .min {
      times.pointer[row] = times.pointer[row] &* micros
    }
    return Column(times, of: .time, cuts: column.segments.map(\.rowCount))
  }

  private var micros: Int64 {
    switch self {
    case .seconds: 1_000_000
    case .milliseconds: 1000
    case .microseconds: 1
    }
  }
}

/// A column of times that a spreadsheet wrote as numbers: days since 1899-12-30 on the local clock,
/// the time of day as a fraction.
struct SpreadsheetDays {
  private let column: Column
  private let days: BufferSlice<Double>
  private let isDateOnly: Bool

  /// 1970-01-01 in a spreadsheet.
  private static let unixStart = 25_569.0
  /// From 1954 to 2064: no seconds since 1970, and hardly a count.
  private static let range = 20_000.0..<60_000.0

  /// Takes numbers; nil when not all are such days, or none is there.
  init?(_ column: Column) {
    self.column = column
    days = column.doubles()
    var (isWhole, hasDays) = (true, false)
    for row in 0..<days.count {
      let day = days.pointer[row]
      if day.isNaN { continue }
      guard SpreadsheetDays.range.contains(day) else { return nil }
      hasDays = true
      isWhole = isWhole && day == day.rounded()
    }
    guard hasDays else { return nil }
    isDateOnly = isWhole
  }

  /// The times, to the second, as spreadsheets show them.
  func times(_ zones: LocalZones) -> Column {
    let times = BufferSlice<Int64>(capacity: days.count)
    for row in 0..<days.count {
      let seconds = ((days.pointer[row] - SpreadsheetDays.unixStart) * 86_400).rounded()
      times.pointer[row] = seconds.isNaN ? 0 : Int64(seconds) * 1_000_000
    }
    let all = UnsafeMutableBufferPointer(start: times.pointer, count: times.count)
    (isDateOnly ? zones.days : zones.times).convertToUTC(UnsafeBufferPointer(all), into: all)
    for row in 0..<days.count where days.pointer[row].isNaN { times.pointer[row] = .min }
    return Column(times, of: .time, cuts: column.segments.map(\.rowCount))
  }
}
