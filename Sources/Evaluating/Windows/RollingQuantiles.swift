import Columns
import Plans
import Tasks

extension Evaluator {
  /// The medians of the last k values and of their distances from it, as far as wanted.
  func rollingQuantiles(
    _ input: Column, _ k: Int, _ wanted: Set<WindowFunction>, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> [WindowFunction: Column] {
    let rows = try frame.rows()
    let isNarrow = input.holdsNarrowIntegers
    let input = try frame.doubles(input, workers)
    let results = QuantileCells(frame, wanted, hasNulls: input.present != nil)
    let windows = PerWorker<QuantileWindows>(workers)
    try WindowUnits(rows, overlap: k, workers).run {
      [workers] worker, piece throws(EvaluationFailure) in
      let job = RollingQuantileJob(input: input, rows: rows, piece: piece, k: k, results: results)
      let own = try windows.value(worker) { QuantileWindows() }
      let size = min(k, piece.end - piece.start)
      if size <= ShortWindow<Int32>.limit {
        if isNarrow {
          own.narrow.removeAll(size: size)
          try job.run(own.narrow, workers)
        } else {
          own.wide.removeAll(size: size)
          try job.run(own.wide, workers)
        }
      } else if size <= QuantileWindows.sortedLimit {
        own.sorted.removeAll()
        try job.run(own.sorted, workers)
      } else {
        try job.run(RankedWindow(input, piece.firstPlace(k)..<piece.places.upperBound), workers)
      }
    }
    var columns: [WindowFunction: Column] = [:]
    if let medians = results.medians {
      columns[.rollingMedian] = try frame.column(medians, present: results.present, workers)
    }
    if let spreads = results.spreads {
      columns[.rollingMAD] = try frame.column(spreads, present: results.present, workers)
    }
    return columns
  }
}

/// A worker's windows of several sizes, of which one is in use.
private final class QuantileWindows {
  /// Windows up to this many rows are kept as a sorted array, into which a value is put by moving
  /// those behind it; longer ones as counts by rank, whose cost a row grows with log² k only.
  static let sortedLimit = 1 << 11

  let narrow = ShortWindow<Int32>()
  let wide = ShortWindow<Double>()
  let sorted = SortedWindow(capacity: sortedLimit + 1)
}

extension Column {
  /// Whether all values are whole and fit 32 bits.
  fileprivate var holdsNarrowIntegers: Bool {
    guard type.isStoredAsInteger, let range = integerRange else { return false }
    return range.lowerBound >= Int64(Int32.min) && range.upperBound <= Int64(Int32.max)
  }
}

/// Where medians and their spreads go, by row.
private struct QuantileCells: Sendable {
  let medians: Buffer?
  let spreads: Buffer?
  let present: Store<UInt8>?

  init(_ frame: WindowFrame, _ wanted: Set<WindowFunction>, hasNulls: Bool) {
    func cells(_ function: WindowFunction) -> Buffer? {
      wanted.contains(function) ? Buffer(byteCount: frame.rowCount * 8, mayBeUsed: true) : nil
    }
    medians = cells(.rollingMedian)
    spreads = cells(.rollingMAD)
    present = hasNulls ? Store(undefined: max(1, frame.rowCount)) : nil
  }

  @inline(__always) func set(_ row: Int, _ window: some OrderedWindow, isEmpty: Bool) {
    present?.pointer[row] = isEmpty ? 0 : 1
    let median = isEmpty ? 0 : window.median
    medians?.base.assumingMemoryBound(to: Double.self)[row] = median
    spreads?.base.assumingMemoryBound(to: Double.self)[row] =
      isEmpty ? 0 : window.medianDistance(from: median)
  }
}

/// The windows of one piece.
private struct RollingQuantileJob {
  let input: WindowValues<Double>
  let rows: WindowRows
  let piece: WindowPiece
  let k: Int
  let results: QuantileCells

  func run(_ window: some OrderedWindow, _ workers: Workers) throws(EvaluationFailure) {
    let values = input.values.pointer
    let present = input.present?.pointer
    let first = piece.firstPlace(k)
    for place in first..<piece.places.lowerBound where present.map({ $0[place] != 0 }) ?? true {
      window.insert(values[place], place)
    }
    try workers.inBlocks(piece.places) { places in
      for place in places {
        let old = place &- k
        let enters = present.map { $0[place] != 0 } ?? true
        let leaves = old >= first && old >= piece.start && (present.map { $0[old] != 0 } ?? true)
        if enters && leaves {
          window.replace(values[old], old, by: values[place], place)
        } else if enters {
          window.insert(values[place], place)
        } else if leaves {
          window.remove(values[old], old)
        }
        results.set(rows.row(place), window, isEmpty: window.count == 0)
      }
    }
  }
}
