import Columns
import Tasks

/// Rows that stand in their order, as functions that keep one state a partition take them: no sort, no
/// scatter.
///
/// The segments are cut into a few stretches, which workers take side by side.
struct StandingRows<Number: UnsignedInteger & FixedWidthInteger & BitwiseCopyable & Sendable>:
  @unchecked Sendable
{
  // @unchecked: the pointers lead into memory of `owners`, which nobody writes.
  let frame: WindowFrame
  let partitionCount: Int
  let stretchCount: Int
  private let numbers: [UnsafePointer<Number>]
  private let owners: [any Sendable]

  fileprivate init(
    _ frame: WindowFrame, _ numbers: [UnsafePointer<Number>], _ partitionCount: Int,
    owners: [any Sendable], _ workers: Workers
  ) {
    self.frame = frame
    self.partitionCount = partitionCount
    self.numbers = numbers
    self.owners = owners
    stretchCount = max(1, min(numbers.count, 4 * workers.count))
  }

  /// The numbers of the partitions of a segment's rows.
  func numbers(_ segment: Int) -> UnsafePointer<Number> { numbers[segment] }

  /// The segments of a stretch.
  func segments(_ stretch: Int) -> Range<Int> {
    let count = numbers.count
    return stretch * count / stretchCount..<(stretch + 1) * count / stretchCount
  }

  /// Room for a state of each partition before each stretch.
  func states<State>(_ state: State) -> Store<State> {
    Store(repeating: state, count: stretchCount * partitionCount)
  }
}

/// What is done with standing rows, whatever the width of their partitions' numbers.
protocol StandingFunction {
  func column<Number>(_ rows: StandingRows<Number>) throws(EvaluationFailure) -> Column
}

extension Evaluator {
  /// More partitions than this go by the general way.
  private static let standingPartitions = 1 << 12

  /// The column of a function; nil where the rows do not stand in their order, or the partitions are
  /// too many for a state each.
  func standing(
    _ frame: WindowFrame, _ function: some StandingFunction
  ) throws(EvaluationFailure) -> Column? {
    guard frame.isKnownInOrder else { return nil }
    if !frame.hasPartitions {
      let zeros = BufferSlice<UInt8>(zeroed: frame.table.segmentRowCounts.max() ?? 0)
      let numbers = frame.table.segmentRowCounts.map { _ in UnsafePointer(zeros.pointer) }
      return try function.column(StandingRows(frame, numbers, 1, owners: [zeros], workers))
    }
    if let (codes, count) = frame.codes() {
      let numbers = codes.map { UnsafePointer($0.pointer) }
      return try function.column(StandingRows(frame, numbers, count, owners: codes, workers))
    }
    let known = try frame.numbers()
    guard known.count <= Evaluator.standingPartitions else { return nil }
    let numbers = frame.starts.dropLast().map { UnsafePointer(known.numbers.pointer + $0) }
    return try function.column(
      StandingRows(frame, numbers, known.count, owners: [known.numbers], workers))
  }
}
