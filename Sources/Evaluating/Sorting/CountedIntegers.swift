import Columns
import Tasks

/// How often each value of an integer column occurs.
///
/// The column in order is written from that, and no row is moved. Cost: O(rows + span).
struct CountedIntegers: Sendable {
  private let type: DataType
  /// What divides all values, and the least and greatest of them so divided.
  private let unit: Int64
  private let low: Int64
  private let high: Int64
  private let counts: Store<UInt32>
  /// The sums of blocks of counts, so that stretches of values that nobody has are left out.
  private let blocks: Store<Int>
  private let valueCount: Int
  private let rowCount: Int

  private static let blockCells = 256
  /// The most cells, for each row and at all.
  private static let cellsPerRow = 4
  private static let mostCells = 1 << 24

  /// Counts the values; nil where there are too many different ones for their number, or none.
  init?(_ column: Column, _ workers: Workers) throws(EvaluationFailure) {
    guard column.type.isStoredAsInteger, column.rowCount <= UInt32.max,
      let range = column.integerRange
    else { return nil }
    let unit = column.unit
    let (first, last) = (range.lowerBound / unit, range.upperBound / unit)
    let (span, overflows) = last.subtractingReportingOverflow(first)
    let most = min(CountedIntegers.cellsPerRow * column.rowCount, CountedIntegers.mostCells)
    if overflows || span >= Int64(most) { return nil }
    let blockCount = Int(span) / CountedIntegers.blockCells + 1
    let cells = blockCount * CountedIntegers.blockCells
    let tables = PerWorker<Store<UInt32>>(workers)
    try workers.run(column.segments.count) { worker, index throws(EvaluationFailure) in
      // One cell more, of values that the statistics do not know of.
      let own = try tables.value(worker) { Store(repeating: 0, count: cells + 1) }
      CountedIntegers.count(
        column.segments[index], unit, from: first, cells: UInt(cells), into: own.pointer)
    }
    guard let counts = tables.all.first,
      !tables.all.contains(where: { $0.pointer[cells] > 0 })
    else { return nil }
    let blocks = Store<Int>(repeating: 0, count: blockCount)
    try CountedIntegers.unite(tables.all, into: blocks, workers)
    let valueCount = blocks.elements.reduce(0, &+)
    if valueCount != column.rowCount - column.nullCount { return nil }
    type = column.type
    self.unit = unit
    low = first
    high = last
    counts.setCount(cells)
    self.counts = counts
    self.blocks = blocks
    self.valueCount = valueCount
    rowCount = column.rowCount
  }

