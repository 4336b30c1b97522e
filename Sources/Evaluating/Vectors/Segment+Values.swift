import Columns

extension Segment.Values {
  /// The bytes of a stored integer; 1 for other forms.
  var byteWidth: Int {
    switch self {
    case .int16: 2
    case .int32: 4
    case .int64: 8
    case .bits, .int8, .float64, .text, .codes8, .codes16: 1
    }
  }

  /// What tells the forms from each other.
  var form: Int {
    switch self {
    case .bits: 0
    case .int8: 1
    case .int16: 2
    case .int32: 3
    case .int64: 4
    case .float64: 5
    case .text: 6
    case .codes8: 7
    case .codes16: 8
    }
  }

  var int8: UnsafePointer<Int8>? {
    if case .int8(let slice) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  var int16: UnsafePointer<Int16>? {
    if case .int16(let slice) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  var int32: UnsafePointer<Int32>? {
    if case .int32(let slice) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  var int64: UnsafePointer<Int64>? {
    if case .int64(let slice) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  var codes8: UnsafePointer<UInt8>? {
    if case .codes8(let slice, _) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  var codes16: UnsafePointer<UInt16>? {
    if case .codes16(let slice, _) = self { UnsafePointer(slice.pointer) } else { nil }
  }

  /// A stored integer; 0 in other forms.
  func integer(at row: Int) -> Int64 {
    switch self {
    case .int8(let slice): Int64(slice.pointer[row])
    case .int16(let slice): Int64(slice.pointer[row])
    case .int32(let slice): Int64(slice.pointer[row])
    case .int64(let slice): slice.pointer[row]
    case .bits, .float64, .text, .codes8, .codes16: 0
    }
  }
}

/// Where the texts of a segment are, whatever its form.
struct TextPlaces: @unchecked Sendable {
  // @unchecked: the pointers lead into a segment that its holder keeps alive and nobody writes.
  private let offsets: UnsafePointer<UInt32>?
  private let bytes: UnsafePointer<UInt8>?
  private let codes8: UnsafePointer<UInt8>?
  private let codes16: UnsafePointer<UInt16>?
  private let limit: Int

  init(_ values: Segment.Values) {
    codes8 = values.codes8
    codes16 = values.codes16
    let texts: TextSlice?
    switch values {
    case .text(let slice): texts = slice
    case .codes8(_, let dictionary), .codes16(_, let dictionary): texts = dictionary.texts
    default: texts = nil
    }
    offsets = texts.map { UnsafePointer($0.offsets.pointer) }
    bytes = texts.map { UnsafePointer($0.bytes.pointer) }
    limit = texts?.rowCount ?? 0
  }

  /// The bytes of a row; empty for a code that the dictionary lacks, as may stand under a null.
  func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let index = codes8.map { Int($0[row]) } ?? codes16.map { Int($0[row]) } ?? row
    guard let offsets, let bytes, index < limit else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    let start = Int(offsets[index])
    return UnsafeBufferPointer(start: bytes + start, count: Int(offsets[index + 1]) - start)
  }
}
