import Columns
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

  /// See `Column.doubles`.
  func doubles(_ column: Column) throws(AnalysisFailure) -> BufferSlice<Double> {
    try flat(column) { segment, out in segment.writeDoubles(to: out, null: .nan) }
  }

  /// 1 for each true row of a bool column, 0 for the others and under a null.
  func flags(_ column: Column) throws(AnalysisFailure) -> BufferSlice<UInt8> {
    try flat(column) { segment, out in segment.writeFlags(to: out) }
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
