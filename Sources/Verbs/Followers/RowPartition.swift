import Columns
import Plans

/// Rows put together by the number of their part, in the order of the list within each.
///
/// Two passes over blocks of rows on all cores: how many rows of each part a block has, then each row
/// to its place.
struct RowPartition: Sendable {
  /// All rows that belong to a part.
  let order: BufferSlice<Int32>
  /// How many they are.
  let count: Int
  private let starts: [Int]
  private let numbers: BufferSlice<Int32>
  private let isTaken: (@Sendable (Int) -> Bool)?
  /// Behind the rows of each part that are of a block, part after part within a block.
  private let ends: BufferSlice<Int>
  private let blocks: Int

  /// Rows of a block, unless there are too many parts to count in each.
  private static let blockRows = 1 << 17
  private static let mostCounts = 1 << 24

  /// Takes the part of each row, −1 for none, and whether a row is taken at all: nil for all of them.
  init(
    _ numbers: BufferSlice<Int32>, parts: Int, _ context: AnalysisContext,
    where isTaken: (@Sendable (Int) -> Bool)?
  ) throws(AnalysisFailure) {
    let most = max(1, Self.mostCounts / max(1, parts))
    let blocks = max(1, min(most, (numbers.count + Self.blockRows - 1) / Self.blockRows))
    @Sendable func rows(_ block: Int) -> Range<Int> {
      Self.rows(of: block, of: blocks, numbers.count)
    }
    // One count more, so that nothing is empty.
    let next = BufferSlice<Int>([Int](repeating: 0, count: blocks * parts + 1))
    try context.forEach(blocks) { block in
      let counts = next.pointer + block * parts
      for row in rows(block) {
        let part = Int(numbers.pointer[row])
        if part >= 0, isTaken?(row) ?? true { counts[part] &+= 1 }
      }
    }
    var starts = [0]
    starts.reserveCapacity(parts + 1)
    var start = 0
    for part in 0..<parts {
      for block in 0..<blocks {
        let own = next.pointer[block * parts + part]
        next.pointer[block * parts + part] = start
        start += own
      }
      starts.append(start)
    }
    let order = BufferSlice<Int32>(capacity: numbers.count)
    try context.forEach(blocks) { block in
      let places = next.pointer + block * parts
      for row in rows(block) {
        let part = Int(numbers.pointer[row])
        if part >= 0, isTaken?(row) ?? true {
          order.pointer[places[part]] = Int32(truncatingIfNeeded: row)
          places[part] &+= 1
        }
      }
    }
    self.order = order
    self.starts = starts
    (self.numbers, self.isTaken, self.blocks, ends) = (numbers, isTaken, blocks, next)
    count = start
  }

  private static func rows(of block: Int, of blocks: Int, _ count: Int) -> Range<Int> {
    let step = (count + blocks - 1) / blocks
    return min(count, block * step)..<min(count, (block + 1) * step)
  }

  /// By row what stands at its place in `order`, or `none` for a row of no part.
  ///
  /// Rows are written in order, so that cores do not write to the same lines of memory.
  func atRows(
    _ values: BufferSlice<Int64>, none: Int64, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> BufferSlice<Int64> {
    let all = BufferSlice<Int64>(capacity: numbers.count)
    try context.forEach(blocks) { block in
      forEachRow(of: block) { row, place in
        all.pointer[row] = place < 0 ? none : values.pointer[place]
      }
    }
    return all
  }

  /// In `order` what stands at each row.
  ///
  /// Values are read in order: those of a part lie far apart, and those around them would be read again for
  /// each part.
  func inOrder<Value: FixedWidthInteger & Sendable>(
    _ values: BufferSlice<Value>, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> BufferSlice<Value> {
    let all = BufferSlice<Value>(capacity: count)
    try context.forEach(blocks) { block in
      forEachRow(of: block) { row, place in
        if place >= 0 { all.pointer[place] = values.pointer[row] }
      }
    }
    return all
  }

  /// Passes on the rows of a block, each with its place in `order`, −1 for a row of no part.
  @inline(__always)
  private func forEachRow(of block: Int, _ use: (_ row: Int, _ place: Int) -> Void) {
    let rows = Self.rows(of: block, of: blocks, numbers.count)
    var next = firstPlaces(block)
    next.withUnsafeMutableBufferPointer { next in
      guard let next = next.baseAddress else { return }
      if let isTaken {
        for row in rows {
          let part = Int(numbers.pointer[row])
          let isIn = part >= 0 && isTaken(row)
          use(row, isIn ? next[part] : -1)
          if isIn { next[part] &+= 1 }
        }
      } else {
        for row in rows {
          let part = Int(numbers.pointer[row])
          use(row, part >= 0 ? next[part] : -1)
          if part >= 0 { next[part] &+= 1 }
        }
      }
    }
  }

  /// Where the rows of a block begin in each part: where the block before ended.
  private func firstPlaces(_ block: Int) -> [Int] {
    let parts = starts.count - 1
    return block > 0 ? Array(ends.part((block - 1) * parts..<block * parts).elements) : starts
  }

  /// Where the rows of a part stand in `order`.
  func rows(of part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }
}
