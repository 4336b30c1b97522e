import Columns
import Kernels
import Plans
import Synchronization
import Tasks

/// The rows of a left pipeline put beside those of a table that have equal keys.
///
/// Rows come in the order of the left, and for one left row in the order of the right. Nothing is
/// kept: each block of the left gives blocks of at most the usual size.
struct JoinSource: BlockSource {
  let schema: Schema
  private let left: Pipeline
  private let table: JoinTable
  private let keys: [ScalarExpression]
  private let kind: Join.Kind
  private let rightNames: [String: String]
  private let evaluator: Evaluator
  private let matches: LookupMatches
  /// What the order of the pairs is where that is not the order in which they are found.
  private let order: PairOrder?

  /// `keys` are resolved, over the left plan's columns; `rightNames` lead from the names of added
  /// columns to those of the table.
  init(
    _ left: Pipeline, _ table: JoinTable, keys: [ScalarExpression], kind: Join.Kind,
    rightNames: [String: String], schema: Schema, _ matches: LookupMatches, _ order: PairOrder?,
    _ evaluator: Evaluator
  ) {
    self.left = left
    self.table = table
    self.keys = keys
    self.kind = kind
    self.rightNames = rightNames
    self.schema = schema
    self.matches = matches
    self.order = order
    self.evaluator = evaluator
  }

  var portionCount: Int { left.source.portionCount }
  var blockRows: Int { max(left.source.blockRows, evaluator.settings.blockRows) }
  var rowBound: Int { left.source.rowBound }

  func facts(_ column: String) -> ColumnFacts {
    var facts: ColumnFacts
    if let source = rightNames[column] {
      facts = table.table.column(named: source).map { ColumnFacts($0) } ?? .unknown
      facts.mayBeNull = facts.mayBeNull || kind != .inner
    } else if let output = left.outputs.first(where: { $0.name == column }) {
      facts = left.facts(output.expression)
    } else {
      return .unknown
    }
    // Texts are copied into the blocks.
    facts.isStored = false
    return facts
  }

  func segmentRows(_ segment: Int) -> Int? { nil }
  func statistics(_ column: String, segment: Int) -> SegmentStatistics? { nil }

  var inputs: [Pipeline] { [left] }
  var note: String? { matches.note }

