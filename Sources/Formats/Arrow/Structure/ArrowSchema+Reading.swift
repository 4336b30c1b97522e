extension ArrowSchema {
  /// As the metadata says it.
  init(_ table: FlatTable) throws(ArrowProblem) {
    guard try table.integer(0, default: Int16(0)) == 0 else {
      throw .unsupported(
        "its numbers are big-endian", hint: "write it on a little-endian machine, as nearly all are"
      )
    }
    fields = []
    for field in try table.tables(1) ?? [] { fields.append(try ArrowField(field, depth: 0)) }
    metadata = try keyValues(table.tables(2))
  }
}

/// The pairs of a list of keys and values.
func keyValues(_ tables: [FlatTable]?) throws(ArrowProblem) -> [(key: String, value: String)] {
  var pairs: [(key: String, value: String)] = []
  for table in tables ?? [] {
    pairs.append((try table.text(0) ?? "", try table.text(1) ?? ""))
  }
  return pairs
}

extension ArrowField {
  private static let deepest = 64

  init(_ table: FlatTable, depth: Int) throws(ArrowProblem) {
    guard depth < ArrowField.deepest else {
      throw .unsupported("its columns are nested deeper than \(ArrowField.deepest)")
    }
    name = try table.text(0) ?? ""
    type = try ArrowType(kind: table.integer(2, default: UInt8(0)), table.table(3))
    for child in try table.tables(5) ?? [] {
      children.append(try ArrowField(child, depth: depth + 1))
    }
    guard type.childCounts.contains(children.count) else {
      throw .damaged("a column has a wrong number of parts")
    }
    if let encoding = try table.table(4) {
      let index = try encoding.table(1)
      dictionary = Dictionary(
        id: try encoding.integer(0, default: Int64(0)),
        indexType: index == nil
          ? .integer(bits: 32, isSigned: true) : try ArrowType(kind: 2, index))
    }
    metadata = try keyValues(table.tables(6))
  }
}

extension ArrowType {
  /// The type of a number of the format's union, and its parameters.
  fileprivate init(kind: UInt8, _ table: FlatTable?) throws(ArrowProblem) {
    guard let table else { throw .damaged("a column has no type") }
    switch kind {
    case 1: self = .null
    case 2: self = try .integer(bits: Self.bits(table, 0), isSigned: table.flag(1))
    case 3:
      let precision = try table.integer(0, default: Int16(0))
      guard (0...2).contains(precision) else { throw .damaged("a float of no known precision") }
      self = .float(bits: 16 << Int(precision))
    case 4: self = .binary(isLarge: false)
    case 5: self = .text(isLarge: false)
    case 6: self = .bool
    case 7:
      let bits = Int(try table.integer(2, default: Int32(128)))
      let scale = Int(try table.integer(1, default: Int32(0)))
      guard [32, 64, 128, 256].contains(bits), abs(scale) <= 1000 else {
        throw .damaged("a decimal of \(bits) bits")
      }
      self = .decimal(scale: scale, bits: bits)
    case 8: self = try table.integer(0, default: Int16(1)) == 0 ? .days : .dayMillis
    case 9:
      let unit = try Unit(table.integer(0, default: Int16(1)))
      let bits = Int(try table.integer(1, default: Int32(32)))
      guard bits == (unit == .seconds || unit == .milliseconds ? 32 : 64) else {
        throw .damaged("a time of day of \(bits) bits")
      }
      self = .timeOfDay(unit, bits: bits)
    case 10: self = try .timestamp(Unit(table.integer(0, default: Int16(0))), zone: table.text(1))
    case 11:
      guard let interval = Interval(rawValue: try table.integer(0, default: Int16(0))) else {
        throw .damaged("an interval of no known unit")
      }
      self = .interval(interval)
    case 12: self = .list(isLarge: false)
    case 13: self = .structure
    case 15: self = .fixedBinary(width: try Self.count(table, 0))
    case 16: self = .fixedList(count: try Self.count(table, 0))
    case 17: self = .map
    case 18: self = try .duration(Unit(table.integer(0, default: Int16(1))))
    case 19: self = .binary(isLarge: true)
    case 20: self = .text(isLarge: true)
    case 21: self = .list(isLarge: true)
    case 23: self = .binaryView
    case 24: self = .textView
    case 14: self = .other("union")
    case 22: self = .other("run-end encoded")
    case 25, 26: self = .other("list view")
    default: throw .damaged("a column of a type that the format does not have")
    }
  }

  private static func bits(_ table: FlatTable, _ field: Int) throws(ArrowProblem) -> Int {
    let bits = Int(try table.integer(field, default: Int32(0)))
    guard [8, 16, 32, 64].contains(bits) else { throw .damaged("an integer of \(bits) bits") }
    return bits
  }

  private static func count(_ table: FlatTable, _ field: Int) throws(ArrowProblem) -> Int {
    let count = Int(try table.integer(field, default: Int32(0)))
    guard count >= 0, count <= 1 << 24 else { throw .damaged("a fixed size of \(count)") }
    return count
  }
}

extension ArrowType.Unit {
  fileprivate init(_ number: Int16) throws(ArrowProblem) {
    let all: [ArrowType.Unit] = [.seconds, .milliseconds, .microseconds, .nanoseconds]
    guard all.indices.contains(Int(number)) else { throw .damaged("a time of no known unit") }
    self = all[Int(number)]
  }
}
