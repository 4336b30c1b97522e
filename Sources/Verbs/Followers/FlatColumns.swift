import Columns
import Glibc
import Plans
import Synchronization

/// Whole columns as flat memory, read on all cores.
extension AnalysisContext {
  /// See `Column.integers`.
  func integers(
    _ column: Column, null: Int64 = .min
  ) throws(AnalysisFailure) -> BufferSlice<Int64> {
    try flat(column) { segment, out in segment.writeIntegers(to: out, null: null) }
  }

  /// Days or smaller numbers of each row, the far ones at the ends; `Int32.min` under a null.
  func smallIntegers(_ column: Column) throws(AnalysisFailure) -> BufferSlice<Int32> {
    try flat(column) { segment, out in segment.writeSmallIntegers(to: out, null: .min) }
  }

  /// The days since 1970, in UTC, of each row of a column of times; `Int32.min` under a null.
  func utcDays(_ column: Column) throws(AnalysisFailure) -> BufferSlice<Int32> {
    try flat(column) { segment, out in
      segment.narrow(to: out) { micros in
        let day = (micros >= 0 ? micros : micros &- 86_399_999_999) / 86_400_000_000
        return micros == .min ? .min : Int32(truncatingIfNeeded: day)
      }
    }
  }

  /// See `Column.doubles`.
  func doubles(_ column: Column) throws(AnalysisFailure) -> BufferSlice<Double> {
    try flat(column) { segment, out in segment.writeDoubles(to: out, null: .nan) }
  }

  /// 1 for each true row of a bool column, 0 for the others and under a null.
  func flags(_ column: Column) throws(AnalysisFailure) -> BufferSlice<UInt8> {
    try flat(column) { segment, out in segment.writeFlags(to: out) }
  }

  /// 1 for each row of a column of texts that holds one of some, 0 for the others.
  func flags(
    _ column: Column, of some: Set<String>
  ) throws(AnalysisFailure) -> BufferSlice<UInt8> {
    guard let dictionary = column.sharedDictionary else {
      let (texts, numbers) = column.textNumbers()
      let isSome = texts.map { some.contains($0) }
      return BufferSlice(numbers.each { $0 >= 0 && isSome[Int($0)] ? 1 : 0 })
    }
    let flags = (0..<dictionary.count).map { code -> UInt8 in
      some.contains(dictionary.string(code)) ? 1 : 0
    }
    return try flat(column) { $0.writeFlags(to: $1, flags: flags) }
  }

  /// See `Column.textNumbers`.
  func textNumbers(
    _ column: Column
  ) throws(AnalysisFailure) -> (texts: [String], numbers: BufferSlice<Int32>) {
    guard let dictionary = column.sharedDictionary else { return column.textNumbers() }
    let appearing = Mutex([[Int]](repeating: [], count: column.segments.count))
    try forEach(column.segments.count) { index in
      let codes = column.segments[index].codesByAppearance
      appearing.withLock { $0[index] = codes }
    }
    var texts: [String] = []
    var known = [Int32](repeating: -1, count: dictionary.count)
    for code in appearing.withLock({ $0.joined() }) where known[code] < 0 {
      known[code] = Int32(truncatingIfNeeded: texts.count)
      texts.append(dictionary.string(code))
    }
    let numbers = known
    return (texts, try flat(column) { $0.writeCodes(to: $1, numbers: numbers) })
  }

  /// Zeros for so many rows, written on all cores.
  ///
  /// Memory that was in use before is taken where there is some, and written far faster than the system
  /// clears fresh memory.
  func zeros<Value>(_ count: Int) throws(AnalysisFailure) -> BufferSlice<Value> {
    let all = BufferSlice<Value>(capacity: count)
    let blockRows = 1 << 17
    try forEach((count + blockRows - 1) / blockRows) { block in
      let start = block * blockRows
      let bytes = min(blockRows, count - start) * MemoryLayout<Value>.stride
      memset(all.pointer + start, 0, bytes)
    }
    return all
  }

  private func flat<Value>(
    _ column: Column,
    _ write: @escaping @Sendable (Segment, UnsafeMutablePointer<Value>) -> Void
  ) throws(AnalysisFailure) -> BufferSlice<Value> {
    let all = BufferSlice<Value>(capacity: column.rowCount)
    let starts = column.segmentStarts
    try forEach(column.segments.count) { index in
      write(column.segments[index], all.pointer + starts[index])
    }
    return all
  }
}

extension Segment {
  /// Writes what a transform makes of the integers of all rows, `Int64.min` under a null.
  @inline(__always)
  fileprivate func narrow(
    to out: UnsafeMutablePointer<Int32>, _ transform: (Int64) -> Int32
  ) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1 << 10) { wide in
      guard let base = wide.baseAddress else { return }
      for start in stride(from: 0, to: rowCount, by: wide.count) {
        let rows = start..<min(rowCount, start + wide.count)
        writeIntegers(rows, to: base, null: .min)
        for row in rows { out[row] = transform(base[row - start]) }
      }
    }
  }
}
