/// A column of a table: its type and its segments, in row order.
package struct Column: Sendable {
  package let type: DataType
  package let segments: [Segment]
  package let rowCount: Int

  package init(type: DataType, segments: [Segment]) {
    self.type = type
    self.segments = segments
    rowCount = segments.reduce(0) { $0 + $1.rowCount }
  }

  package var nullCount: Int { segments.reduce(0) { $0 + $1.statistics.nullCount } }

  /// The least and greatest value of an integer-stored column; nil when it has none.
  package var integerRange: ClosedRange<Int64>? {
    let ranges = segments.compactMap(\.statistics.integerRange)
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return low...high
  }

  /// What divides all values of an integer-stored column, as its segments tell.
  package var unit: Int64 {
    guard let scale = segments.first?.scale else { return 1 }
    return segments.allSatisfy { $0.scale == scale } ? scale : 1
  }

  /// The one dictionary of all segments, or nil when a segment has none or another.
  package var sharedDictionary: TextDictionary? {
    var shared: TextDictionary?
    for segment in segments {
      guard let own = segment.dictionary else { return nil }
      if let shared, shared !== own { return nil }
      shared = own
    }
    return shared
  }
}

extension Column {
  /// A column from single values, for small results and tests; null fits every type.
  ///
  /// A value of another type than the column's is a programmer error.
  package init(_ scalars: [Scalar], of type: DataType, segmentRows: Int = 1 << 16) {
    let starts = stride(from: 0, to: scalars.count, by: segmentRows)
    self.init(
      type: type,
      segments: starts.map { start in
        Segment(scalars[start..<min(start + segmentRows, scalars.count)], of: type)
      })
  }
}

extension Segment {
  init(_ scalars: ArraySlice<Scalar>, of type: DataType) {
    let validity = scalars.contains(.null) ? scalars.map { UInt8($0 == .null ? 0 : 1) } : nil
    for scalar in scalars where scalar.type != nil && scalar.type != type {
      preconditionFailure("a \(scalar) in a column of \(type)")
    }
    let values: Values
    switch type {
    case .bool:
      let bytes = scalars.map { UInt8($0 == .bool(true) ? 1 : 0) }
      values = .bits(bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    case .int, .date, .time, .duration:
      values = .int64(BufferSlice(scalars.map { $0.integer ?? 0 }))
    case .float:
      values = .float64(BufferSlice(scalars.map { $0.number ?? 0 }))
    case .string:
      var builder = TextBuilder()
      for scalar in scalars {
        if case .string(let text) = scalar { builder.append(text) } else { builder.append("") }
      }
      values = .text(builder.finish())
    }
    self.init(
      rowCount: scalars.count, values: values,
      validity: validity?.withUnsafeBufferPointer { Bitmap(bytes: $0) })
  }
}
