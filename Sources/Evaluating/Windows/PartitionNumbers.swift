import Columns
import Plans
import Tasks

/// The number of each row's partition; some numbers may have no rows.
struct PartitionNumbers: Sendable {
  let numbers: Store<UInt32>
  /// Above every number.
  let count: Int

  /// Where each partition begins among rows that are put partition by partition, and the end.
  func bounds(rowCount: Int, _ workers: Workers) throws(EvaluationFailure) -> Store<Int> {
    let step = max(1 << 16, count)
    let tables = PerWorker<Store<Int>>(workers)
    try workers.run((rowCount + step - 1) / step) { worker, portion throws(EvaluationFailure) in
      let own = try tables.value(worker) { Store<Int>(repeating: 0, count: count) }.pointer
      let numbers = numbers.pointer
      for row in portion * step..<min(rowCount, (portion + 1) * step) {
        own[Int(numbers[row])] &+= 1
      }
    }
    let bounds = Store<Int>(repeating: 0, count: count + 1)
    for number in 0..<count {
      let size = tables.all.reduce(0) { $0 + $1.pointer[number] }
      bounds.pointer[number + 1] = bounds.pointer[number] + size
    }
    return bounds
  }

  /// Rows in an order (as they stand, when nil) put partition by partition, stably.
  ///
  /// A counting sort: each worker counts and then places the rows of its portions.
  func grouped(
    _ order: Store<UInt32>?, rowCount: Int, _ workers: Workers
  ) throws(EvaluationFailure) -> WindowRows {
    // Counters of all portions stay in the cache, more or less.
    let portions = max(1, min((rowCount + 0xFFFF) >> 16, (1 << 20) / max(1, count)))
    let step = (rowCount + portions - 1) / portions
    let counts = Store<UInt32>(repeating: 0, count: portions * count)
    let bounds = Store<Int>(undefined: count + 1)
    let grouped = Store<UInt32>(undefined: max(1, rowCount))
    try workers.run(portions) { _, portion in
      let own = counts.pointer + portion * count
      let numbers = numbers.pointer
      let places = portion * step..<min(rowCount, (portion + 1) * step)
      if let order = order?.pointer {
        for place in places { own[Int(numbers[Int(order[place])])] &+= 1 }
      } else {
        for place in places { own[Int(numbers[place])] &+= 1 }
      }
    }
    var total = 0
    for number in 0..<count {
      bounds.pointer[number] = total
      for portion in 0..<portions {
        let size = Int(counts.pointer[portion * count + number])
        counts.pointer[portion * count + number] = UInt32(truncatingIfNeeded: total)
        total += size
      }
    }
    bounds.pointer[count] = total
    try workers.run(portions) { _, portion in
      let own = counts.pointer + portion * count
      let numbers = numbers.pointer
      let into = grouped.pointer
      for place in portion * step..<min(rowCount, (portion + 1) * step) {
        let row = order.map { $0.pointer[place] } ?? UInt32(truncatingIfNeeded: place)
        let number = Int(numbers[Int(row)])
        into[Int(own[number])] = row
        own[number] &+= 1
      }
    }
    return WindowRows(rowCount: rowCount, order: grouped, bounds: bounds)
  }
}

extension Evaluator {
  /// Numbers the rows of a table by keys: by a dense table of all combinations where these are few,
  /// else by hashing.
  func partitionNumbers(
    _ table: Table, _ keys: [ScalarExpression]
  ) throws(EvaluationFailure) -> PartitionNumbers {
    if let dense = try densePartitionNumbers(table, keys) { return dense }
    let column = try groupNumbers(table, keys)
    let numbers = Store<UInt32>(undefined: max(1, table.rowCount))
    let starts = table.segmentStarts
    let scratch = PerWorker<Store<Int64>>(workers)
    try workers.run(column.segments.count) { worker, index throws(EvaluationFailure) in
      let segment = column.segments[index]
      let wide = try scratch.value(worker) { Store<Int64>() }
      wide.reserve(segment.rowCount)
      Vector.of(segment: segment, type: .int, rows: 0..<segment.rowCount)
        .widenToInt64(into: wide.pointer)
      let into = numbers.pointer + starts[index]
      for row in 0..<segment.rowCount { into[row] = UInt32(truncatingIfNeeded: wide.pointer[row]) }
    }
    let greatest = column.integerRange?.upperBound ?? 0
    return PartitionNumbers(numbers: numbers, count: Int(greatest) + 1)
  }

  /// Nil where the combinations are too many, or a value is out of the domain of its key.
  private func densePartitionNumbers(
    _ table: Table, _ keys: [ScalarExpression]
  ) throws(EvaluationFailure) -> PartitionNumbers? {
    let source = TableSource(table, settings)
    let pipeline = Pipeline(source)
    let grouping = GroupingLayout(
      keys: keys.map { KeyLayout($0, pipeline.facts($0)) }, rows: table.rowCount)
    guard let cells = grouping.denseCells else { return nil }
    let layout = AggregationLayout(
      grouping: grouping, aggregates: [], rowBound: 0, facts: { _ in .unknown })
    let crew = PerWorker<AggregationWorker>(workers)
    let numbers = Store<UInt32>(undefined: max(1, table.rowCount))
    let starts = table.segmentStarts
    try workers.run(source.portionCount) { worker, portion throws(EvaluationFailure) in
      let member = try crew.value(worker) { () throws(EvaluationFailure) in
        AggregationWorker(layout, try runner(pipeline, keys), blockRows: source.blockRows)
      }
      try member.run(portion) { rows in
        let place = RowPlace(packed: Int(rows.firstOrdinal))
        let into = numbers.pointer + starts[place.segment] + place.row
        // Dense groups count from 1.
        for row in 0..<rows.count { into[row] = rows.groups[row] &- 1 }
      }
    }
    if crew.all.contains(where: \.isOutOfDomain) { return nil }
    return PartitionNumbers(numbers: numbers, count: max(1, cells))
  }
}
