import Columns

extension Vector {
  /// The rows of a segment as a vector that borrows its memory; `rows` starts at a multiple of 64.
  ///
  /// Bits behind the last row are those of the segment's next rows.
  static func of(segment: Segment, type: DataType, rows: Range<Int>) -> Vector {
    let first = rows.lowerBound
    precondition(
      first & 63 == 0 && rows.upperBound <= segment.rowCount, "a block that segments do not have")
    let validity = segment.validity.map { UnsafePointer($0.words.pointer + first / 64) }
    return Vector(
      count: rows.count, type: type, storage: Storage(segment.values, from: first),
      scale: segment.scale, validity: validity, faults: nil,
      range: segment.statistics.integerRange)
  }
}

extension Vector.Storage {
  /// The values of a segment from a row on.
  fileprivate init(_ values: Segment.Values, from first: Int) {
    switch values {
    case .bits(let bits): self = .bits(UnsafePointer(bits.words.pointer + first / 64))
    case .int8(let slice): self = .int8(UnsafePointer(slice.pointer + first))
    case .int16(let slice): self = .int16(UnsafePointer(slice.pointer + first))
    case .int32(let slice): self = .int32(UnsafePointer(slice.pointer + first))
    case .int64(let slice): self = .int64(UnsafePointer(slice.pointer + first))
    case .float64(let slice): self = .float64(UnsafePointer(slice.pointer + first))
    case .text(let texts):
      self = .text(
        offsets: UnsafePointer(texts.offsets.pointer + first),
        bytes: UnsafePointer(texts.bytes.pointer))
    case .codes8(let codes, let dictionary):
      self = .codes8(UnsafePointer(codes.pointer + first), dictionary)
    case .codes16(let codes, let dictionary):
      self = .codes16(UnsafePointer(codes.pointer + first), dictionary)
    }
  }
}
