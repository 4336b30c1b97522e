import Columns
import Tasks

/// The value of the row before, of integers over standing rows in the width in which they are stored.
///
/// The last value of each partition in a stretch is what the next stretch begins with.
struct StandingLags: StandingFunction {
  private let input: Column
  private let workers: Workers

  /// Nil for columns with nulls or of several widths.
  init?(_ input: Column, _ workers: Workers) {
    guard input.type.isStoredAsInteger, input.nullCount == 0,
      Set(input.segments.map(\.values.byteWidth)).count == 1,
      Set(input.segments.map(\.scale)).count == 1
    else { return nil }
    self.input = input
    self.workers = workers
  }

  func column<Number>(_ rows: StandingRows<Number>) throws(EvaluationFailure) -> Column {
    switch input.segments[0].values.byteWidth {
    case 1: try lags(rows) { $0.int8 }
    case 2: try lags(rows) { $0.int16 }
    case 4: try lags(rows) { $0.int32 }
    default: try lags(rows) { $0.int64 }
    }
  }

  /// The last row of each partition so far: 1 where there is one, and its value.
  private struct Last<Value: StoredInteger>: BitwiseCopyable {
    var isThere: UInt8
    var value: Value
  }

  private func lags<Number, Value: StoredInteger>(
    _ rows: StandingRows<Number>, _ stored: @Sendable (Segment.Values) -> UnsafePointer<Value>?
  ) throws(EvaluationFailure) -> Column {
    let states = rows.states(Last<Value>(isThere: 0, value: 0))
    try workers.run(rows.stretchCount) { _, stretch throws(EvaluationFailure) in
      try findLast(rows, stretch, stored, states.pointer + stretch * rows.partitionCount)
    }
    for partition in 0..<rows.partitionCount {
      var before = Last<Value>(isThere: 0, value: 0)
      for stretch in 0..<rows.stretchCount {
        let place = stretch * rows.partitionCount + partition
        let own = states.pointer[place]
        states.pointer[place] = before
        if own.isThere != 0 { before = own }
      }
    }
    let segments = Portions<Segment>(count: input.segments.count)
    let flags = PerWorker<Store<UInt8>>(workers)
    try workers.run(rows.stretchCount) { worker, stretch throws(EvaluationFailure) in
      let present = try flags.value(worker) { Store<UInt8>() }
      let state = states.pointer + stretch * rows.partitionCount
      for segment in rows.segments(stretch) {
        if workers.cancellation.isRequested { throw .interrupted }
        guard let values = stored(input.segments[segment].values) else { continue }
        segments.set(
          segment, lag(input.segments[segment], values, rows.numbers(segment), state, present))
      }
    }
    return Column(type: input.type, segments: segments.all)
  }

  /// Looks for the last row of each partition from the end of a stretch on, until all are found.
  private func findLast<Number, Value: StoredInteger>(
    _ rows: StandingRows<Number>, _ stretch: Int,
    _ stored: (Segment.Values) -> UnsafePointer<Value>?,
    _ state: UnsafeMutablePointer<Last<Value>>
  ) throws(EvaluationFailure) {
    var missing = rows.partitionCount
    for segment in rows.segments(stretch).reversed() where missing > 0 {
      if workers.cancellation.isRequested { throw .interrupted }
      guard let values = stored(input.segments[segment].values) else { continue }
      let numbers = rows.numbers(segment)
      var row = input.segments[segment].rowCount
      while row > 0 && missing > 0 {
        row &-= 1
        let number = Int(truncatingIfNeeded: numbers[row])
        if state[number].isThere != 0 { continue }
        state[number] = Last(isThere: 1, value: values[row])
        missing &-= 1
      }
    }
  }

  private func lag<Number: FixedWidthInteger, Value: StoredInteger>(
    _ segment: Segment, _ values: UnsafePointer<Value>, _ numbers: UnsafePointer<Number>,
    _ state: UnsafeMutablePointer<Last<Value>>, _ present: Store<UInt8>
  ) -> Segment {
    let count = segment.rowCount
    present.reserve(max(1, count))
    let flags = present.pointer
    let slice = BufferSlice<Value>(capacity: count)
    let into = slice.pointer
    var found = 0
    for row in 0..<count {
      let number = Int(truncatingIfNeeded: numbers[row])
      let (last, own) = (state[number], values[row])
      // Under a null stands a value that is also elsewhere.
      into[row] = last.isThere != 0 ? last.value : own
      flags[row] = last.isThere
      found &+= Int(last.isThere)
      state[number] = Last(isThere: 1, value: own)
    }
    let validity =
      found == count
      ? nil : Bitmap(bytes: UnsafeBufferPointer(start: UnsafePointer(flags), count: count))
    return Segment(
      rowCount: count, values: Value.values(slice), scale: segment.scale, validity: validity)
  }
}
