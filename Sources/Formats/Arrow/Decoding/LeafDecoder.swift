import Calendars
import Columns
import Tasks

/// Turns the rows of a leaf into a column.
struct LeafDecoder {
  let rows: LeafRows
  let zone: TimeZoneRules
  let workers: Workers
  private(set) var notes: [String] = []

  init(rows: LeafRows, zone: TimeZoneRules, workers: Workers) {
    self.rows = rows
    self.zone = zone
    self.workers = workers
  }

  private var type: ArrowType { rows.leaf.field.type }

  /// The column, in the nearest of Decoy's types.
  mutating func column() throws -> Column {
    switch type {
    case .bool: return try rows.flags(workers: workers)
    case .float: return try rows.floats(workers: workers) { $0.float($1) }
    case .integer(64, false): return try unsigned()
    case .integer: return try integers(IntegerRule(type: .int))
    case .days: return try integers(IntegerRule(type: .date))
    case .dayMillis: return try integers(IntegerRule(type: .date, divisor: 86_400_000))
    case .timestamp(let unit, let named):
      let isLocal = (named ?? "").isEmpty && zone.identifier != "UTC"
      return try times(.time, unit, isLocal ? zone : nil)
    case .duration(let unit): return try times(.duration, unit, nil)
    case .decimal(let scale, let bits): return try decimals(scale, bits)
    case .text, .textView: return try texts()
    case .binary, .binaryView, .fixedBinary: return try binary()
    case .list, .fixedList, .map, .structure:
      notes.append("lists and the like are JSON text")
      return try described { (array, row, out) throws(ArrowProblem) in
        try appendArrowJSON(array, row, depth: 0, to: &out)
      }
    case .timeOfDay, .interval, .null, .other:
      return try described { (array, row, out) throws(ArrowProblem) in
        out += Array(arrowText(array, row).utf8)
      }
    }
  }

  private mutating func integers(_ rule: IntegerRule) throws -> Column {
    let (column, lost) = try rows.integers(rule, workers: workers)
    if lost > 0 {
      notes.append("\(lost) values beyond the range of a \(rule.type.rawValue) are null")
    }
    return column
  }

  private mutating func times(
    _ type: DataType, _ unit: ArrowType.Unit, _ zone: TimeZoneRules?
  ) throws -> Column {
    var rule = IntegerRule(type: type, factor: max(1, 1_000_000 / unit.rawValue), zone: zone)
    if unit == .nanoseconds {
      rule.divisor = 1000
      if try holds({ $0.integer($1) % 1000 != 0 }) {
        notes.append("nanoseconds are cut to microseconds")
      }
    }
    return try integers(rule)
  }

  /// Numbers without sign that are too large are text, with every digit.
  private mutating func unsigned() throws -> Column {
    guard try holds({ $0.integer($1) < 0 }) else { return try integers(IntegerRule(type: .int)) }
    notes.append("numbers beyond \(Int64.max) are kept as text")
    return try described { (array, row, out) throws(ArrowProblem) in
      out += Array(UInt64(bitPattern: array.integer(row)).description.utf8)
    }
  }

  private mutating func decimals(_ scale: Int, _ bits: Int) throws -> Column {
    if scale == 0, bits <= 128,
      try !holds({ Int64(exactly: $0.decimal($1, bits: bits)) == nil })
    {
      return try rows.wideIntegers(bits: bits, workers: workers)
    }
    notes.append("decimals are read as floats")
    return try rows.floats(workers: workers) { $0.decimalValue($1, scale: scale, bits: bits) }
  }

  private mutating func texts() throws -> Column {
    let made =
      rows.leaf.field.dictionary == nil ? nil : try rows.codes(workers: workers)
    let (column, repairs) =
      try made
      ?? rows.texts(workers: workers) { (array, row, out) throws(ArrowProblem) in
        out.append(contentsOf: array.bytes(row))
      }
    if repairs > 0 { notes.append("\(repairs) bytes that are not UTF-8 became U+FFFD") }
    return column
  }

  /// Text where all of it is, else hexadecimal digits.
  private mutating func binary() throws -> Column {
    let isText = try !holds { array, row in
      let bytes = array.bytes(row)
      return bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil
    }
    if isText { return try texts() }
    notes.append("bytes are hexadecimal digits")
    return try described { (array, row, out) throws(ArrowProblem) in
      appendHexadecimal(array.bytes(row), to: &out)
    }
  }

  private func described(
    _ text: @Sendable (ArrowArray, Int, inout [UInt8]) throws(ArrowProblem) -> Void
  ) throws -> Column {
    try rows.texts(workers: workers, text).column
  }

  /// Whether some value is so.
  private func holds(_ isSo: @Sendable (ArrowArray, Int) -> Bool) throws -> Bool {
    let found = try workers.map(rows.cuts.count) { _, index in
      var found = false
      try rows.forEachPart(of: rows.cuts[index]) { (piece, own, _) throws(ArrowProblem) in
        for row in own where !found {
          if let (array, source) = try piece.place(row) { found = isSo(array, source) }
        }
      }
      return found
    }
    return found.contains(true)
  }
}
