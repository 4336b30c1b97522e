/// Groups the rows of one part after the other, for one worker.
final class PartWorker {
  private let layout: AggregationLayout
  private let parts: ScatteredParts
  private let reader: PartReader
  private let hashed: HashGrouper
  private let masking: ArgumentMasking
  private let groups: Store<UInt32>

  /// The groups of a part, and the texts of their keys' numbers.
  struct Result: Sendable {
    let states: GroupStates
    let interners: [TextInterner?]
  }

  /// Few, so that the memory of the states of a part stays small.
  private static let blockRows = 1 << 11
  private static let mostExpected = 1 << 14

  init(_ layout: AggregationLayout, _ parts: ScatteredParts) {
    self.layout = layout
    self.parts = parts
    reader = PartReader(parts, blockRows: PartWorker.blockRows)
    hashed = HashGrouper(layout.grouping, blockRows: PartWorker.blockRows, isFar: true)
    masking = ArgumentMasking(layout, blockRows: PartWorker.blockRows)
    groups = Store(undefined: PartWorker.blockRows)
  }

  /// The groups of a part; nil when a key had a value out of its domain.
  func group(_ part: Int) -> Result? {
    hashed.renew(expecting: min(parts.rowCount(part), PartWorker.mostExpected))
    let states = AggregationWorker.makeStates(
      layout, layout.specifications.map { _ in nil }, hashed.table, PartWorker.blockRows,
      isWhole: true)
    states.resize(to: hashed.groupCount)
    let keyCount = layout.grouping.keys.count
    var isInDomain = true
    reader.read(part) { rows, columns in
      if !isInDomain { return }
      let keys = Array(columns.prefix(keyCount))
      isInDomain = hashed.number(keys, rows, into: groups.pointer)
      if !isInDomain { return }
      var rows = rows
      rows.groups = UnsafePointer(groups.pointer)
      states.resize(to: hashed.groupCount)
      let arguments = columns.dropFirst(keyCount).enumerated().map { index, column in
        masking.masked(column, index, rows)
      }
      masking.update(states, rows, arguments)
    }
    for case let accumulator as any PartAccumulator in states.accumulators { accumulator.endPart() }
    return isInDomain ? Result(states: states, interners: hashed.interners) : nil
  }
}
