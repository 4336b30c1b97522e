import Columns
import Formats

/// Columns that are known by name, but whose cells are written in another way than the type: times as
/// seconds since 1970, counts as `12.3K`.
struct KnownValues {
  private(set) var types: [DataType]
  private(set) var columns: [Column]
  /// What the report says of each change.
  private(set) var notes: [String] = []

  init(names: [String], types: [DataType], columns: [Column]) {
    self.types = types
    self.columns = columns
    let recognition = Recognition(names: names)
    for position in names.indices {
      let isCapture = KnownColumns.captureTimes.contains(foldedName(names[position]))
      let known = recognition.matches[position]
      if isCapture || known?.type == .time, types[position] == .int {
        readTimes(position, names[position])
      } else if known?.type == .int, known?.name != "id", types[position] == .string {
        readCounts(position, names[position])
      }
    }
  }

  private mutating func readTimes(_ position: Int, _ name: String) {
    guard let range = columns[position].integerRange, let unit = EpochUnit(range) else { return }
    let column = columns[position]
    let times = column.integers(null: .min)
    for row in 0..<times.count where times.pointer[row] != .min {
      times.pointer[row] = times.pointer[row] &* unit.micros
    }
    columns[position] = Column(times, of: .time, cuts: column.segments.map(\.rowCount))
    types[position] = .time
    notes.append("\(name): numbers read as \(unit.rawValue) since 1970")
  }

  private mutating func readCounts(_ position: Int, _ name: String) {
    let column = columns[position]
    let counts = BufferSlice<Int64>(capacity: column.rowCount)
    var (row, rounded) = (0, 0)
    var example = ""
    for segment in column.segments {
      for index in 0..<segment.rowCount {
        counts.pointer[row] = .min
        if case .string(let text) = segment.scalar(at: index, of: .string), !text.isEmpty {
          guard let count = WrittenCount(text) else { return }
          counts.pointer[row] = count.value
          if count.isRounded {
            if rounded == 0 { example = text }
            rounded += 1
          }
        }
        row += 1
      }
    }
    columns[position] = Column(counts, of: .int, cuts: column.segments.map(\.rowCount))
    types[position] = .int
    if rounded > 0 {
      notes.append(
        "\(name): \(Loading.count(rounded, "count")) like '\(example)' are rounded")
    }
  }
}

/// What a number in a column of times counts.
private enum EpochUnit: String {
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

  var micros: Int64 {
    switch self {
    case .seconds: 1_000_000
    case .milliseconds: 1000
    case .microseconds: 1
    }
  }
}
