import Columns

/// How a column of a table stands in an Arrow file: one type for all its segments.
struct ArrowOutput {
  let field: ArrowField
  /// The texts of a column of codes, all segments' together.
  let dictionary: OutputDictionary?
  private let column: Column

  /// Finds the widest type of all segments; `number` is that of its dictionary.
  init(_ column: Column, _ field: Field, number: Int) throws(ArrowProblem) {
    self.column = column
    dictionary = column.type == .string ? OutputDictionary(column) : nil
    let type = dictionary == nil ? try Self.type(of: column) : .text(isLarge: false)
    var made = ArrowField(name: field.name, type: type)
    if let dictionary {
      made.dictionary = ArrowField.Dictionary(
        id: Int64(number),
        indexType: .integer(bits: dictionary.texts.count <= 256 ? 8 : 16, isSigned: false))
    }
    if let original = field.originalName {
      made.metadata = [(SnapshotMetadata.originalName, original)]
    }
    self.field = made
  }

  private static func type(of column: Column) throws(ArrowProblem) -> ArrowType {
    switch column.type {
    case .bool: return .bool
    case .float: return .float(bits: 64)
    case .string:
      let longest = column.segments.map(\.textByteCount).max() ?? 0
      return .text(isLarge: longest > Int(Int32.max))
    case .int:
      let width = column.segments.map(\.integerWidth).max() ?? 1
      return .integer(bits: 8 * width, isSigned: true)
    case .date:
      if let range = column.integerRange {
        guard range.lowerBound >= Int32.min, range.upperBound <= Int32.max else {
          throw .unsupported("a column has dates beyond the 32 bits that Arrow has for them")
        }
      }
      return .days
    case .time: return .timestamp(unit(of: column), zone: "UTC")
    case .duration: return .duration(unit(of: column))
    }
  }

  /// Seconds, where all segments are stored so.
  private static func unit(of column: Column) -> ArrowType.Unit {
    let isSeconds = !column.segments.isEmpty && column.segments.allSatisfy { $0.scale == 1_000_000 }
    return isSeconds ? .seconds : .microseconds
  }

  /// The buffers of a segment in the order of the format.
  func buffers(_ index: Int) -> [BufferSlice<UInt8>] {
    let segment = column.segments[index]
    let validity =
      segment.statistics.nullCount == 0 ? nil : segment.validity?.cleanBytes(segment.rowCount)
    let first = validity ?? BufferSlice<UInt8>(capacity: 0)
    if segment.rowCount == 0 { return [first] + emptyBuffers }
    if let dictionary { return [first, dictionary.codes(of: segment, field.stored.width == 1)] }
    switch segment.values {
    case .bits(let bits): return [first, bits.cleanBytes(segment.rowCount)]
    case .float64(let slice): return [first, slice.prefix(segment.rowCount).asBytes]
    case .int8(let slice): return [first, integers(slice, segment)]
    case .int16(let slice): return [first, integers(slice, segment)]
    case .int32(let slice): return [first, integers(slice, segment)]
    case .int64(let slice): return [first, integers(slice, segment)]
    case .text, .codes8, .codes16: return [first] + segment.textBuffers(isLarge: isLargeText)
    }
  }

  private var isLargeText: Bool { field.type == .text(isLarge: true) }

  private var emptyBuffers: [BufferSlice<UInt8>] {
    let isText = dictionary == nil && column.type == .string
    let offset = BufferSlice<UInt8>(zeroed: isText ? field.type.offsetWidth ?? 0 : 0)
    return isText ? [offset, BufferSlice(capacity: 0)] : [offset]
  }

  private func integers<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, _ segment: Segment
  ) -> BufferSlice<UInt8> {
    var unit: Int64 = 1
    if case .timestamp(.seconds, _) = field.type { unit = 1_000_000 }
    if case .duration(.seconds) = field.type { unit = 1_000_000 }
    let factor = segment.scale / unit
    switch field.type.width {
    case 1: return widened(slice, segment.rowCount, by: factor, to: Int8.self)
    case 2: return widened(slice, segment.rowCount, by: factor, to: Int16.self)
    case 4: return widened(slice, segment.rowCount, by: factor, to: Int32.self)
    default: return widened(slice, segment.rowCount, by: factor, to: Int64.self)
    }
  }
}

