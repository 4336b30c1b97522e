/// Whole columns from flat memory, cut into segments of given sizes.
extension Column {
  /// An integer-stored or bool column.
  ///
  /// Rows that hold `null` are null. Shares the memory.
  package init(
    _ values: BufferSlice<Int64>, of type: DataType, null: Int64 = .min, cuts: [Int]
  ) {
    precondition(type == .bool || type.isStoredAsInteger, "integers in a column of \(type)")
    self.init(type: type, values.count, cuts) { rows in
      let own = values.part(rows)
      let validity = Bitmap.validity(own) { $0 != null }
      guard type == .bool else { return (.int64(own), validity) }
      return (.bits(Bitmap(count: own.count) { own.pointer[$0] > 0 }), validity)
    }
  }

  /// A float column.
  ///
  /// Rows that are NaN are null. Shares the memory.
  package init(_ values: BufferSlice<Double>, cuts: [Int]) {
    self.init(type: .float, values.count, cuts) { rows in
      let own = values.part(rows)
      return (.float64(own), Bitmap.validity(own) { $0 == $0 })
    }
  }

  /// A text column of codes of a dictionary.
  ///
  /// Codes that it has not are null. Shares the memory.
  package init(_ codes: BufferSlice<UInt8>, in dictionary: TextDictionary, cuts: [Int]) {
    let count = dictionary.count
    self.init(type: .string, codes.count, cuts) { rows in
      let own = codes.part(rows)
      guard let validity = Bitmap.validity(own, { Int($0) < count }) else {
        return (.codes8(own, dictionary), nil)
      }
      // What a null holds must still be a code.
      return (.codes8(BufferSlice(own.map { Int($0) < count ? $0 : 0 }), dictionary), validity)
    }
  }

  private init(
    type: DataType, _ count: Int, _ cuts: [Int],
    _ part: (Range<Int>) -> (values: Segment.Values, validity: Bitmap?)
  ) {
    precondition(cuts.reduce(0, +) == count, "cuts of another number of rows")
    var start = 0
    var segments: [Segment] = []
    for cut in cuts {
      let (values, validity) = part(start..<start + cut)
      segments.append(Segment(rowCount: cut, values: values, validity: validity))
      start += cut
    }
    self.init(type: type, segments: segments)
  }
}

extension Bitmap {
  /// `count` bits, each by its place.
  fileprivate init(count: Int, _ isSet: (Int) -> Bool) {
    let words = BufferSlice<UInt64>(capacity: (count + 63) / 64)
    for word in 0..<words.count {
      var bits: UInt64 = 0
      let start = word &* 64
      for place in start..<min(start &+ 64, count) {
        bits |= (isSet(place) ? 1 : 0) &<< UInt64(truncatingIfNeeded: place &- start)
      }
      words.pointer[word] = bits
    }
    self.init(words: words, count: count)
  }

  /// Which values are present; nil where all are.
  fileprivate static func validity<Value>(
    _ values: BufferSlice<Value>, _ isPresent: (Value) -> Bool
  ) -> Bitmap? {
    var missing = 0
    for place in 0..<values.count { missing &+= isPresent(values.pointer[place]) ? 0 : 1 }
    return missing == 0 ? nil : Bitmap(count: values.count) { isPresent(values.pointer[$0]) }
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
