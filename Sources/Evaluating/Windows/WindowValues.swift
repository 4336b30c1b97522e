import Columns
import Tasks

/// The values of a column in the order of window rows, one after the other.
///
/// Integers and bools as they are; floats as floats; 0 under nulls.
struct WindowValues<Value: BitwiseCopyable & Sendable>: Sendable {
  let values: Store<Value>
  /// 1 for present rows; nil when no row is null.
  let present: Store<UInt8>?
}

extension WindowFrame {
  /// The words of a column of integers or bools; of a float column those that order as floats do.
  func orderWords(_ column: Column, _ workers: Workers) throws(EvaluationFailure)
    -> WindowValues<Int64>
  {
    try values(column, workers, zero: 0) { vector, words in
      guard vector.type == .float else { return vector.widenToInt64(into: words) }
      let doubles = UnsafeMutableRawPointer(words).assumingMemoryBound(to: Double.self)
      vector.asDoubles(into: doubles)
      for row in 0..<vector.count { words[row] = orderWord(doubles[row]) }
    }
  }

  /// The numbers of a column as floats, both zeros as 0.
  func doubles(_ column: Column, _ workers: Workers) throws(EvaluationFailure)
    -> WindowValues<Double>
  {
    try values(column, workers, zero: 0) { vector, doubles in
      vector.asDoubles(into: doubles)
      if vector.type == .float { for row in 0..<vector.count { doubles[row] += 0 } }
    }
  }

  /// Which rows of a column are present, in the order of window rows; nil when all are.
  func presence(_ column: Column, _ workers: Workers) throws(EvaluationFailure) -> Store<UInt8>? {
    if column.nullCount == 0 { return nil }
    let present = Store<UInt8>(undefined: rowCount + 64)
    try workers.run(column.segments.count) { [starts] _, index in
      flags(column.segments[index], into: present.pointer + starts[index])
    }
    return try permuted(present, workers)
  }

  private func values<Value: BitwiseCopyable & Sendable>(
    _ column: Column, _ workers: Workers, zero: Value,
    _ read: @Sendable (Vector, UnsafeMutablePointer<Value>) -> Void
  ) throws(EvaluationFailure) -> WindowValues<Value> {
    let values = Store<Value>(undefined: rowCount + 64)
    let present = column.nullCount == 0 ? nil : Store<UInt8>(undefined: rowCount + 64)
    try workers.run(column.segments.count) { [starts] _, index in
      let segment = column.segments[index]
      let into = values.pointer + starts[index]
      read(Vector.of(segment: segment, type: column.type, rows: 0..<segment.rowCount), into)
      guard let present else { return }
      let flags = present.pointer + starts[index]
      Evaluating.flags(segment, into: flags)
      if segment.validity == nil { return }
      for row in 0..<segment.rowCount { into[row] = flags[row] == 0 ? zero : into[row] }
    }
    var ordered: Store<UInt8>?
    if let present { ordered = try permuted(present, workers) }
    return WindowValues(values: try permuted(values, workers), present: ordered)
  }

  /// Values by row put in the order of window rows.
  private func permuted<Value: BitwiseCopyable & Sendable>(
    _ values: Store<Value>, _ workers: Workers
  ) throws(EvaluationFailure) -> Store<Value> {
    guard let order = try rows().order else { return values }
    let ordered = Store<Value>(undefined: rowCount + 64)
    let step = 1 << 16
    let rowCount = rowCount
    try workers.run((rowCount + step - 1) / step) { _, index in
      let (into, from, order) = (ordered.pointer, values.pointer, order.pointer)
      for place in index * step..<min(rowCount, (index + 1) * step) {
        into[place] = from[Int(order[place])]
      }
    }
    return ordered
  }
}

/// Writes a byte for each row of a segment, 0 for nulls.
private func flags(_ segment: Segment, into flags: UnsafeMutablePointer<UInt8>) {
  guard let validity = segment.validity?.words.pointer else {
    flags.update(repeating: 1, count: segment.rowCount)
    return
  }
  for row in 0..<segment.rowCount {
    let bit = validity[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
    flags[row] = UInt8(truncatingIfNeeded: bit)
  }
}
