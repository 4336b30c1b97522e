import Columns

// Functions of this row and the k − 1 before it. Long partitions are cut: a part reads the k − 1
// rows before it again.
extension Evaluator {
  /// The number of values in the window.
  func rollingCount(
    _ input: Column, _ k: Int, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let present = try frame.presence(input, workers)
    let cells = Store<Int64>(undefined: max(1, frame.rowCount))
    try WindowUnits(rows, overlap: k, workers).run { [workers] _, piece throws(EvaluationFailure) in
      var window = WindowCount(present, piece, k)
      try workers.inBlocks(piece.places) { places in
        for place in places {
          window.advance(to: place)
          cells.pointer[rows.row(place)] = Int64(window.count)
        }
      }
    }
    return try frame.column(cells, type: .int, workers)
  }

  /// The mean of the values in the window.
  ///
  /// Ints are summed exactly. Floats of short windows are added from the oldest on; long windows
  /// are the sum of two parts, each added up once, so that nothing is ever subtracted.
  func rollingMean(
    _ input: Column, _ k: Int, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    if input.type == .float { return try rollingFloatMean(input, k, frame) }
    let range = input.integerRange ?? 0...0
    let greatest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let (product, overflows) = greatest.multipliedReportingOverflow(
      by: UInt64(min(k, max(1, frame.rowCount))))
    if overflows || product > UInt64(Int64.max) {
      return try rollingIntegerMean(input, k, frame, zero: Int128(0))
    }
    return try rollingIntegerMean(input, k, frame, zero: Int64(0))
  }

  private func rollingIntegerMean<Sum: FixedWidthInteger & SignedInteger & Sendable>(
    _ input: Column, _ k: Int, _ frame: WindowFrame, zero: Sum
  ) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let input = try frame.orderWords(input, workers)
    let means = MeanCells(frame, hasNulls: input.present != nil)
    try WindowUnits(rows, overlap: k, workers).run { [workers] _, piece throws(EvaluationFailure) in
      let values = input.values.pointer
      let first = piece.firstPlace(k)
      var sum = zero
      for place in first..<piece.places.lowerBound { sum &+= Sum(values[place]) }
      // The row that the first step drops is still in.
      let dropped = piece.places.lowerBound - k
      if dropped >= piece.start { sum &+= Sum(values[dropped]) }
      var window = WindowCount(input.present, piece, k)
      try workers.inBlocks(piece.places) { places in
        for place in places {
          sum &+= Sum(values[place])
          if place &- k >= piece.start { sum &-= Sum(values[place &- k]) }
          window.advance(to: place)
          means.set(rows.row(place), Double(sum), window.count)
        }
      }
    }
    return try frame.column(means.cells, present: means.present, workers)
  }

  private func rollingFloatMean(
    _ input: Column, _ k: Int, _ frame: WindowFrame
  ) throws(EvaluationFailure) -> Column {
    let rows = try frame.rows()
    let input = try frame.doubles(input, workers)
    let means = MeanCells(frame, hasNulls: input.present != nil)
    let isShort = k <= 64
    try WindowUnits(rows, overlap: k, workers).run { [workers] _, piece throws(EvaluationFailure) in
      let values = UnsafePointer(input.values.pointer)
      var window = WindowCount(input.present, piece, k)
      var sums = TwoPartSums(values, piece, k, isUsed: !isShort)
      try workers.inBlocks(piece.places) { places in
        for place in places {
          var sum = 0.0
          if isShort {
            let first = max(piece.start, place &- k &+ 1)
            for other in first...place { sum += values[other] }
          } else {
            sum = sums.sum(at: place)
          }
          window.advance(to: place)
          means.set(rows.row(place), sum, window.count)
        }
      }
    }
    return try frame.column(means.cells, present: means.present, workers)
  }
}

extension WindowPiece {
  /// The first place of the window of the piece's first place.
  func firstPlace(_ k: Int) -> Int {
    k >= places.lowerBound - start + 1 ? start : places.lowerBound - k + 1
  }
}

/// The number of values of the window, kept as it moves on.
struct WindowCount {
  private let present: UnsafePointer<UInt8>?
  private let start: Int
  private let k: Int
  private(set) var count = 0

  /// The window before the first place of a piece.
  init(_ present: Store<UInt8>?, _ piece: WindowPiece, _ k: Int) {
    self.present = present.map { UnsafePointer($0.pointer) }
    start = piece.start
    self.k = k
    for place in piece.firstPlace(k)..<piece.places.lowerBound {
      count += self.present.map { Int($0[place]) } ?? 1
    }
    // The row that the first step drops is still in.
    if piece.places.lowerBound - start >= k {
      count += self.present.map { Int($0[piece.places.lowerBound - k]) } ?? 1
    }
  }

  @inline(__always) mutating func advance(to place: Int) {
    let drops = place &- start >= k
    guard let present else {
      count &+= drops ? 0 : 1
      return
    }
    count &+= Int(present[place])
    if drops { count &-= Int(present[place &- k]) }
  }
}

/// Where means go, by row.
private struct MeanCells: Sendable {
  let cells: Buffer
  let present: Store<UInt8>?

  init(_ frame: WindowFrame, hasNulls: Bool) {
    cells = Buffer(byteCount: frame.rowCount * 8, mayBeUsed: true)
    present = hasNulls ? Store(undefined: max(1, frame.rowCount)) : nil
  }

  @inline(__always) func set(_ row: Int, _ sum: Double, _ count: Int) {
    cells.base.assumingMemoryBound(to: Double.self)[row] = count == 0 ? 0 : sum / Double(count)
    present?.pointer[row] = count == 0 ? 0 : 1
  }
}

/// Sums of the last k floats without subtraction.
///
/// By van Herk 1992 and by Gil and Werman 1993.
///
/// The partition is cut in runs of k rows. A window is the end of one run, whose sums from the back
/// were made when the run was full, and the beginning of the next, summed as it comes.
private struct TwoPartSums {
  private let values: UnsafePointer<Double>
  private let start: Int
  private let k: Int
  private let ends: Store<Double>
  /// The run at hand begins here.
  private var run = 0
  private var head = 0.0

  init(_ values: UnsafePointer<Double>, _ piece: WindowPiece, _ k: Int, isUsed: Bool) {
    self.values = values
    self.k = k
    start = piece.start
    let longest = min(k, piece.end - piece.start)
    ends = Store(undefined: isUsed ? longest + 1 : 1)
    guard isUsed else { return }
    let first = piece.places.lowerBound
    run = start + (first - start) / k * k
    if run > start { sumBackwards(from: run - k) }
    for place in run..<first { head += values[place] }
  }

  private func sumBackwards(from first: Int) {
    var sum = 0.0
    for offset in stride(from: k - 1, through: 0, by: -1) {
      sum = values[first + offset] + sum
      ends.pointer[offset] = sum
    }
  }

  /// The sum of the window that ends at a place; places come one after the other.
  mutating func sum(at place: Int) -> Double {
    if place - run == k {
      sumBackwards(from: run)
      run = place
      head = 0
    }
    head += values[place]
    let offset = place - run + 1
    return run == start || offset == k ? head : ends.pointer[offset] + head
  }
}
