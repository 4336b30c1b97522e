import Columns

/// The cells of a segment by plain pointers, so that reading one counts no references.
///
/// Valid while the segment is.
struct CellSource {
  private enum Form { case bits, int8, int16, int32, int64, float64, text, codes8, codes16 }

  let type: DataType
  private let form: Form
  private let values: UnsafeRawPointer
  private let scale: Int64
  private let validity: UnsafePointer<UInt64>?
  private let offsets: UnsafePointer<UInt32>?
  private let bytes: UnsafePointer<UInt8>?

  init(_ segment: Segment, type: DataType) {
    self.type = type
    scale = segment.scale
    validity = segment.validity.map { UnsafePointer($0.words.pointer) }
    var texts: TextSlice?
    switch segment.values {
    case .bits(let bits): (form, values) = (.bits, UnsafeRawPointer(bits.words.pointer))
    case .int8(let slice): (form, values) = (.int8, UnsafeRawPointer(slice.pointer))
    case .int16(let slice): (form, values) = (.int16, UnsafeRawPointer(slice.pointer))
    case .int32(let slice): (form, values) = (.int32, UnsafeRawPointer(slice.pointer))
    case .int64(let slice): (form, values) = (.int64, UnsafeRawPointer(slice.pointer))
    case .float64(let slice): (form, values) = (.float64, UnsafeRawPointer(slice.pointer))
    case .text(let slice):
      (form, values) = (.text, UnsafeRawPointer(slice.offsets.pointer))
      texts = slice
    case .codes8(let codes, let dictionary):
      (form, values) = (.codes8, UnsafeRawPointer(codes.pointer))
      texts = dictionary.texts
    case .codes16(let codes, let dictionary):
      (form, values) = (.codes16, UnsafeRawPointer(codes.pointer))
      texts = dictionary.texts
    }
    offsets = texts.map { UnsafePointer($0.offsets.pointer) }
    bytes = texts.map { UnsafePointer($0.bytes.pointer) }
  }

  func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return validity[row >> 6] >> UInt64(row & 63) & 1 == 0
  }

  /// The value of an integer-stored or bool column; 0 or 1 for a bool.
  func integer(_ row: Int) -> Int64 {
    func stored<Stored: FixedWidthInteger>(_ type: Stored.Type) -> Int64 {
      Int64(values.assumingMemoryBound(to: type)[row]) &* scale
    }
    switch form {
    case .bits:
      return Int64(values.assumingMemoryBound(to: UInt64.self)[row >> 6] >> UInt64(row & 63) & 1)
    case .int8: return stored(Int8.self)
    case .int16: return stored(Int16.self)
    case .int32: return stored(Int32.self)
    case .int64: return stored(Int64.self)
    case .float64, .text, .codes8, .codes16: return 0
    }
  }

  func float(_ row: Int) -> Double { values.assumingMemoryBound(to: Double.self)[row] }

  func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let place =
      switch form {
      case .codes8: Int(values.assumingMemoryBound(to: UInt8.self)[row])
      case .codes16: Int(values.assumingMemoryBound(to: UInt16.self)[row])
      default: row
      }
    guard let offsets, let bytes else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = Int(offsets[place])
    return UnsafeBufferPointer(start: bytes + start, count: Int(offsets[place + 1]) - start)
  }
}
