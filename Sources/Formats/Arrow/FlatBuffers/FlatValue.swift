/// A value of a FlatBuffers message that is to be written.
indirect enum FlatValue {
  /// An integer or a flag, little endian, aligned to its size.
  case scalar([UInt8])
  case text(String)
  /// Fields by their number in the schema.
  case table([(field: Int, value: FlatValue)])
  case tables([FlatValue])
  /// A vector of structs of `width` 64-bit words.
  case words([Int64], width: Int)

  static func integer(_ value: some FixedWidthInteger) -> FlatValue {
    withUnsafeBytes(of: value.littleEndian) { .scalar(Array($0)) }
  }

  static func flag(_ value: Bool) -> FlatValue { .scalar([value ? 1 : 0]) }

  /// The message whose root is this table.
  func message() -> [UInt8] {
    var writer = FlatWriter()
    writer.writeRoot(self)
    return writer.bytes
  }
}

/// Writes values front to back: each object behind what refers to it.
private struct FlatWriter {
  private(set) var bytes: [UInt8] = []

  mutating func writeRoot(_ value: FlatValue) {
    bytes = [0, 0, 0, 0]
    refer(from: 0, to: value)
    pad(to: 8)
  }

  /// Writes an object and leads a reference to it.
  private mutating func refer(from place: Int, to value: FlatValue) {
    let target = write(value)
    set(UInt32(truncatingIfNeeded: target - place), at: place)
  }

  /// Where the object begins.
  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .scalar: preconditionFailure("a scalar is no object")
    case .text(let text):
      pad(to: 4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: text.utf8.count))
      bytes += Array(text.utf8) + [0]
      return start
    case .table(let fields): return writeTable(fields)
    case .tables(let tables):
      pad(to: 4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: tables.count))
      bytes += [UInt8](repeating: 0, count: 4 * tables.count)
      for (index, table) in tables.enumerated() { refer(from: start + 4 + 4 * index, to: table) }
      return start
    case .words(let words, let width):
      // The words behind the count are aligned.
      while bytes.count % 8 != 4 { bytes.append(0) }
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: words.count / width))
      for word in words { append(word) }
      return start
    }
  }

  private mutating func writeTable(_ fields: [(field: Int, value: FlatValue)]) -> Int {
    let fieldCount = (fields.map(\.field).max() ?? -1) + 1
    pad(to: 2)
    let directory = bytes.count
    bytes += [UInt8](repeating: 0, count: 4 + 2 * fieldCount)
    pad(to: 8)
    let table = bytes.count
    append(Int32(truncatingIfNeeded: table - directory))
    var references: [(place: Int, value: FlatValue)] = []
    for (field, value) in fields {
      if case .scalar(let scalar) = value { pad(to: scalar.count) } else { pad(to: 4) }
      set(UInt16(truncatingIfNeeded: bytes.count - table), at: directory + 4 + 2 * field)
      if case .scalar(let scalar) = value {
        bytes += scalar
      } else {
        references.append((bytes.count, value))
        bytes += [0, 0, 0, 0]
      }
    }
    set(UInt16(truncatingIfNeeded: 4 + 2 * fieldCount), at: directory)
    set(UInt16(truncatingIfNeeded: bytes.count - table), at: directory + 2)
    for (place, value) in references { refer(from: place, to: value) }
    return table
  }

  private mutating func pad(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func set(_ value: some FixedWidthInteger, at place: Int) {
    withUnsafeBytes(of: value.littleEndian) {
      bytes.replaceSubrange(place..<place + $0.count, with: $0)
    }
  }
}
