import Tasks

/// A part of a partition: the places to compute, and where the partition begins and ends.
struct WindowPiece {
  let places: Range<Int>
  let start: Int
  let end: Int
}

/// The work of a window function cut into units that workers take in any order.
///
/// Units are made of whole partitions, and of parts of long ones where `overlap` says how many rows
/// before a part must be read again; nil where partitions stay whole. Results do not depend on it.
struct WindowUnits {
  private struct Unit {
    let partitions: Range<Int>
    let places: Range<Int>
  }

  private let rows: WindowRows
  private let workers: Workers
  private let units: [Unit]

  static let unitRows = 1 << 16

  init(_ rows: WindowRows, overlap: Int? = nil, _ workers: Workers) {
    self.rows = rows
    self.workers = workers
    var units: [Unit] = []
    let bounds = rows.bounds.pointer
    // A unit's own rows are several times those that it reads again.
    let step = overlap.map { max(WindowUnits.unitRows, 4 &* min($0, rows.rowCount)) }
    var first = 0
    for partition in 0..<rows.partitionCount {
      let size = bounds[partition + 1] - bounds[partition]
      if let step, size >= 2 * step {
        if first < partition {
          units.append(
            Unit(partitions: first..<partition, places: bounds[first]..<bounds[partition]))
        }
        for start in stride(from: bounds[partition], to: bounds[partition + 1], by: step) {
          let end = min(start + step, bounds[partition + 1])
          units.append(Unit(partitions: partition..<partition + 1, places: start..<end))
        }
        first = partition + 1
      } else if bounds[partition + 1] - bounds[first] >= WindowUnits.unitRows {
        let places = bounds[first]..<bounds[partition + 1]
        units.append(Unit(partitions: first..<partition + 1, places: places))
        first = partition + 1
      }
    }
    if first < rows.partitionCount {
      let places = bounds[first]..<bounds[rows.partitionCount]
      units.append(Unit(partitions: first..<rows.partitionCount, places: places))
    }
    self.units = units
  }

  /// Calls `body` for each piece, those of a unit in order and by one worker.
  func run(
    _ body: @Sendable (_ worker: Int, WindowPiece) throws(EvaluationFailure) -> Void
  ) throws(EvaluationFailure) {
    let bounds = rows.bounds
    try workers.run(units.count) { worker, index throws(EvaluationFailure) in
      let unit = units[index]
      for partition in unit.partitions {
        let (start, end) = (bounds.pointer[partition], bounds.pointer[partition + 1])
        let places = max(start, unit.places.lowerBound)..<min(end, unit.places.upperBound)
        if !places.isEmpty {
          try body(worker, WindowPiece(places: places, start: start, end: end))
        }
      }
    }
  }
}

extension Workers {
  /// Calls `body` for parts of a range of places, so that a long one can be interrupted.
  func inBlocks(
    _ places: Range<Int>, _ body: (Range<Int>) -> Void
  ) throws(EvaluationFailure) {
    let step = 1 << 15
    for start in stride(from: places.lowerBound, to: places.upperBound, by: step) {
      if cancellation.isRequested { throw .interrupted }
      body(start..<min(start + step, places.upperBound))
    }
  }
}
