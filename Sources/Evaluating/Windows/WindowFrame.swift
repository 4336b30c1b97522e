import Columns
import Diagnostics
import Plans

/// The rows of a table as window functions see them: partitions, and the order within each.
///
/// What is needed of it is computed at first use, by the thread that evaluates.
final class WindowFrame: @unchecked Sendable {
  // @unchecked: only the evaluating thread computes what is kept, between parallel loops.
  let table: Table
  /// Where each segment of the table starts, and the end.
  let starts: [Int]
  private let evaluator: Evaluator
  private let keys: [ScalarExpression]
  private let sortKeys: [(expression: ScalarExpression, isDescending: Bool)]
  private var knownNumbers: PartitionNumbers?
  private var knownKeys: SortedKeys?
  private var knownRows: WindowRows?

  /// Takes resolved expressions over the table.
  init(
    _ evaluator: Evaluator, _ table: Table, _ keys: [ScalarExpression],
    _ sortKeys: [(expression: ScalarExpression, isDescending: Bool)]
  ) throws(EvaluationFailure) {
    guard table.rowCount < UInt32.max else {
      throw .diagnostic(
        Diagnostic("window takes up to \(UInt32.max - 1) rows, found \(table.rowCount)", at: nil))
    }
    self.evaluator = evaluator
    self.table = table
    self.keys = keys
    self.sortKeys = sortKeys
    starts = table.segmentStarts
  }

  var rowCount: Int { table.rowCount }
  var hasPartitions: Bool { !keys.isEmpty }

  /// The number of each row's partition.
  func numbers() throws(EvaluationFailure) -> PartitionNumbers {
    if let knownNumbers { return knownNumbers }
    let numbers = try evaluator.partitionNumbers(table, keys)
    knownNumbers = numbers
    return numbers
  }

  /// The words of the sort keys.
  func sortedKeys() throws(EvaluationFailure) -> SortedKeys {
    if let knownKeys { return knownKeys }
    let made = try SortedKeys(
      evaluator, table, sortKeys.map(\.expression), sortKeys.map(\.isDescending))
    knownKeys = made
    return made
  }

  /// The codes of the only key by rows of each segment, where all come from one dictionary, a byte
  /// each, and none is null.
  func codes() -> (codes: [BufferSlice<UInt8>], count: Int)? {
    guard keys.count == 1, case .column(let name) = keys[0].node,
      let column = table.column(name), column.nullCount == 0,
      let dictionary = column.sharedDictionary
    else { return nil }
    let codes = column.segments.compactMap { segment -> BufferSlice<UInt8>? in
      if case .codes8(let codes, _) = segment.values { codes } else { nil }
    }
    return codes.count == column.segments.count ? (codes, dictionary.count) : nil
  }

  /// Whether the statistics say that the rows stand in their order.
  var isKnownInOrder: Bool {
    if sortKeys.isEmpty { return true }
    guard sortKeys.count == 1, !sortKeys[0].isDescending,
      case .column(let name) = sortKeys[0].expression.node, let column = table.column(name)
    else { return false }
    var last = Int64.min
    for segment in column.segments where segment.rowCount > 0 {
      let statistics = segment.statistics
      guard statistics.isAscending, let range = statistics.integerRange, range.lowerBound >= last
      else { return false }
      last = range.upperBound
    }
    return true
  }

  /// The rows, partition by partition, each in order.
  func rows() throws(EvaluationFailure) -> WindowRows {
    if let knownRows { return knownRows }
    let rows = try makeRows()
    knownRows = rows
    return rows
  }

  private func makeRows() throws(EvaluationFailure) -> WindowRows {
    if isKnownInOrder { return try grouped(nil) }
    let keys = try sortedKeys()
    if try isDisordered(keys) { return try sorted(keys) }
    let standing = try grouped(nil)
    let step = 1 << 16
    let breaks = Portions<Bool>(count: (rowCount + step - 1) / step)
    try evaluator.workers.run((rowCount + step - 1) / step) { _, index in
      let part = index * step..<min(rowCount, (index + 1) * step)
      if !standing.isOrdered(part, by: keys) { breaks.set(index, true) }
    }
    return breaks.all.isEmpty ? standing : try sorted(keys)
  }

  /// Whether the first rows, which are soon looked at, are out of order already.
  private func isDisordered(_ keys: SortedKeys) throws(EvaluationFailure) -> Bool {
    let numbers = hasPartitions ? try numbers() : nil
    var last = [UInt32: Int]()
    for row in 0..<min(rowCount, WindowFrame.sampleRows) {
      let partition = numbers?.numbers.pointer[row] ?? 0
      if let before = last.updateValue(row, forKey: partition), !keys.areOrdered(before, row) {
        return true
      }
    }
    return false
  }

  private static let sampleRows = 1 << 10

  private func sorted(_ keys: SortedKeys) throws(EvaluationFailure) -> WindowRows {
    if hasPartitions {
      let numbers = try numbers()
      if let order = try keys.order(within: numbers) {
        let bounds = try numbers.bounds(rowCount: rowCount, evaluator.workers)
        return WindowRows(rowCount: rowCount, order: order, bounds: bounds)
      }
    }
    return try grouped(keys.order())
  }

  /// Rows in an order (as they stand, when nil), put partition by partition.
  private func grouped(_ order: Store<UInt32>?) throws(EvaluationFailure) -> WindowRows {
    guard hasPartitions else {
      let bounds = Store<Int>(undefined: 2)
      (bounds.pointer[0], bounds.pointer[1]) = (0, rowCount)
      return WindowRows(rowCount: rowCount, order: order, bounds: bounds)
    }
    return try numbers().grouped(order, rowCount: rowCount, evaluator.workers)
  }
}

/// The rows of a table, partition by partition, each in its order.
struct WindowRows: Sendable {
  let rowCount: Int
  /// Row numbers; nil when the rows stand so.
  let order: Store<UInt32>?
  /// Where each partition begins among the rows so ordered, and the end.
  let bounds: Store<Int>

  var partitionCount: Int { bounds.count - 1 }

  /// The row at a place of the order.
  @inline(__always) func row(_ place: Int) -> Int { order.map { Int($0.pointer[place]) } ?? place }

  /// The partition of a place.
  func partition(of place: Int) -> Int {
    var low = 0
    var high = partitionCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds.pointer[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether the rows of a part, and its first beside the one before, are in order where they are
  /// of one partition.
  func isOrdered(_ part: Range<Int>, by keys: SortedKeys) -> Bool {
    var partition = partition(of: max(0, part.lowerBound - 1))
    for place in max(1, part.lowerBound)..<max(1, part.upperBound) {
      while bounds.pointer[partition + 1] < place { partition += 1 }
      if bounds.pointer[partition + 1] == place { continue }
      if !keys.areOrdered(row(place - 1), row(place)) { return false }
    }
    return true
  }
}
