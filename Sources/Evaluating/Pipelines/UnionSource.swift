import Columns
import Plans

/// The rows of several pipelines one after the other; columns by name, absent ones null.
struct UnionSource: BlockSource {
  let schema: Schema
  private let parts: [StagedSource]
  private let firstPortions: [Int]

  let inputs: [Pipeline]
  private let evaluator: Evaluator

  init(_ pipelines: [Pipeline], schema: Schema, _ evaluator: Evaluator) {
    inputs = pipelines
    self.evaluator = evaluator
    self.schema = schema
    parts = pipelines.map { StagedSource($0, evaluator) }
    var firsts = [0]
    for part in parts { firsts.append((firsts.last ?? 0) + part.portionCount) }
    firstPortions = firsts
  }

  var portionCount: Int { firstPortions.last ?? 0 }
  var blockRows: Int { parts.reduce(64) { max($0, $1.blockRows) } }
  var rowBound: Int { parts.reduce(0) { $0 + $1.rowBound } }

  func facts(_ column: String) -> ColumnFacts {
    var all: ColumnFacts?
    for part in parts {
      let own = part.schema.field(column) == nil ? ColumnFacts.unknown : part.facts(column)
      guard let known = all else {
        all = own
        continue
      }
      all = ColumnFacts(
        dictionary: known.dictionary === own.dictionary ? known.dictionary : nil,
        range: known.range.flatMap { left in
          own.range.map {
            min(left.lowerBound, $0.lowerBound)...max(left.upperBound, $0.upperBound)
          }
        },
        mayBeNull: known.mayBeNull || own.mayBeNull, isStored: known.isStored && own.isStored,
        isSound: known.isSound && own.isSound)
    }
    return all ?? .unknown
  }

  func segmentRows(_ segment: Int) -> Int? { nil }
  func statistics(_ column: String, segment: Int) -> SegmentStatistics? { nil }

  func over(_ inputs: [Pipeline]) -> UnionSource {
    UnionSource(inputs, schema: schema, evaluator)
  }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    var readers: [any BlockReader] = []
    for part in parts {
      let own = columns.compactMap { part.schema.position(of: schema.fields[$0].name) }
      readers.append(try part.makeReader(columns: own.sorted(), context))
    }
    return UnionReader(self, readers, columns)
  }

  private final class UnionReader: BlockReader {
    private let source: UnionSource
    private let readers: [any BlockReader]
    private let columns: [Int]

    init(_ source: UnionSource, _ readers: [any BlockReader], _ columns: [Int]) {
      self.source = source
      self.readers = readers
      self.columns = columns
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      let firsts = source.firstPortions
      let part = (firsts.firstIndex { $0 > portion } ?? 1) - 1
      let fields = source.schema.fields
      let positions = columns.map { source.parts[part].schema.position(of: fields[$0].name) }
      // The parts' own ordinals do not compare with each other.
      var ordinal = Int64(portion) << 40
      try readers[part].read(portion - firsts[part]) { (block, _) throws(EvaluationFailure) in
        var vectors = [Vector?](repeating: nil, count: fields.count)
        for (column, position) in zip(columns, positions) {
          vectors[column] =
            position.flatMap { block.columns[$0] }
            ?? Vector(count: block.rowCount, type: fields[column].type, storage: .constant(.null))
        }
        let joined = Block(
          rowCount: block.rowCount, columns: vectors, selection: block.selection, segment: 0,
          firstRow: 0)
        try body(joined, ordinal)
        ordinal += Int64(block.rowCount)
      }
    }
  }
}
