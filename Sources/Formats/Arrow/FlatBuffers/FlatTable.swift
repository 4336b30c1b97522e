/// A table of a FlatBuffers message; fields go by their number in the schema.
struct FlatTable {
  private let source: FlatBytes
  private let position: Int
  private let fieldPlaces: Int
  private let fieldCount: Int

  /// The table at a place.
  init(_ source: FlatBytes, at position: Int) throws(ArrowProblem) {
    self.source = source
    self.position = position
    let directory = position - Int(try source.integer(Int32.self, at: position))
    let size = Int(try source.integer(UInt16.self, at: directory))
    guard size >= 4, size % 2 == 0 else { throw .damaged("a table of the metadata has no fields") }
    _ = try source.integer(UInt16.self, at: directory + size - 2)
    fieldPlaces = directory + 4
    fieldCount = (size - 4) / 2
  }

  /// Where a field is; nil when the table leaves it out.
  private func place(_ field: Int) throws(ArrowProblem) -> Int? {
    if field >= fieldCount { return nil }
    let offset = Int(try source.integer(UInt16.self, at: fieldPlaces + 2 * field))
    return offset == 0 ? nil : position + offset
  }

  /// An integer, or what stands for one that is left out.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, default standard: Value
  ) throws(ArrowProblem) -> Value {
    guard let place = try place(field) else { return standard }
    return try source.integer(Value.self, at: place)
  }

  func flag(_ field: Int) throws(ArrowProblem) -> Bool {
    try integer(field, default: UInt8(0)) != 0
  }

  /// A text; bytes that are not UTF-8 are repaired.
  func text(_ field: Int) throws(ArrowProblem) -> String? {
    guard let place = try place(field) else { return nil }
    let (start, count) = try source.vector(at: try source.target(at: place), size: 1)
    return String(decoding: source.bytes[start..<start + count], as: UTF8.self)
  }

  func table(_ field: Int) throws(ArrowProblem) -> FlatTable? {
    guard let place = try place(field) else { return nil }
    return try FlatTable(source, at: try source.target(at: place))
  }

  /// A vector of tables; nil when it is left out.
  func tables(_ field: Int) throws(ArrowProblem) -> [FlatTable]? {
    guard let place = try place(field) else { return nil }
    let (start, count) = try source.vector(at: try source.target(at: place), size: 4)
    var tables: [FlatTable] = []
    for index in 0..<count {
      tables.append(try FlatTable(source, at: try source.target(at: start + 4 * index)))
    }
    return tables
  }

  /// A vector of structs of `width` 64-bit words, word after word; empty when it is left out.
  func words(_ field: Int, width: Int) throws(ArrowProblem) -> [Int64] {
    guard let place = try place(field) else { return [] }
    let (start, count) = try source.vector(at: try source.target(at: place), size: 8 * width)
    return source.bytes.withUnsafeBytes { bytes in
      (0..<count * width).map {
        Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8 * $0, as: Int64.self))
      }
    }
  }
}