/// The values in another width; the memory itself where it is the same.
private func widened<
  Stored: FixedWidthInteger & BitwiseCopyable & Sendable,
  Wide: FixedWidthInteger & BitwiseCopyable & Sendable
>(
  _ slice: BufferSlice<Stored>, _ rows: Int, by factor: Int64, to type: Wide.Type
) -> BufferSlice<UInt8> {
  if Stored.self == Wide.self, factor == 1 { return slice.prefix(rows).asBytes }
  let wide = BufferSlice<Wide>(capacity: rows)
  // What stands under a null may not fit.
  let factor = Wide(truncatingIfNeeded: factor)
  for row in 0..<rows { wide.pointer[row] = Wide(truncatingIfNeeded: slice.pointer[row]) &* factor }
  return wide.asBytes
}

extension BufferSlice {
  /// The memory as bytes.
  var asBytes: BufferSlice<UInt8> {
    BufferSlice<UInt8>(
      buffer: buffer, byteOffset: UnsafeRawPointer(pointer) - UnsafeRawPointer(buffer.base),
      count: count * MemoryLayout<Element>.stride)
  }
}

extension Bitmap {
  /// The bits of the first rows, spare ones 0, as bytes.
  func cleanBytes(_ rows: Int) -> BufferSlice<UInt8> {
    prefix(rows).words.asBytes.prefix((rows + 7) / 8)
  }
}

extension Segment {
  /// The bytes of a stored integer; 1 for other segments.
  fileprivate var integerWidth: Int {
    switch values {
    case .int16: 2
    case .int32: 4
    case .int64: 8
    default: 1
    }
  }

  /// The bytes of its texts.
  fileprivate var textByteCount: Int {
    switch values {
    case .text(let texts):
      Int(texts.offsets.pointer[rowCount]) - Int(texts.offsets.pointer[0])
    case .codes8(let codes, let dictionary):
      (0..<rowCount).reduce(0) { $0 + dictionary.texts.utf8(at: Int(codes.pointer[$1])).count }
    case .codes16(let codes, let dictionary):
      (0..<rowCount).reduce(0) { $0 + dictionary.texts.utf8(at: Int(codes.pointer[$1])).count }
    default: 0
    }
  }

  /// Offsets from 0, and texts.
  fileprivate func textBuffers(isLarge: Bool) -> [BufferSlice<UInt8>] {
    let texts = plainTexts
    let first = texts.offsets.pointer[0]
    let count = Int(texts.offsets.pointer[rowCount] - first)
    let bytes = texts.bytes.part(Int(first)..<Int(first) + count)
    if isLarge {
      let offsets = BufferSlice<UInt64>(capacity: rowCount + 1)
      for row in 0...rowCount { offsets.pointer[row] = UInt64(texts.offsets.pointer[row] - first) }
      return [offsets.asBytes, bytes]
    }
    if first == 0 { return [texts.offsets.prefix(rowCount + 1).asBytes, bytes] }
    let offsets = BufferSlice<UInt32>(capacity: rowCount + 1)
    for row in 0...rowCount { offsets.pointer[row] = texts.offsets.pointer[row] - first }
    return [offsets.asBytes, bytes]
  }

  /// The texts themselves, also where codes are stored.
  private var plainTexts: TextSlice {
    var builder = TextBuilder()
    switch values {
    case .text(let texts): return texts
    case .codes8(let codes, let dictionary):
      for row in 0..<rowCount {
        builder.append(utf8: dictionary.texts.utf8(at: Int(codes.pointer[row])))
      }
    case .codes16(let codes, let dictionary):
      for row in 0..<rowCount {
        builder.append(utf8: dictionary.texts.utf8(at: Int(codes.pointer[row])))
      }
    default: preconditionFailure("no texts in this segment")
    }
    return builder.finish()
  }
}
