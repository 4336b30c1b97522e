import Columns
import Tasks

extension LeafRows {
  /// A column of integers, and how many became null because they do not fit.
  func integers(_ rule: IntegerRule, workers: Workers) throws -> (column: Column, lost: Int) {
    let segments = try workers.map(cuts.count) { _, index in try integerSegment(cuts[index], rule) }
    return (
      Column(type: rule.type, segments: segments.map(\.0)), segments.reduce(0) { $0 + $1.1 }
    )
  }

  private func integerSegment(_ rows: Range<Int>, _ rule: IntegerRule) throws -> (Segment, Int) {
    let values = BufferSlice<Int64>(zeroed: rows.count)
    let present = BufferSlice<UInt8>(capacity: rows.count)
    present.pointer.update(repeating: 1, count: rows.count)
    try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
      if piece.isPlain {
        piece.array.writeIntegers(own, to: values.pointer + place)
        _ = piece.array.writeNulls(own, to: present.pointer + place)
        return
      }
      for row in own {
        let target = place + row - own.lowerBound
        if let (array, source) = try piece.place(row) {
          values.pointer[target] = array.integer(source)
        } else {
          present.pointer[target] = 0
        }
      }
    }
    var (nulls, lost) = (0, 0)
    for row in 0..<rows.count {
      let isPresent = present.pointer[row] != 0
      let value = isPresent ? rule.value(values.pointer[row]) : nil
      // What is under nulls must not widen the others.
      values.pointer[row] = value ?? 0
      if value != nil { continue }
      present.pointer[row] = 0
      nulls += 1
      lost += isPresent ? 1 : 0
    }
    let validity =
      nulls == 0 ? nil : withExtendedLifetime(present) { Bitmap(bytes: present.elements) }
    return (Segment(rowCount: rows.count, values: values.narrowed, validity: validity), lost)
  }

  /// A column of floats.
  func floats(workers: Workers, _ value: @Sendable (ArrowArray, Int) -> Double) throws -> Column {
    let segments = try workers.map(cuts.count) { _, index in
      let rows = cuts[index]
      let values = BufferSlice<Double>(zeroed: rows.count)
      try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
        if piece.isPlain, case .float = piece.array.type {
          return piece.array.writeFloats(own, to: values.pointer + place)
        }
        for row in own {
          guard let (array, source) = try piece.place(row) else { continue }
          values.pointer[place + row - own.lowerBound] = value(array, source)
        }
      }
      return Segment(rowCount: rows.count, values: .float64(values), validity: try nulls(of: rows))
    }
    return Column(type: .float, segments: segments)
  }

  /// A column of truth values.
  func flags(workers: Workers) throws -> Column {
    let segments = try workers.map(cuts.count) { _, index in
      let rows = cuts[index]
      var flags = [UInt8](repeating: 0, count: rows.count)
      try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
        for row in own {
          guard let (array, source) = try piece.place(row) else { continue }
          flags[place + row - own.lowerBound] = UInt8(array.integer(source))
        }
      }
      let bits = flags.withUnsafeBufferPointer { Bitmap(bytes: $0) }
      return Segment(rowCount: rows.count, values: .bits(bits), validity: try nulls(of: rows))
    }
    return Column(type: .bool, segments: segments)
  }

  /// As `validity`, with nulls of dictionaries.
  func nulls(of rows: Range<Int>) throws(ArrowProblem) -> Bitmap? {
    guard leaf.field.dictionary != nil else { return validity(of: rows) }
    var bytes = [UInt8](repeating: 1, count: rows.count)
    try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
      for row in own where try piece.place(row) == nil { bytes[place + row - own.lowerBound] = 0 }
    }
    return bytes.contains(0) ? bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) } : nil
  }
}

extension BufferSlice<Int64> {
  /// The same in the narrowest width.
  fileprivate var narrowed: Segment.Values {
    var (low, high): (Int64, Int64) = (0, 0)
    for place in 0..<count {
      low = Swift.min(low, pointer[place])
      high = Swift.max(high, pointer[place])
    }
    if low >= Int8.min, high <= Int8.max { return .int8(cut()) }
    if low >= Int16.min, high <= Int16.max { return .int16(cut()) }
    if low >= Int32.min, high <= Int32.max { return .int32(cut()) }
    return .int64(self)
  }

  private func cut<Value: FixedWidthInteger & BitwiseCopyable & Sendable>() -> BufferSlice<Value> {
    let narrow = BufferSlice<Value>(capacity: count)
    for place in 0..<count { narrow.pointer[place] = Value(truncatingIfNeeded: pointer[place]) }
    return narrow
  }
}
