import Columns
import Kernels
import Plans

/// Groups the rows of blocks and updates the states, for one worker.
final class AggregationWorker: @unchecked Sendable {
  // @unchecked: used by one worker; read by others after its loop has ended.
  private let layout: AggregationLayout
  private let runner: PipelineRunner
  private let compactor: RowCompactor
  private let dense: DenseGrouper
  private let hashed: HashGrouper?
  private let interners: [TextInterner?]
  private let blockRows: Int
  private let tableLimit: Int
  private let positions: Store<UInt32>
  private let groups: Store<UInt32>
  private let words: Store<Int64>
  private let ones: Store<UInt32>
  private let chosen: Store<UInt64>
  private let masking: ArgumentMasking
  private(set) var states: GroupStates
  /// States put aside because their table of keys was full.
  private(set) var full: [GroupStates] = []
  /// Whether a key had a value that its domain should not have.
  private(set) var isOutOfDomain = false

  /// `runner` gives the keys and then the arguments of the layout; states are put aside when their
  /// table of hashed keys has more than `tableLimit`.
  init(
    _ layout: AggregationLayout, _ runner: PipelineRunner, blockRows: Int,
    tableLimit: Int = Int.max
  ) {
    self.tableLimit = tableLimit
    self.layout = layout
    self.runner = runner
    self.blockRows = blockRows
    compactor = RowCompactor(blockRows: blockRows)
    dense = DenseGrouper(layout: layout.grouping)
    hashed = layout.grouping.isDense ? nil : HashGrouper(layout.grouping, blockRows: blockRows)
    // One numbering of texts a specification, for all states of this worker.
    interners = layout.specifications.map { specification in
      guard case .log = specification.kind else { return nil }
      return layout.types[specification.arguments[0]] == .string ? TextInterner() : nil
    }
    positions = Store(undefined: blockRows + 64)
    groups = Store(undefined: blockRows)
    words = Store(undefined: blockRows)
    ones = Store(repeating: 1, count: blockRows)
    chosen = Store(undefined: blockRows / 64 + 1)
    masking = ArgumentMasking(layout, blockRows: blockRows)
    states = AggregationWorker.makeStates(layout, interners, hashed?.table, blockRows)
    if layout.grouping.isDense { states.resize(to: dense.groupCount) }
  }

  /// The interners of the keys, one a key; nil for keys of fixed width.
  var keyInterners: [TextInterner?] { hashed?.interners ?? [] }
  /// All states, the oldest first.
  var allStates: [GroupStates] { full + [states] }

  /// The states of no rows.
  static func emptyStates(_ layout: AggregationLayout) -> GroupStates {
    let table = layout.grouping.isDense ? nil : HashGrouper.makeTable(layout.grouping)
    let states = makeStates(
      layout, layout.specifications.map { _ in nil }, table, Block.defaultRows)
    states.resize(to: (layout.grouping.denseCells ?? 1) + 1)
    return states
  }

  /// New states, whose logs of texts number them by these interners; `isWhole` says that all rows of their
  /// groups come to them.
  static func makeStates(
    _ layout: AggregationLayout, _ interners: [TextInterner?], _ table: KeyTable?, _ blockRows: Int,
    isWhole: Bool = false
  ) -> GroupStates {
    let accumulators = zip(layout.specifications, interners).map { specification, interner in
      specification.make(
        types: layout.types, interner: interner, blockRows: blockRows, isWhole: isWhole)
    }
    return GroupStates(accumulators, table: table)
  }

  /// Takes in the rows of a portion; `observe` sees the groups of each block.
  func run(
    _ portion: Int, observe: (GroupedRows) -> Void = { _ in }
  ) throws(EvaluationFailure) {
    try runner.run(portion) { block throws(EvaluationFailure) in
      if isOutOfDomain { return }
      guard let block = candidates(block), let (rows, arguments) = group(block) else { return }
      update(rows, arguments)
      observe(rows)
    }
  }

  /// Calls `body` with the grouped rows and the arguments of each block of a portion.
  func visit(
    _ portion: Int, _ body: (GroupedRows, [DenseColumn]) -> Void
  ) throws(EvaluationFailure) {
    try runner.run(portion) { block throws(EvaluationFailure) in
      if let (rows, arguments) = group(block) { body(rows, arguments) }
    }
  }

  /// The rows that matter: for the first rows of groups, those that may be among them; nil for none.
  private func candidates(_ block: PipelineBlock) -> PipelineBlock? {
    guard let top = states.accumulators.first as? TopRows, layout.grouping.isDense,
      let key = top.layout.slots.first?.key
    else { return block }
    let bits = chosen.pointer
    if !top.scan(block.vectors[layout.grouping.keys.count + key], into: bits) { return block }
    var count = 0
    for word in 0..<(block.rowCount + 63) / 64 {
      if let selection = block.selection { bits[word] &= selection[word] }
      count += bits[word].nonzeroBitCount
    }
    if count == 0 { return nil }
    return PipelineBlock(
      rowCount: block.rowCount, passedCount: count, selection: UnsafePointer(bits),
      vectors: block.vectors, ordinal: block.ordinal, ordinals: block.ordinals)
  }

  /// The groups of the rows of a block, and the arguments made dense.
  private func group(_ block: PipelineBlock) -> (GroupedRows, [DenseColumn])? {
    var rows = GroupedRows(
      count: block.rowCount, groups: UnsafePointer(ones.pointer), isSingleGroup: true,
      firstOrdinal: block.ordinal, positions: nil, ordinals: block.ordinals)
    if let selection = block.selection {
      let needsPositions = !block.vectors.isEmpty || !layout.grouping.keys.isEmpty
      rows.count = block.passedCount
      if needsPositions {
        _ = selectedRows(selection, count: block.rowCount, into: positions.pointer)
        rows.positions = UnsafePointer(positions.pointer)
      }
    }
    let keyCount = layout.grouping.keys.count
    if keyCount > 0 {
      let keys = (0..<keyCount).map { key in
        compactor.dense(
          block.vectors[key], slot: key, rows, isStored: layout.grouping.keys[key].isStored)
      }
      rows.isSingleGroup = false
      let isInDomain =
        hashed?.number(keys, rows, into: groups.pointer)
        ?? dense.number(keys, rows, into: groups.pointer, words: words.pointer)
      if !isInDomain {
        isOutOfDomain = true
        return nil
      }
      rows.groups = UnsafePointer(groups.pointer)
    }
    return (rows, arguments(block, rows, after: keyCount))
  }

  private func arguments(
    _ block: PipelineBlock, _ rows: GroupedRows, after keyCount: Int
  ) -> [DenseColumn] {
    layout.arguments.indices.map { index in
      let column = compactor.dense(
        block.vectors[keyCount + index], slot: keyCount + index, rows,
        isStored: layout.isStored[index])
      return masking.masked(column, index, rows)
    }
  }

  private func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    if let hashed { states.resize(to: hashed.groupCount) }
    masking.update(states, rows, arguments)
    // The texts of a single key fill no table but their own, which goes on.
    guard let hashed, !hashed.isByText, hashed.groupCount > tableLimit else { return }
    full.append(states)
    hashed.startOver()
    states = AggregationWorker.makeStates(layout, interners, hashed.table, blockRows)
  }
}
