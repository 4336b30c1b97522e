import Calendars
import Columns
import Formats
import Tasks

/// What decides how the cells of known columns are read.
struct ValueRules: Sendable {
  let zones: LocalZones
  let nulls: NullRule
  /// Which number of `12/1/2016` is the month, where the user says it.
  let dates: DateOrder?
  /// Whether columns keep their names: then nothing is known by them.
  let raw: Bool
}

/// Columns whose cells are written in another way than the type, which their name or all cells
/// together tell: times as numbers, counts as `12.3K` or `1.234`, dates as `23/02/2022`.
struct KnownValues {
  private(set) var types: [DataType]
  private(set) var columns: [Column]
  /// What the report says of each change.
  private(set) var notes: [String] = []
  /// Why columns that look like something else are kept as text, by position.
  private(set) var doubts: [Int: String] = [:]

  private let workers: Workers

  /// Reads what the rules allow; without rules all stays as it is.
  init(
    names: [String], types: [DataType], columns: [Column], rules: ValueRules?, workers: Workers
  ) throws {
    self.types = types
    self.columns = columns
    self.workers = workers
    guard let rules else { return }
    let recognition = Recognition(names: names)
    for position in names.indices {
      let known = rules.raw ? nil : recognition.matches[position]
      let isTime = known?.type == .time || !rules.raw && KnownColumns.isCaptureTime(names[position])
      if types[position] == .string, known?.type != .string {
        try readDates(position, names[position], rules, isTime: isTime)
      }
      if isTime, types[position] == .int || types[position] == .float {
        readTimes(position, names[position], rules.zones)
      } else if isTime, types[position] == .date {
        self.columns[position] = columns[position].midnights(rules.zones.days)
        self.types[position] = .time
      } else if self.types[position] == .string,
        KnownColumns.isCount(names[position], known: known), !rules.raw
      {
        readCounts(position, names[position], rules.nulls)
      }
    }
  }

  private mutating func readTimes(_ position: Int, _ name: String, _ zones: LocalZones) {
    let column = columns[position]
    if column.type == .int, let range = column.integerRange, let unit = EpochUnit(range) {
      columns[position] = unit.times(of: column)
      notes.append("\(name): numbers read as \(unit.rawValue) since 1970")
    } else if let days = SpreadsheetDays(column) {
      columns[position] = days.times(zones)
      notes.append("\(name): numbers read as a spreadsheet's days since 1899-12-30")
    } else {
      return
    }
    types[position] = .time
  }

  private mutating func readCounts(_ position: Int, _ name: String, _ nulls: NullRule) {
    guard let counts = WrittenCounts(columns[position], nulls: nulls) else { return }
    columns[position] = counts.column
    types[position] = .int
    if let example = counts.grouped {
      notes.append("\(name): numbers like '\(shown(example.text))' read as \(example.value)")
    }
    if counts.roundedCount > 0 {
      notes.append(
        "\(name): \(Loading.count(counts.roundedCount, "count")) like "
          + "'\(shown(counts.roundedExample))' are rounded")
    }
  }

  private mutating func readDates(
    _ position: Int, _ name: String, _ rules: ValueRules, isTime: Bool
  ) throws {
    if rules.raw, rules.dates == nil { return }
    let dates = NumericDates(columns[position], nulls: rules.nulls, workers: workers)
    guard let found = try dates.order(given: rules.dates) else { return }
    switch found {
    case .unknown(let reason): doubts[position] = reason
    case .known(let order, let reason, let isDateOnly):
      let type: DataType = isDateOnly && !isTime ? .date : .time
      columns[position] = try dates.read(order, as: type, zones: rules.zones)
      types[position] = type
      notes.append("\(name): dates read as \(reason)")
    }
  }
}

extension Column {
  /// Days as the times at which they begin in a zone.
  fileprivate func midnights(_ zone: TimeZoneRules) -> Column {
    let times = integers(null: .min)
    let all = UnsafeMutableBufferPointer(start: times.pointer, count: times.count)
    for row in all.indices where all[row] != .min { all[row] *= 86_400_000_000 }
    let nulls = all.indices.filter { all[$0] == .min }
    for row in nulls { all[row] = 0 }
    zone.convertToUTC(UnsafeBufferPointer(all), into: all)
    for row in nulls { all[row] = .min }
    return Column(times, of: .time, cuts: segments.map(\.rowCount))
  }
}