  private static func count(
    _ segment: Segment, _ unit: Int64, from low: Int64, cells: UInt,
    into counts: UnsafeMutablePointer<UInt32>
  ) {
    let factor = segment.scale / unit
    let validity = segment.validity?.words.pointer
    func add<Stored: StoredInteger>(_ slice: BufferSlice<Stored>) {
      let values = slice.pointer
      func add(_ row: Int) {
        let cell = Int64(truncatingIfNeeded: values[row]) &* factor &- low
        counts[Int(min(UInt(bitPattern: Int(cell)), cells))] &+= 1
      }
      guard let validity else {
        for row in 0..<segment.rowCount { add(row) }
        return
      }
      for row in 0..<segment.rowCount
      where validity[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 != 0 { add(row) }
    }
    switch segment.values {
    case .int8(let slice): add(slice)
    case .int16(let slice): add(slice)
    case .int32(let slice): add(slice)
    case .int64(let slice): add(slice)
    case .bits, .float64, .text, .codes8, .codes16: preconditionFailure("no integers to count")
    }
  }

  /// Adds all tables to the first, and up the counts of each block.
  private static func unite(
    _ tables: [Store<UInt32>], into blocks: Store<Int>, _ workers: Workers
  ) throws(EvaluationFailure) {
    let step = 1 << 8
    try workers.run((blocks.count + step - 1) / step) { _, portion in
      for block in portion * step..<min(blocks.count, (portion + 1) * step) {
        let first = block * blockCells
        let counts = tables[0].pointer + first
        for other in tables.dropFirst() {
          for cell in 0..<blockCells { counts[cell] &+= other.pointer[first &+ cell] }
        }
        var sum: UInt32 = 0
        for cell in 0..<blockCells { sum &+= counts[cell] }
        blocks.pointer[block] = Int(sum)
      }
    }
  }

  /// The values in order, nulls last.
  func column(
    isDescending: Bool, segmentRows: Int, _ workers: Workers
  ) throws(EvaluationFailure) -> Column {
    let starts = starts(isDescending, segmentRows)
    let segments = Portions<Segment>(count: starts.count)
    try workers.run(starts.count) { _, index throws(EvaluationFailure) in
      let rows = min(segmentRows, rowCount - index * segmentRows)
      segments.set(index, segment(rows, from: starts[index], isDescending))
    }
    return Column(type: type, segments: segments.all)
  }

  /// Where the values of a segment begin: the step to a cell, how many of it came before, and how
  /// many values are left from there on.
  private struct Start {
    let step: Int
    let taken: UInt32
    let left: Int
  }

  /// The cells from one end to the other.
  @inline(__always) private func cell(_ step: Int, _ isDescending: Bool) -> Int {
    isDescending ? counts.count &- 1 &- step : step
  }

  private func starts(_ isDescending: Bool, _ segmentRows: Int) -> [Start] {
    var starts: [Start] = []
    var before = 0
    var step = 0
    while step < counts.count {
      let block = blocks.pointer[cell(step, isDescending) / CountedIntegers.blockCells]
      let isWhole = step % CountedIntegers.blockCells == 0
      if isWhole, block == 0 || before + block <= starts.count * segmentRows {
        (step, before) = (step + CountedIntegers.blockCells, before + block)
        continue
      }
      let after = before + Int(counts.pointer[cell(step, isDescending)])
      while starts.count * segmentRows < after {
        let taken = UInt32(starts.count * segmentRows - before)
        starts.append(
          Start(step: step, taken: taken, left: valueCount - starts.count * segmentRows))
      }
      (step, before) = (step + 1, after)
    }
    // Segments of nulls alone.
    while starts.count * segmentRows < rowCount {
      starts.append(Start(step: counts.count, taken: 0, left: 0))
    }
    return starts
  }

  private func segment(_ rows: Int, from start: Start, _ isDescending: Bool) -> Segment {
    switch (low, high) {
    case (Int64(Int8.min)..., ...Int64(Int8.max)):
      segment(Int8.self, rows, from: start, isDescending)
    case (Int64(Int16.min)..., ...Int64(Int16.max)):
      segment(Int16.self, rows, from: start, isDescending)
    case (Int64(Int32.min)..., ...Int64(Int32.max)):
      segment(Int32.self, rows, from: start, isDescending)
    default: segment(Int64.self, rows, from: start, isDescending)
    }
  }

  private func segment<Stored: StoredInteger>(
    _ type: Stored.Type, _ rows: Int, from start: Start, _ isDescending: Bool
  ) -> Segment {
    let slice = BufferSlice<Stored>(capacity: rows)
    let (values, counts) = (slice.pointer, counts.pointer)
    let present = min(rows, start.left)
    var (step, taken, row) = (start.step, start.taken, 0)
    while row < present {
      let place = cell(step, isDescending)
      if step % CountedIntegers.blockCells == 0,
        blocks.pointer[place / CountedIntegers.blockCells] == 0
      {
        step &+= CountedIntegers.blockCells
        continue
      }
      let run = min(Int(counts[place] &- taken), present &- row)
      let value = Stored(truncatingIfNeeded: low &+ Int64(place))
      for index in row..<row &+ run { values[index] = value }
      (step, taken, row) = (step &+ 1, 0, row &+ run)
    }
    var statistics = SegmentStatistics(nullCount: rows)
    if present > 0 {
      let (first, last) = (Int64(values[0]) * unit, Int64(values[present - 1]) * unit)
      statistics = SegmentStatistics(
        nullCount: rows - present, integerRange: min(first, last)...max(first, last),
        isAscending: present == rows && first <= last)
    }
    // Under nulls stands a value that is also elsewhere.
    let filling = present > 0 ? values[present - 1] : 0
    for index in present..<rows { values[index] = filling }
    return Segment(
      rowCount: rows, values: Stored.values(slice), scale: unit,
      validity: present == rows ? nil : Bitmap(first: present, of: rows), statistics: statistics)
  }
}

extension Bitmap {
  /// The first bits set, the others not.
  fileprivate init(first: Int, of count: Int) {
    let words = BufferSlice<UInt64>(capacity: (count + 63) / 64)
    for word in 0..<words.count {
      let bits = max(0, min(64, first - word * 64))
      words.pointer[word] = bits == 0 ? 0 : ~0 >> UInt64(64 - bits)
    }
    self.init(words: words, count: count)
  }
}
