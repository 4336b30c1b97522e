import Columns
import Tasks

/// Running sums of integers over standing rows: each stretch is summed, and then goes on from the sums
/// of those before it.
struct StandingSums: StandingFunction {
  private let input: Column
  private let workers: Workers

  /// Nil where a sum may not fit in 64 bits.
  init?(_ input: Column, _ workers: Workers) {
    guard input.type.isStoredAsInteger else { return nil }
    if let range = input.integerRange {
      let greatest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
      let (bound, overflow) = greatest.multipliedReportingOverflow(by: UInt64(input.rowCount))
      if overflow || bound > UInt64(Int64.max) { return nil }
    }
    self.input = input
    self.workers = workers
  }

  /// A worker's values of a segment, and their sums.
  private final class Scratch {
    let values = Store<Int64>()
    let sums = Store<Int64>()
  }

  func column<Number>(_ rows: StandingRows<Number>) throws(EvaluationFailure) -> Column {
    let sums = rows.states(Int64(0))
    let scratch = PerWorker<Scratch>(workers)
    try workers.run(rows.stretchCount) { worker, stretch throws(EvaluationFailure) in
      let own = try scratch.value(worker) { Scratch() }
      let state = sums.pointer + stretch * rows.partitionCount
      for segment in rows.segments(stretch) {
        let (values, numbers) = (try read(segment, own), rows.numbers(segment))
        for row in 0..<input.segments[segment].rowCount {
          state[Int(truncatingIfNeeded: numbers[row])] &+= values[row]
        }
      }
    }
    for partition in 0..<rows.partitionCount {
      var before: Int64 = 0
      for stretch in 0..<rows.stretchCount {
        let place = stretch * rows.partitionCount + partition
        (sums.pointer[place], before) = (before, before &+ sums.pointer[place])
      }
    }
    let segments = Portions<Segment>(count: input.segments.count)
    try workers.run(rows.stretchCount) { worker, stretch throws(EvaluationFailure) in
      let own = try scratch.value(worker) { Scratch() }
      let state = sums.pointer + stretch * rows.partitionCount
      for segment in rows.segments(stretch) {
        let values = try read(segment, own)
        sum(values, rows.numbers(segment), input.segments[segment].rowCount, state, own.sums)
        segments.set(segment, made(own.sums))
      }
    }
    return Column(type: input.type, segments: segments.all)
  }

  /// The values of a segment, 0 for nulls.
  private func read(
    _ index: Int, _ own: Scratch
  ) throws(EvaluationFailure) -> UnsafeMutablePointer<Int64> {
    if workers.cancellation.isRequested { throw .interrupted }
    let segment = input.segments[index]
    own.values.reserve(max(1, segment.rowCount))
    let values = own.values.pointer
    if segment.validity == nil {
      Vector.of(segment: segment, type: input.type, rows: 0..<segment.rowCount)
        .widenToInt64(into: values)
    } else {
      segment.writeIntegers(to: values, null: 0)
    }
    return values
  }

  private func sum<Number: FixedWidthInteger>(
    _ values: UnsafeMutablePointer<Int64>, _ numbers: UnsafePointer<Number>, _ count: Int,
    _ state: UnsafeMutablePointer<Int64>, _ sums: Store<Int64>
  ) {
    sums.reserve(max(1, count))
    sums.setCount(count)
    let into = sums.pointer
    for row in 0..<count {
      let number = Int(truncatingIfNeeded: numbers[row])
      let sum = state[number] &+ values[row]
      state[number] = sum
      into[row] = sum
    }
  }

  private func made(_ sums: Store<Int64>) -> Segment {
    let form = narrowestForm(
      of: UnsafePointer(sums.pointer), count: sums.count, type: input.type, nullCount: 0)
    return Segment(
      rowCount: sums.count, values: form.values, scale: form.scale, statistics: form.statistics)
  }
}
