import Columns
import Tasks

/// What a window function gives, by number of row, made into a column cut like the table.
extension WindowFrame {
  /// A column of integers; `present` has 0 for nulls and is nil when there are none.
  func column(
    _ cells: Store<Int64>, present: Store<UInt8>? = nil, type: DataType, _ workers: Workers
  ) throws(EvaluationFailure) -> Column {
    try cut(type, present, workers) { start, count, validity, nullCount in
      if let present, nullCount > 0 {
        // Under nulls stands a value that is also elsewhere, so that the width stays narrow.
        var filling: Int64 = 0
        for row in start..<start + count where present.pointer[row] != 0 {
          filling = cells.pointer[row]
          break
        }
        for row in start..<start + count where present.pointer[row] == 0 {
          cells.pointer[row] = filling
        }
      }
      let form = narrowestForm(
        of: UnsafePointer(cells.pointer + start), count: count, type: type, nullCount: nullCount)
      return Segment(
        rowCount: count, values: form.values, scale: form.scale, validity: validity,
        statistics: form.statistics)
    }
  }

  /// A column of 1, 2, … over all rows as they stand.
  func rowNumbers(_ workers: Workers) throws(EvaluationFailure) -> Column {
    try cut(.int, workers) { _, start, count in
      let last = Int64(start + count)
      return switch last {
      case ...Int64(Int8.max): rowNumbers(Int8.self, after: start, count)
      case ...Int64(Int16.max): rowNumbers(Int16.self, after: start, count)
      case ...Int64(Int32.max): rowNumbers(Int32.self, after: start, count)
      default: rowNumbers(Int64.self, after: start, count)
      }
    }
  }

  private func rowNumbers<Stored: StoredInteger>(
    _ type: Stored.Type, after start: Int, _ count: Int
  ) -> Segment {
    let slice = BufferSlice<Stored>(capacity: count)
    for row in 0..<count { slice.pointer[row] = Stored(truncatingIfNeeded: start &+ row &+ 1) }
    let range = count == 0 ? nil : Int64(start + 1)...Int64(start + count)
    return Segment(
      rowCount: count, values: Stored.values(slice),
      statistics: SegmentStatistics(nullCount: 0, integerRange: range, isAscending: true))
  }

  /// A column of floats.
  func column(
    _ cells: Buffer, present: Store<UInt8>? = nil, _ workers: Workers
  ) throws(EvaluationFailure) -> Column {
    try cut(.float, present, workers) { start, count, validity, nullCount in
      // The segments share the memory that was written.
      let slice = BufferSlice<Double>(buffer: cells, byteOffset: start * 8, count: count)
      return Segment(
        rowCount: count, values: .float64(slice), validity: validity,
        statistics: SegmentStatistics(nullCount: nullCount))
    }
  }

  /// The rows of a column by number, `UInt32.max` for null.
  func column(
    _ source: Column, rows: Store<UInt32>, _ workers: Workers
  ) throws(EvaluationFailure) -> Column {
    let gather = ColumnGather(source)
    let scratch = PerWorker<Store<RowPlace>>(workers)
    return try cut(source.type, workers) {
      [starts] (worker, start, count) throws(EvaluationFailure) in
      let places = try scratch.value(worker) { () throws(EvaluationFailure) in Store<RowPlace>() }
      places.reserve(max(1, count))
      var segment = 0
      for index in 0..<count {
        let row = rows.pointer[start + index]
        if row == UInt32.max {
          places.pointer[index] = .none
          continue
        }
        let number = Int(row)
        // Neighbours mostly come from the same segment.
        if number < starts[segment] || number >= starts[segment + 1] {
          segment = RowPlace(row: number, starts).segment
        }
        places.pointer[index] = RowPlace(segment: segment, row: number - starts[segment])
      }
      return gather.segment(
        UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: count))
    }
  }

  private func cut(
    _ type: DataType, _ present: Store<UInt8>?, _ workers: Workers,
    _ make: @Sendable (_ start: Int, _ count: Int, Bitmap?, _ nullCount: Int) -> Segment
  ) throws(EvaluationFailure) -> Column {
    try cut(type, workers) { (_, start, count) in
      guard let present else { return make(start, count, nil, 0) }
      let flags = UnsafeBufferPointer(
        start: UnsafePointer(present.pointer + start), count: count)
      var nulls = 0
      for flag in flags { nulls &+= flag == 0 ? 1 : 0 }
      return make(start, count, nulls == 0 ? nil : Bitmap(bytes: flags), nulls)
    }
  }

  private func cut(
    _ type: DataType, _ workers: Workers,
    _ make:
      @Sendable (_ worker: Int, _ start: Int, _ count: Int) throws(EvaluationFailure)
      -> Segment
  ) throws(EvaluationFailure) -> Column {
    let counts = table.segmentRowCounts
    let segments = Portions<Segment>(count: counts.count)
    try workers.run(counts.count) { [starts] worker, index throws(EvaluationFailure) in
      segments.set(index, try make(worker, starts[index], counts[index]))
    }
    return Column(type: type, segments: segments.all)
  }
}
