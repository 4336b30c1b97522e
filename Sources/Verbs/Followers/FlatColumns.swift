import Columns
import Glibc
import Plans
import Synchronization

/// The flags of a column, and the column, held so that no other takes its memory.
private struct ColumnFlags: Sendable {
  let column: Column
  let flags: BufferSlice<UInt8>
}

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

  /// See `Column.doubles`.
  func doubles(_ column: Column) throws(AnalysisFailure) -> BufferSlice<Double> {
    try flat(column) { segment, out in segment.writeDoubles(to: out, null: .nan) }
  }

  /// 1 for each true row of a bool column, 0 for the others and under a null; made once for all analyses of a
  /// statement that read it.
  func flags(_ column: Column) throws(AnalysisFailure) -> BufferSlice<UInt8> {
    if let known = kept.first({ (flags: ColumnFlags) in flags.column.isSame(as: column) }) {
      return known.flags
    }
    let flags: BufferSlice<UInt8> = try flat(column) { segment, out in segment.writeFlags(to: out) }
    kept.keep(ColumnFlags(column: column, flags: flags))
    return flags
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
