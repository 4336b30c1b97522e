import Columns
import Plans
import Synchronization

extension AnalysisContext {
  /// Whether no value of a column is less than the one before, looked at on all cores.
  func isAscending<Value: BoundedInteger>(
    _ values: BufferSlice<Value>
  ) throws(AnalysisFailure) -> Bool {
    let blockRows = 1 << 20
    let isAscending = Mutex(true)
    try forEach((values.count + blockRows - 1) / blockRows) { block in
      // A block looks at the row before it as well.
      let start = max(0, block * blockRows - 1)
      let end = min(values.count, (block + 1) * blockRows)
      guard isAscending.withLock({ $0 }) else { return }
      if !valueBounds(values.pointer + start, count: end - start).isAscending {
        isAscending.withLock { $0 = false }
      }
    }
    return isAscending.withLock { $0 }
  }
}

extension AnalysisContext {
  /// Whether a column of integers has no null and no value that is less than the one before.
  func isAscending(_ column: Column) throws(AnalysisFailure) -> Bool {
    let segments = column.segments.filter { $0.rowCount > 0 }
    let ends = Mutex([ClosedRange<Int64>?](repeating: nil, count: segments.count))
    try forEach(segments.count) { index in
      let own = segments[index].risingEnds
      ends.withLock { $0[index] = own }
    }
    let known = ends.withLock { $0.compactMap { $0 } }
    return known.count == segments.count
      && zip(known, known.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
  }
}

/// Rows in order of their times.
extension BufferSlice<Int32> {
  /// Whether rows stand in order of their times, and of their numbers within one time.
  func rise(_ times: BufferSlice<Int64>) -> Bool {
    var descents = 0
    for place in stride(from: 1, to: count, by: 1) {
      let (last, row) = (pointer[place &- 1], pointer[place])
      let (before, time) = (times.pointer[Int(last)], times.pointer[Int(row)])
      descents &+= time < before || time == before && row < last ? 1 : 0
    }
    return descents == 0
  }

  /// The rows by time, and by number within one time; the same memory where they stand so already.
  func sorted(by times: BufferSlice<Int64>) -> BufferSlice<Int32> {
    if rise(times) { return self }
    let sorted = BufferSlice<Int32>(capacity: count)
    sorted.pointer.update(from: pointer, count: count)
    sorted.sort(by: times)
    return sorted
  }

  /// Sorts in place; for the builder of the slice alone.
  func sort(by times: BufferSlice<Int64>) {
    if rise(times) { return }
    let keys = TimeKeys(self, times)
    if let keys { return keys.write(to: self) }
    var rows = UnsafeMutableBufferPointer(start: pointer, count: count)
    rows.sort { first, second in
      let (a, b) = (times.pointer[Int(first)], times.pointer[Int(second)])
      return a < b || a == b && first < second
    }
  }
}

/// Times and the places of their rows as one number each, which sorts faster than rows by their times.
private struct TimeKeys {
  private var keys: [UInt64] = []
  private let placeBits: UInt64

  /// nil where both do not fit into 64 bits, or where rows of one time do not rise.
  init?(_ rows: BufferSlice<Int32>, _ times: BufferSlice<Int64>) {
    var (low, high, descents) = (Int64.max, Int64.min, 0)
    for place in 0..<rows.count {
      let row = Int(rows.pointer[place])
      low = Swift.min(low, times.pointer[row])
      high = Swift.max(high, times.pointer[row])
      if place > 0, rows.pointer[place] < rows.pointer[place - 1] { descents += 1 }
    }
    placeBits = UInt64(64 - rows.count.leadingZeroBitCount)
    let (span, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, descents == 0, UInt64(64 - span.leadingZeroBitCount) + placeBits <= 64 else {
      return nil
    }
    keys.reserveCapacity(rows.count)
    for place in 0..<rows.count {
      let time = UInt64(bitPattern: times.pointer[Int(rows.pointer[place])] &- low)
      keys.append(time &<< placeBits | UInt64(place))
    }
    keys.sort()
  }

  func write(to rows: BufferSlice<Int32>) {
    let before = rows.array
    let mask = (1 &<< placeBits) &- 1
    for (place, key) in keys.enumerated() { rows.pointer[place] = before[Int(key & mask)] }
  }
}