  func over(_ inputs: [Pipeline]) -> JoinSource {
    JoinSource(
      inputs[0], table, keys: keys, kind: kind, rightNames: rightNames, schema: schema, matches,
      order, evaluator)
  }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    let fields = columns.map { schema.fields[$0] }
    let leftFields = fields.filter { rightNames[$0.name] == nil }
    let runner = try evaluator.runner(
      left, keys + leftFields.map { .column($0) }, context: context)
    return JoinReader(self, columns, runner)
  }

  /// A column of the blocks: one of the left's vectors, or one of the right.
  fileprivate enum Origin {
    case left(Int)
    case right(ColumnGather)
  }

  private final class JoinReader: BlockReader {
    private let source: JoinSource
    private let columns: [(position: Int, type: DataType, origin: Origin)]
    private let runner: PipelineRunner
    private let probe: JoinProbe
    private let seen: LookupMatches.Seen
    /// For each column of the left, where its pairs are put.
    private let gathers: [PairGather?]
    private let rows: Store<UInt32>
    private let places: Store<RowPlace>
    private let matched: Store<UInt64>
    private let ordinals: Store<Int64>
    private let limit: Int
    private var sequence: Int64 = 0

    init(_ source: JoinSource, _ columns: [Int], _ runner: PipelineRunner) {
      self.source = source
      self.runner = runner
      var leftCount = source.keys.count
      self.columns = columns.map { position in
        let field = source.schema.fields[position]
        if let name = source.rightNames[field.name],
          let column = source.table.table.column(named: name)
        {
          return (position, field.type, .right(ColumnGather(column)))
        }
        leftCount += 1
        return (position, field.type, .left(leftCount - 1))
      }
      limit = source.blockRows
      gathers = self.columns.map { [limit] column in
        if case .left = column.origin { PairGather(column.type, pairs: limit) } else { nil }
      }
      probe = JoinProbe(source.table, blockRows: source.left.source.blockRows)
      seen = source.matches.makeSeen()
      rows = Store(capacity: limit + 16)
      places = Store(capacity: limit)
      matched = Store(undefined: limit / 64 + 1)
      ordinals = Store(undefined: source.order == nil ? 1 : limit)
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      sequence = Int64(portion) << 40
      try runner.run(portion) { block throws(EvaluationFailure) in
        probe.read(
          Array(block.vectors.prefix(source.keys.count)), block.rowCount, block.selection)
        if source.table.isUnique {
          try lookUpUnique(block, body)
        } else if source.kind == .lookup {
          try lookUp(block, body)
        } else {
          try join(block, body)
        }
      }
    }

    private func join(_ block: PipelineBlock, _ body: BlockBody) throws(EvaluationFailure) {
      var cursor = JoinProbe.Cursor()
      while probe.isOpen(cursor) {
        let found = probe.pairs(
          from: &cursor, keepsUnmatched: source.kind == .left, rows: rows.pointer,
          places: places.pointer, limit: limit)
        rows.setCount(found)
        places.setCount(found)
        try emit(block, body)
      }
    }

    /// Gives the pairs found so far as a block.
    private func emit(_ block: PipelineBlock, _ body: BlockBody) throws(EvaluationFailure) {
      let count = rows.count
      if count == 0 { return }
      if source.evaluator.workers.cancellation.isRequested { throw .interrupted }
      var vectors = [Vector?](repeating: nil, count: source.schema.fields.count)
      var segments: [Segment] = []
      for (column, (position, type, origin)) in columns.enumerated() {
        switch origin {
        case .left(let index):
          vectors[position] = gathers[column]?.vector(
            block.vectors[index], UnsafePointer(rows.pointer), count)
        case .right(let gather):
          let segment = gather.segment(
            UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: count))
          vectors[position] = .of(segment: segment, type: type, rows: 0..<count)
          segments.append(segment)
        }
      }
      let joined = Block(
        rowCount: count, columns: vectors, selection: nil, segment: 0, firstRow: 0,
        ordinals: ordinals(block, count) { Int(rows.pointer[$0]) })
      try body(joined, sequence)
      withExtendedLifetime(segments) {}
      sequence += Int64(count)
      rows.removeAll()
      places.removeAll()
    }

    /// The places in the order of all of so many pairs, whose rows of the block `row` gives; nil where they are
    /// found in order.
    private func ordinals(
      _ block: PipelineBlock, _ count: Int, _ row: (Int) -> Int
    ) -> UnsafePointer<Int64>? {
      guard let order = source.order else { return nil }
      order.write(
        places.pointer, row, count: count, ordinal: block.ordinal, to: ordinals.pointer)
      return UnsafePointer(ordinals.pointer)
    }

    /// Every left row once, with the right's columns of its first match.
    private func lookUp(_ block: PipelineBlock, _ body: BlockBody) throws(EvaluationFailure) {
      places.removeAll()
      if block.selection != nil {
        places.pointer.update(repeating: .none, count: block.rowCount)
      }
      probe.lookUp(into: places.pointer) { seen.note($0) }
      try give(block, block.selection, body)
    }

    /// The rows of the left themselves, beside the only match that each can have.
    private func lookUpUnique(_ block: PipelineBlock, _ body: BlockBody) throws(EvaluationFailure) {
      // What has no match is left out of an inner join: it may stand beside any row.
      let isInner = source.kind == .inner
      let missing =
        isInner && source.table.entryCount > 0
        ? RowPlace(packed: source.table.entries.pointer[0].place) : .none
      let isSparse = isInner && block.passedCount * 8 < block.rowCount
      if block.selection != nil && !isSparse {
        places.pointer.update(repeating: missing, count: block.rowCount)
      }
      matched.pointer.update(repeating: 0, count: (block.rowCount + 63) / 64)
      let found = probe.lookUp(into: places.pointer, missing: missing, matched.pointer)
      if !isInner { return try give(block, block.selection, body) }
      if found * 8 < block.rowCount { return try emitMatched(block, body) }
      try give(block, found == block.rowCount ? nil : UnsafePointer(matched.pointer), body)
    }

    /// Gives the rows of a block that have a match, where they are few, as a block of their own.
    private func emitMatched(_ block: PipelineBlock, _ body: BlockBody) throws(EvaluationFailure) {
      let count = selectedRows(matched.pointer, count: block.rowCount, into: rows.pointer)
      // Row numbers ascend: what is written has been read.
      for index in 0..<count { places.pointer[index] = places.pointer[Int(rows.pointer[index])] }
      rows.setCount(count)
      places.setCount(count)
      try emit(block, body)
    }

    /// Gives the selected rows of a block beside those of the right at `places`.
    private func give(
      _ block: PipelineBlock, _ selection: UnsafePointer<UInt64>?, _ body: BlockBody
    ) throws(EvaluationFailure) {
      var vectors = [Vector?](repeating: nil, count: source.schema.fields.count)
      var segments: [Segment] = []
      for (position, type, origin) in columns {
        switch origin {
        case .left(let index):
          vectors[position] = block.vectors[index]
          vectors[position]?.faults = nil
        case .right(let gather):
          let segment = gather.segment(
            UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: block.rowCount))
          vectors[position] = .of(segment: segment, type: type, rows: 0..<block.rowCount)
          segments.append(segment)
        }
      }
      let joined = Block(
        rowCount: block.rowCount, columns: vectors, selection: selection, segment: 0,
        firstRow: 0, ordinals: ordinals(block, block.rowCount) { $0 })
      try body(joined, sequence)
      withExtendedLifetime(segments) {}
      sequence += Int64(block.rowCount)
    }
  }
}
