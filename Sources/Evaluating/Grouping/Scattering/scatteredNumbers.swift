import Columns
import Plans

extension Evaluator {
  /// As `groupNumbers` of many keys: part by part, each of which fits the cache.
  ///
  /// nil where the keys are few, and where a value was not what was known of its column. Some 30 bytes a row
  /// while it runs.
  func scatteredNumbers(
    _ table: Table, _ keys: [ScalarExpression], _ grouping: GroupingLayout
  ) throws(EvaluationFailure) -> Column? {
    let rows = table.rowCount
    if keys.isEmpty || grouping.isDense || rows < limits.scatteredRows || rows > Int32.max {
      return nil
    }
    let pipeline = Pipeline(TableSource(table, settings))
    let scatter = ScatterLayout(
      keys, keyCount: keys.count, ordinals: .numbers,
      partBits: ScatterLayout.partBits(rows: rows, partRows: limits.partRows)
    ) { pipeline.facts($0) }
    guard try hasManyKeys(pipeline, keys, scatter),
      let parts = try scattered(pipeline, keys, scatter)
    else { return nil }
    let crew = PerWorker<PartNumbering>(workers)
    let numbered = Portions<PartNumbering.Result>(count: scatter.partCount)
    try workers.run(scatter.partCount) { worker, part throws(EvaluationFailure) in
      let member = try crew.value(worker) { PartNumbering(grouping, parts) }
      if let result = member.number(part) { numbered.set(part, result) }
    }
    let all = numbered.all
    if all.count < scatter.partCount { return nil }
    return try column(of: all, cutLike: table)
  }

  /// The groups of all parts in order of their first rows.
  private func column(
    of parts: [PartNumbering.Result], cutLike table: Table
  ) throws(EvaluationFailure) -> Column {
    let rows = table.rowCount
    let isFirst = BufferSlice<UInt8>(zeroed: max(1, rows))
    try workers.run(parts.count) { _, part in
      for first in parts[part].firsts.elements where first != PartNumbering.none {
        isFirst.pointer[Int(first)] = 1
      }
    }
    let numbers = BufferSlice<Int32>(capacity: rows)
    let count = try writeRanks(of: isFirst, into: numbers)
    // A part's rows are no other's: what is read here was written before, or is written as it was.
    try workers.run(parts.count) { _, part in
      let (own, firsts) = (parts[part], parts[part].firsts)
      let ids = Store<Int32>(repeating: 0, count: max(1, firsts.count))
      for group in 0..<firsts.count where firsts.pointer[group] != PartNumbering.none {
        ids.pointer[group] = numbers.pointer[Int(firsts.pointer[group])]
      }
      for index in 0..<own.rows.count {
        numbers.pointer[Int(own.rows.pointer[index])] =
          ids.pointer[Int(own.groups.pointer[index])]
      }
    }
    let range = count == 0 ? nil : 0...Int64(count - 1)
    var start = 0
    let segments = table.segmentRowCounts.map { size in
      defer { start += size }
      return Segment(
        rowCount: size, values: .int32(numbers.part(start..<start + size)),
        statistics: SegmentStatistics(nullCount: 0, integerRange: size == 0 ? nil : range))
    }
    return Column(type: .int, segments: segments)
  }

  /// Writes, at each place that is marked, how many marks are before it; gives how many there are.
  private func writeRanks(
    of marks: BufferSlice<UInt8>, into ranks: BufferSlice<Int32>
  ) throws(EvaluationFailure) -> Int {
    let step = 1 << 16
    let portions = (ranks.count + step - 1) / step
    @Sendable func places(_ portion: Int) -> Range<Int> {
      portion * step..<min(ranks.count, (portion + 1) * step)
    }
    let starts = Store<Int>(repeating: 0, count: portions + 1)
    try workers.run(portions) { _, portion in
      var count = 0
      for place in places(portion) { count &+= Int(marks.pointer[place]) }
      starts.pointer[portion + 1] = count
    }
    for portion in 0..<portions { starts.pointer[portion + 1] += starts.pointer[portion] }
    try workers.run(portions) { _, portion in
      var rank = Int32(truncatingIfNeeded: starts.pointer[portion])
      for place in places(portion) {
        ranks.pointer[place] = rank
        rank &+= Int32(marks.pointer[place])
      }
    }
    return starts.pointer[portions]
  }
}

/// Numbers the keys of the rows of one part after the other, for one worker.
private final class PartNumbering {
  private let parts: ScatteredParts
  private let reader: PartReader
  private let hashed: HashGrouper

  /// The rows of a part by their number among all, the group of each, and the first row of each group.
  struct Result: Sendable {
    let rows: Store<UInt32>
    let groups: Store<UInt32>
    let firsts: Store<UInt32>
  }

  static let none = UInt32.max
  private static let blockRows = 1 << 11
  private static let mostExpected = 1 << 14

  init(_ grouping: GroupingLayout, _ parts: ScatteredParts) {
    self.parts = parts
    reader = PartReader(parts, blockRows: PartNumbering.blockRows)
    hashed = HashGrouper(grouping, blockRows: PartNumbering.blockRows, isFar: true)
  }

  /// nil when a key had a value out of its domain.
  func number(_ part: Int) -> Result? {
    let count = parts.rowCount(part)
    hashed.renew(expecting: min(count, PartNumbering.mostExpected))
    let result = Result(
      rows: Store(undefined: max(1, count)), groups: Store(undefined: max(1, count)),
      firsts: Store(capacity: 64))
    var (filled, isInDomain) = (0, true)
    reader.read(part) { rows, keys in
      if !isInDomain { return }
      let groups = result.groups.pointer + filled
      isInDomain = hashed.number(keys, rows, into: groups)
      if !isInDomain { return }
      result.firsts.resize(to: hashed.groupCount, filling: PartNumbering.none)
      let (numbers, firsts) = (result.rows.pointer + filled, result.firsts.pointer)
      for row in 0..<rows.count {
        let number = UInt32(truncatingIfNeeded: rows.ordinal(row))
        numbers[row] = number
        // Rows come in their order: the first is the least.
        let group = Int(groups[row])
        firsts[group] = min(firsts[group], number)
      }
      filled += rows.count
    }
    result.rows.setCount(count)
    return isInDomain ? result : nil
  }
}
