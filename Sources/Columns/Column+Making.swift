/// Whole columns from flat memory, cut into segments of given sizes.
extension Column {
  /// An integer-stored or bool column.
  ///
  /// Rows that hold `null` are null. Shares the memory.
  package init(
    _ values: BufferSlice<Int64>, of type: DataType, null: Int64 = .min, cuts: [Int]
  ) {
    self.init(type: type, values.count, cuts) { rows in
      let own = UnsafeBufferPointer(rebasing: values.elements[rows])
      if type == .bool {
        let bytes = own.map { UInt8($0 > 0 ? 1 : 0) }
        return (.bits(bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) }), own.map { $0 != null })
      }
      precondition(type.isStoredAsInteger, "integers in a column of \(type)")
      return (.int64(values.part(rows)), own.map { $0 != null })
    }
  }

  /// A float column.
  ///
  /// Rows that are NaN are null. Shares the memory.
  package init(_ values: BufferSlice<Double>, cuts: [Int]) {
    self.init(type: .float, values.count, cuts) { rows in
      (.float64(values.part(rows)), values.elements[rows].map { !$0.isNaN })
    }
  }

  /// A text column of codes of a dictionary.
  ///
  /// Codes that it has not are null. Shares the memory.
  package init(_ codes: BufferSlice<UInt8>, in dictionary: TextDictionary, cuts: [Int]) {
    self.init(type: .string, codes.count, cuts) { rows in
      let present = codes.elements[rows].map { Int($0) < dictionary.count }
      guard present.contains(false) else { return (.codes8(codes.part(rows), dictionary), present) }
      // What a null holds must still be a code.
      let known = codes.elements[rows].map { Int($0) < dictionary.count ? $0 : 0 }
      return (.codes8(BufferSlice(known), dictionary), present)
    }
  }

  private init(
    type: DataType, _ count: Int, _ cuts: [Int],
    _ part: (Range<Int>) -> (values: Segment.Values, present: [Bool])
  ) {
    precondition(cuts.reduce(0, +) == count, "cuts of another number of rows")
    var start = 0
    var segments: [Segment] = []
    for cut in cuts {
      let (values, present) = part(start..<start + cut)
      let bytes = present.contains(false) ? present.map { UInt8($0 ? 1 : 0) } : nil
      segments.append(
        Segment(
          rowCount: cut, values: values,
          validity: bytes?.withUnsafeBufferPointer { Bitmap(bytes: $0) }))
      start += cut
    }
    self.init(type: type, segments: segments)
  }
}

extension BufferSlice {
  /// Some of the elements, sharing the memory.
  package func part(_ range: Range<Int>) -> BufferSlice {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a part out of the slice")
    let start = UnsafeRawPointer(pointer + range.lowerBound) - UnsafeRawPointer(buffer.base)
    return BufferSlice(buffer: buffer, byteOffset: start, count: range.count)
  }
}
