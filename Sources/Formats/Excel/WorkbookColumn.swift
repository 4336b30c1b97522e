import CXlsx
import Calendars
import Columns

/// How the cells of one column stand in a sheet.
struct WorkbookColumn {
  /// In digits.
  let width: Double
  private let isText: Bool
  private let zone: TimeZoneRules

  /// Excel keeps 15 digits of a number.
  private static let exact: Int64 = 999_999_999_999_999
  /// 1970-01-01 as Excel counts days, and the first day on which its calendar is right.
  private static let epoch = 25_569.0
  private static let firstDay = 61.0
  /// Rows that are looked at for the width.
  private static let sampled = 1000

  /// Looks at a column of a table.
  init(_ table: Table, _ position: Int, _ zone: TimeZoneRules) {
    let field = table.schema.fields[position]
    let column = table.columns[position]
    self.zone = zone
    let range = column.integerRange
    let isLong = range.map { $0.lowerBound < -Self.exact || $0.upperBound > Self.exact } ?? false
    let isKey =
      field.name == "id" || field.name.hasSuffix("_id")
      || field.name == table.properties.keyColumn
    isText = field.type == .int && (isLong || isKey)
    width = Self.width(column, named: field.name)
  }

  private static func width(_ column: Column, named name: String) -> Double {
    switch column.type {
    case .time: return 20
    case .date: return 12
    default: break
    }
    var longest = name.count
    guard let segment = column.segments.first else { return Double(longest + 2) }
    for row in 0..<min(segment.rowCount, sampled) {
      let cell = segment.scalar(at: row, of: column.type)
      switch cell {
      case .string(let text): longest = max(longest, text.count)
      case .int(let value): longest = max(longest, value.description.count)
      default: longest = max(longest, 8)
      }
    }
    return Double(min(longest, 60) + 2)
  }

  /// Writes a cell that is not null; 1 where its text was cut.
  func write(
    _ source: CellSource, _ place: Int, _ workbook: OpaquePointer, _ row: UInt32, _ column: UInt16
  ) -> Int {
    switch source.type {
    case .string:
      let text = source.text(place)
      return Int(decoy_workbook_text(workbook, row, column, text.baseAddress, text.count))
    case .int where isText:
      write(source.integer(place).description, workbook, row, column)
    case .int: decoy_workbook_number(workbook, row, column, Double(source.integer(place)))
    case .float:
      let value = source.float(place)
      if value.isFinite { decoy_workbook_number(workbook, row, column, value) }
    case .bool: decoy_workbook_bool(workbook, row, column, Int32(source.integer(place)))
    case .date:
      let days = source.integer(place)
      write(Double(days), false, workbook, row, column) { formatDate(days: Int(days)) }
    case .time:
      let micros = source.integer(place)
      let seconds = Int((Double(micros) / 1_000_000).rounded(.down))
      let local = micros &+ Int64(zone.offsetSeconds(atUTC: seconds)) &* 1_000_000
      write(Double(local) / 86_400_000_000, true, workbook, row, column) {
        formatTime(micros: micros, zone: zone)
      }
    case .duration:
      write(formatDuration(micros: source.integer(place)), workbook, row, column)
    }
    return 0
  }

  private func write(
    _ days: Double, _ hasTime: Bool, _ workbook: OpaquePointer, _ row: UInt32, _ column: UInt16,
    asText text: () -> String
  ) {
    let counted = days + Self.epoch
    // Excel's calendar ends with the year 9999.
    guard counted >= Self.firstDay, counted < 2_958_466 else {
      return write(text(), workbook, row, column)
    }
    decoy_workbook_time(workbook, row, column, counted, hasTime ? 1 : 0)
  }

  private func write(
    _ text: String, _ workbook: OpaquePointer, _ row: UInt32, _ column: UInt16
  ) {
    var text = text
    text.withUTF8 { _ = decoy_workbook_text(workbook, row, column, $0.baseAddress, $0.count) }
  }
}
