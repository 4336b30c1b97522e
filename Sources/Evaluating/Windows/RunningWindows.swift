import Columns
import Diagnostics
import Plans

// Functions of the rows so far. Partitions go side by side; a long one is one worker's.
extension Evaluator {
  /// 1, 2, … within each partition.
  func rowNumbers(_ frame: WindowFrame) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    if rows.order == nil, !frame.hasPartitions { return try frame.rowNumbers(workers) }
    let cells = Store<Int64>(undefined: max(1, frame.rowCount))
    try WindowUnits(rows, overlap: 0, workers).run { _, piece in
      for place in piece.places {
        cells.pointer[rows.row(place)] = Int64(place &- piece.start &+ 1)
      }
    }
    return try frame.column(cells, type: .int, workers)
  }

  /// 1 + the number of rows before those of equal sort keys.
  func rank(_ frame: WindowFrame) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let keys = try frame.sortedKeys()
    let cells = Store<Int64>(undefined: max(1, frame.rowCount))
    let words = keys.onlyWords
    try WindowUnits(rows, workers).run { [workers] _, piece throws(EvaluationFailure) in
      var last: (rank: Int64, row: Int) = (1, rows.row(piece.start))
      try workers.inBlocks(piece.places) { places in
        if let words {
          last = rank(places, of: piece, rows, words, after: last, into: cells)
          return
        }
        for place in places {
          let row = rows.row(place)
          if !keys.areEqual(last.row, row) { last.rank = Int64(place &- piece.start &+ 1) }
          last.row = row
          cells.pointer[row] = last.rank
        }
      }
    }
    return try frame.column(cells, type: .int, workers)
  }

  /// The ranks of some places by one word a row; returns that of the last place.
  private func rank(
    _ places: Range<Int>, of piece: WindowPiece, _ rows: WindowRows, _ words: Store<UInt64>,
    after last: (rank: Int64, row: Int), into cells: Store<Int64>
  ) -> (rank: Int64, row: Int) {
    let (words, cells) = (words.pointer, cells.pointer)
    var (rank, row) = last
    var before = words[row]
    for place in places {
      row = rows.row(place)
      let word = words[row]
      rank = word == before ? rank : Int64(place &- piece.start &+ 1)
      before = word
      cells[row] = rank
    }
    return (rank, row)
  }

  /// Sums of ints or durations so far; an overflow is an error.
  func integerSums(
    _ input: Column, _ call: WindowCall, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    if let sums = StandingSums(input, workers), let column = try standing(frame, sums) {
      return column
    }
    let rows = try frame.rows()
    let values = try frame.orderWords(input, workers).values
    let cells = Store<Int64>(undefined: max(1, frame.rowCount))
    try WindowUnits(rows, workers).run { [workers] _, piece throws(EvaluationFailure) in
      var sum: Int64 = 0
      var hasOverflown = false
      try workers.inBlocks(piece.places) { places in
        for place in places {
          let (next, overflows) = sum.addingReportingOverflow(values.pointer[place])
          hasOverflown = hasOverflown || overflows
          sum = next
          cells.pointer[rows.row(place)] = sum
        }
      }
      if hasOverflown {
        let kind = call.type == .int ? "integer overflow" : "overflow"
        throw .diagnostic(
          Diagnostic(
            "\(kind) in '\(call.text)'", hint: "the sum does not fit in 64 bits", at: call.range,
            blame: .data))
      }
    }
    return try frame.column(cells, type: input.type, workers)
  }

  /// Sums of floats so far, added in the order of the rows.
  func floatSums(_ input: Column, _ frame: WindowFrame) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let values = try frame.doubles(input, workers).values
    let cells = Buffer(byteCount: frame.rowCount * 8, mayBeUsed: true)
    try WindowUnits(rows, workers).run { [workers] _, piece throws(EvaluationFailure) in
      let into = cells.base.assumingMemoryBound(to: Double.self)
      var sum = 0.0
      try workers.inBlocks(piece.places) { places in
        for place in places {
          sum += values.pointer[place]
          into[rows.row(place)] = sum
        }
      }
    }
    return try frame.column(cells, workers)
  }

  /// The least or greatest value so far.
  func runningExtreme(
    _ input: Column, isGreatest: Bool, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    if input.type == .string { return try runningText(input, isGreatest: isGreatest, frame) }
    if let column = try standingExtreme(input, isGreatest: isGreatest, frame) { return column }
    let rows = try frame.rows()
    let words = try frame.orderWords(input, workers)
    let cells = Store<Int64>(undefined: max(1, frame.rowCount))
    let present = words.present.map { _ in Store<UInt8>(undefined: max(1, frame.rowCount)) }
    // All ones for the greatest: it turns the order of words round.
    let flip: Int64 = isGreatest ? -1 : 0
    try WindowUnits(rows, workers).run { [workers] _, piece throws(EvaluationFailure) in
      var least = Int64.max
      var hasValue: UInt8 = 0
      try workers.inBlocks(piece.places) { places in
        for place in places {
          let flag = words.present.map { $0.pointer[place] } ?? 1
          let word = flag == 0 ? Int64.max : words.values.pointer[place] ^ flip
          least = word < least ? word : least
          hasValue |= flag
          let row = rows.row(place)
          cells.pointer[row] = least ^ flip
          present?.pointer[row] = hasValue
        }
      }
    }
    guard input.type == .float else {
      return try frame.column(cells, present: present, type: input.type, workers)
    }
    let doubles = Buffer(byteCount: frame.rowCount * 8, mayBeUsed: true)
    let rowCount = frame.rowCount
    try WindowUnits(rows, overlap: 0, workers).run { _, piece in
      let into = doubles.base.assumingMemoryBound(to: Double.self)
      for place in piece.places {
        let row = rows.row(place)
        if row < rowCount { into[row] = orderedFloat(cells.pointer[row]) }
      }
    }
    return try frame.column(doubles, present: present, workers)
  }

  /// The least or greatest text so far, by its bytes.
  private func runningText(
    _ input: Column, isGreatest: Bool, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let present = try frame.presence(input, workers)
    let texts = input.segments.map { TextPlaces($0.values) }
    let starts = frame.starts
    let best = Store<UInt32>(undefined: max(1, frame.rowCount))
    try WindowUnits(rows, workers).run { [workers] _, piece throws(EvaluationFailure) in
      var chosen = UInt32.max
      var text = TextReference.empty
      try workers.inBlocks(piece.places) { places in
        for place in places {
          let row = rows.row(place)
          if present.map({ $0.pointer[place] != 0 }) ?? true {
            let own = RowPlace(row: row, starts)
            let bytes = texts[own.segment].text(own.row)
            let next = bytes.baseAddress.map { TextReference(bytes: $0, count: bytes.count) }
            let order = (next ?? .empty).compare(text)
            if chosen == UInt32.max || (isGreatest ? order > 0 : order < 0) {
              chosen = UInt32(truncatingIfNeeded: row)
              text = next ?? .empty
            }
          }
          best.pointer[row] = chosen
        }
      }
    }
    return try frame.column(input, rows: best, workers)
  }

  /// The value of another row: `distance` rows before, or after where `forward`.
  func shifted(
    _ input: Column, by distance: Int, forward: Bool, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    if !forward, distance == 1, let lags = StandingLags(input, workers),
      let column = try standing(frame, lags)
    {
      return column
    }
    let rows = try frame.rows()
    let sources = Store<UInt32>(undefined: max(1, frame.rowCount))
    try WindowUnits(rows, overlap: 0, workers).run { _, piece in
      for place in piece.places {
        let room = forward ? piece.end &- 1 &- place : place &- piece.start
        let source = forward ? place &+ distance : place &- distance
        sources.pointer[rows.row(place)] =
          room < distance ? UInt32.max : UInt32(truncatingIfNeeded: rows.row(source))
      }
    }
    return try frame.column(input, rows: sources, workers)
  }
}
