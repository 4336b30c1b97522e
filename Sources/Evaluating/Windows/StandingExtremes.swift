import Columns
import Tasks

// Running extremes of rows that stand in their order: no sort and no scatter, one state a partition,
// the values in the width in which they are stored.
extension Evaluator {
  /// More partitions than this go by the general way.
  private static let standingPartitions = 1 << 12

  /// The least or greatest value so far; nil where the rows or their forms do not allow it.
  func standingExtreme(
    _ input: Column, isGreatest: Bool, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column? {
    guard input.type.isStoredAsInteger, input.nullCount == 0, frame.isKnownInOrder,
      let scale = input.segments.first?.scale, input.segments.allSatisfy({ $0.scale == scale })
    else { return nil }
    let width = input.segments[0].values.byteWidth
    guard input.segments.allSatisfy({ $0.values.byteWidth == width }) else { return nil }
    switch width {
    case 1: return try standing(input, input.segments.map(\.values.int8), isGreatest, frame)
    case 2: return try standing(input, input.segments.map(\.values.int16), isGreatest, frame)
    case 4: return try standing(input, input.segments.map(\.values.int32), isGreatest, frame)
    default: return try standing(input, input.segments.map(\.values.int64), isGreatest, frame)
    }
  }

  private func standing<Value: StoredInteger>(
    _ input: Column, _ values: [UnsafePointer<Value>?], _ isGreatest: Bool, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column? {
    let values = values.compactMap { $0 }
    guard values.count == input.segments.count else { return nil }
    if !frame.hasPartitions {
      let zeros = BufferSlice<UInt8>(
        [UInt8](repeating: 0, count: frame.table.segmentRowCounts.max() ?? 0))
      let pass = StandingPass(frame, values, values.map { _ in zeros }, 1, isGreatest)
      return try pass.column(input, workers)
    }
    if let (codes, count) = frame.codes() {
      return try StandingPass(frame, values, codes, count, isGreatest).column(input, workers)
    }
    let numbers = try frame.numbers()
    guard numbers.count <= Evaluator.standingPartitions else { return nil }
    let parts = frame.starts.dropLast().map { UnsafePointer(numbers.numbers.pointer + $0) }
    return try withExtendedLifetime(numbers) { () throws(EvaluationFailure) in
      try StandingPass(frame, values, parts, numbers.count, isGreatest).column(input, workers)
    }
  }
}

/// An integer as columns store it.
protocol StoredInteger: FixedWidthInteger, SignedInteger, BitwiseCopyable, Sendable {
  static func values(_ slice: BufferSlice<Self>) -> Segment.Values
}

extension Int8: StoredInteger {
  static func values(_ slice: BufferSlice<Int8>) -> Segment.Values { .int8(slice) }
}
extension Int16: StoredInteger {
  static func values(_ slice: BufferSlice<Int16>) -> Segment.Values { .int16(slice) }
}
extension Int32: StoredInteger {
  static func values(_ slice: BufferSlice<Int32>) -> Segment.Values { .int32(slice) }
}
extension Int64: StoredInteger {
  static func values(_ slice: BufferSlice<Int64>) -> Segment.Values { .int64(slice) }
}

/// One run over the rows as they stand.
///
/// The segments are cut into a few stretches, which workers take side by side, each as if nothing
/// were before it. What came before is then put in where it matters: from a stretch's start on, only
/// as long as a partition has not met a value that goes beyond.
private struct StandingPass<
  Value: StoredInteger,
  Number: UnsignedInteger & FixedWidthInteger & BitwiseCopyable & Sendable
>: @unchecked Sendable {
  // @unchecked: the pointers lead into memory that the caller keeps alive and nobody writes.
  private let frame: WindowFrame
  private let values: [UnsafePointer<Value>]
  private let numbers: [UnsafePointer<Number>]
  private let partitionCount: Int
  private let isGreatest: Bool
  private let owner: [BufferSlice<Number>]

  init(
    _ frame: WindowFrame, _ values: [UnsafePointer<Value>], _ numbers: [UnsafePointer<Number>],
    _ partitionCount: Int, _ isGreatest: Bool, owner: [BufferSlice<Number>] = []
  ) {
    self.frame = frame
    self.values = values
    self.numbers = numbers
    self.partitionCount = partitionCount
    self.isGreatest = isGreatest
    self.owner = owner
  }

  init(
    _ frame: WindowFrame, _ values: [UnsafePointer<Value>], _ numbers: [BufferSlice<Number>],
    _ partitionCount: Int, _ isGreatest: Bool
  ) {
    self.init(
      frame, values, numbers.map { UnsafePointer($0.pointer) }, partitionCount, isGreatest,
      owner: numbers)
  }

  /// The value that nothing goes beyond.
  private var neutral: Value { isGreatest ? .min : .max }

  func column(_ input: Column, _ workers: Workers) throws(EvaluationFailure) -> Column {
    let counts = frame.table.segmentRowCounts
    let cells = Buffer(
      byteCount: frame.rowCount * MemoryLayout<Value>.stride, mayBeUsed: true)
    let into = cells.base.assumingMemoryBound(to: Value.self)
    let stretches = max(1, min(counts.count, 4 * workers.count))
    @Sendable func segments(_ stretch: Int) -> Range<Int> {
      stretch * counts.count / stretches..<(stretch + 1) * counts.count / stretches
    }
    let states = Store<Value>(repeating: neutral, count: stretches * partitionCount)
    let cellStore = Cells(pointer: into)
    try workers.run(stretches) { [frame] _, stretch throws(EvaluationFailure) in
      for segment in segments(stretch) {
        if workers.cancellation.isRequested { throw .interrupted }
        run(
          segment, counts[segment], states.pointer + stretch * partitionCount,
          into: cellStore.pointer + frame.starts[segment])
      }
    }
    carry(states, stretches)
    let stored = Portions<Segment>(count: counts.count)
    try workers.run(stretches) { [frame] _, stretch throws(EvaluationFailure) in
      let before = states.pointer + stretch * partitionCount
      var open = stretch > 0
      for segment in segments(stretch) {
        if workers.cancellation.isRequested { throw .interrupted }
        let place = cellStore.pointer + frame.starts[segment]
        if open { open = amend(segment, counts[segment], before, place) }
        let slice = BufferSlice<Value>(
          buffer: cells, byteOffset: frame.starts[segment] * MemoryLayout<Value>.stride,
          count: counts[segment])
        stored.set(
          segment,
          Segment(
            rowCount: counts[segment], values: Value.values(slice),
            scale: input.segments[segment].scale))
      }
    }
    return Column(type: input.type, segments: stored.all)
  }

  private struct Cells: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Value>
  }

  private func run(
    _ segment: Int, _ count: Int, _ state: UnsafeMutablePointer<Value>,
    into: UnsafeMutablePointer<Value>
  ) {
    let (values, numbers) = (values[segment], numbers[segment])
    // States are only written where they change, which is seldom: else each row of a partition would wait
    // for the write of the one before.
    if isGreatest {
      for row in 0..<count {
        let (number, value) = (Int(truncatingIfNeeded: numbers[row]), values[row])
        var best = state[number]
        if value > best {
          best = value
          state[number] = value
        }
        into[row] = best
      }
    } else {
      for row in 0..<count {
        let (number, value) = (Int(truncatingIfNeeded: numbers[row]), values[row])
        var best = state[number]
        if value < best {
          best = value
          state[number] = value
        }
        into[row] = best
      }
    }
  }

  /// Puts in the place of each stretch's states those before its first row.
  private func carry(_ states: Store<Value>, _ stretches: Int) {
    for partition in 0..<partitionCount {
      var before = neutral
      for stretch in 0..<stretches {
        let own = states.pointer[stretch * partitionCount + partition]
        states.pointer[stretch * partitionCount + partition] = before
        before = isGreatest ? max(before, own) : min(before, own)
      }
    }
  }

  /// Puts in what came before; whether it may matter for the rows behind this segment.
  ///
  /// A partition's value no longer matters once a row's own reaches it: it is then set to the
  /// neutral one.
  private func amend(
    _ segment: Int, _ count: Int, _ before: UnsafeMutablePointer<Value>,
    _ into: UnsafeMutablePointer<Value>
  ) -> Bool {
    let numbers = numbers[segment]
    let neutral = neutral
    let step = 1 << 12
    for start in stride(from: 0, to: count, by: step) {
      var isOpen = false
      for partition in 0..<partitionCount where before[partition] != neutral { isOpen = true }
      if !isOpen { return false }
      for row in start..<min(start + step, count) {
        let number = Int(truncatingIfNeeded: numbers[row])
        let (old, own) = (before[number], into[row])
        let isPassed = isGreatest ? own >= old : own <= old
        before[number] = isPassed ? neutral : old
        into[row] = isPassed ? own : old
      }
    }
    return true
  }
}
