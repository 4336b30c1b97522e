extension Column {
  /// Whether another column is this one: the same memory, cut at the same rows.
  ///
  /// Equal values elsewhere do not count. O(segments).
  package func isSame(as other: Column) -> Bool {
    segments.count == other.segments.count
      && zip(segments, other.segments).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Segment {
  fileprivate func isSame(as other: Segment) -> Bool {
    rowCount == other.rowCount && scale == other.scale && values.base == other.values.base
      && dictionary === other.dictionary
      && validity?.words.pointer == other.validity?.words.pointer
  }
}

extension Segment.Values {
  /// Where the values begin; of texts, their offsets.
  package var base: UnsafeRawPointer {
    switch self {
    case .bits(let bits): UnsafeRawPointer(bits.words.pointer)
    case .int8(let slice): UnsafeRawPointer(slice.pointer)
    case .int16(let slice): UnsafeRawPointer(slice.pointer)
    case .int32(let slice): UnsafeRawPointer(slice.pointer)
    case .int64(let slice): UnsafeRawPointer(slice.pointer)
    case .float64(let slice): UnsafeRawPointer(slice.pointer)
    case .text(let texts): UnsafeRawPointer(texts.offsets.pointer)
    case .codes8(let codes, _): UnsafeRawPointer(codes.pointer)
    case .codes16(let codes, _): UnsafeRawPointer(codes.pointer)
    }
  }
}
