import Columns
import Plans
import Synchronization

extension Evaluator {
  /// The sides of a join as pipelines, with what of each is kept.
  struct JoinSides {
    let left: Pipeline
    let right: Pipeline
    let leftKeys: [ScalarExpression]
    let rightKeys: [ScalarExpression]
    /// The result's columns, and for those of the right their names there.
    let fields: [Field]
    let rightNames: [String: String]

    /// What the result takes of each side besides the keys, in its order.
    var leftColumns: [ScalarExpression] {
      fields.filter { rightNames[$0.name] == nil }.map { .column($0) }
    }
    var rightColumns: [ScalarExpression] {
      fields.compactMap { field in
        rightNames[field.name].map { .column(Field(name: $0, type: field.type)) }
      }
    }
  }

  /// The join part by part, for those who take rows in any order.
  ///
  /// Where both sides are so long that looking rows up would wait for memory: nil where that is not so,
  /// or cannot be. With `isOrderFree` the ordinals of rows do not matter, either.
  func partedJoin(
    _ sides: JoinSides, _ kind: Join.Kind, isOrderFree: Bool
  ) throws(EvaluationFailure) -> Pipeline? {
    let (left, right) = (sides.left, sides.right)
    let rows = min(left.source.rowBound, right.source.rowBound)
    // Ordinals have 32 bits for the left row and 31 for the match.
    let most = max(left.source.rowBound, right.source.rowBound)
    guard rows >= limits.scatteredRows, most < Int(Int32.max), !sides.leftKeys.isEmpty else {
      return nil
    }
    let bits = ScatterLayout.partBits(rows: most, partRows: limits.partRows)
    let ordinals = isOrderFree ? ScatterLayout.Ordinals.none : .numbers
    let found =
      if let shared = SelfJoin(sides) {
        try partedOnce(shared, sides, ordinals, bits)
      } else {
        try partedSides(sides, ordinals, bits)
      }
    guard let parts = found else { return nil }
    report(left)
    report(right)
    var origins: [PartedJoinSource.Origin] = []
    var facts: [String: ColumnFacts] = [:]
    var (leftPlaces, rightPlaces) = (parts.leftPlaces[...], parts.rightPlaces[...])
    for field in sides.fields {
      if let name = sides.rightNames[field.name] {
        origins.append(.right(rightPlaces.removeFirst()))
        let column = Field(name: name, type: field.type)
        facts[field.name] = copied(right, .column(column), isNullable: kind != .inner)
      } else {
        origins.append(.left(leftPlaces.removeFirst()))
        facts[field.name] = copied(left, .column(field), isNullable: false)
      }
    }
    return Pipeline(
      PartedJoinSource(
        Schema(sides.fields), parts.left, parts.right, kind: kind, isSelfJoin: parts.isSelfJoin,
        origins: origins, facts: facts, settings))
  }

  /// The rows of both sides by part, and where among the columns of each side those of the result are.
  private struct PartedSides {
    let left: ScatteredParts
    let right: ScatteredParts
    var isSelfJoin = false
    let leftPlaces: [Int]
    let rightPlaces: [Int]
  }

  /// Each side by itself.
  private func partedSides(
    _ sides: JoinSides, _ ordinals: ScatterLayout.Ordinals, _ bits: Int
  ) throws(EvaluationFailure) -> PartedSides? {
    let (left, right) = (sides.left, sides.right)
    let leftColumns = sides.leftKeys + sides.leftColumns
    let rightColumns = sides.rightKeys + sides.rightColumns
    let leftLayout = layout(left, leftColumns, sides.leftKeys.count, ordinals, bits)
    let rightLayout = layout(right, rightColumns, sides.rightKeys.count, .none, bits)
    // The sides' codes need not be the same.
    if leftLayout.hasCodedKeys || rightLayout.hasCodedKeys { return nil }
    if try estimatedRows(right) < limits.scatteredRows / 2 { return nil }
    guard let rightParts = try scattered(right, rightColumns, rightLayout) else { return nil }
    // Few rows need no parts, nor do a few more where each left row has one match at most.
    if rightParts.totalRows < limits.scatteredRows / 2
      || rightParts.totalRows < limits.scatteredRows && rightParts.seemUnique
    {
      right.resetCounts()
      return nil
    }
    guard let leftParts = try scattered(left, leftColumns, leftLayout) else {
      right.resetCounts()
      return nil
    }
    return PartedSides(
      left: leftParts, right: rightParts,
      leftPlaces: sides.leftColumns.indices.map { sides.leftKeys.count + $0 },
      rightPlaces: sides.rightColumns.indices.map { sides.rightKeys.count + $0 })
  }

  /// About how many rows of a pipeline pass, told by a few portions spread over a table.
  private func estimatedRows(_ pipeline: Pipeline) throws(EvaluationFailure) -> Int {
    guard !pipeline.conditions.isEmpty, pipeline.source is TableSource else {
      return pipeline.source.rowBound
    }
    let portions = Array(stride(from: 0, to: pipeline.source.portionCount, by: 8))
    let rows = Atomic<Int>(0)
    let sampled = pipeline.uncounted
    try workers.run(portions.count) { _, index throws(EvaluationFailure) in
      try runner(sampled, []).run(portions[index]) { block in
        rows.wrappingAdd(block.passedCount, ordering: .relaxed)
      }
    }
    return rows.load(ordering: .relaxed) * pipeline.source.portionCount / max(1, portions.count)
  }

  /// The rows that are both sides, once.
  private func partedOnce(
    _ shared: SelfJoin, _ sides: JoinSides, _ ordinals: ScatterLayout.Ordinals, _ bits: Int
  ) throws(EvaluationFailure) -> PartedSides? {
    var rows = Pipeline(sides.left.source)
    rows.passing = sides.left.passing + sides.right.passing
    let layout = layout(rows, shared.columns, sides.leftKeys.count, ordinals, bits)
    if layout.hasCodedKeys { return nil }
    guard let parts = try scattered(rows, shared.columns, layout) else { return nil }
    return PartedSides(
      left: parts, right: parts, isSelfJoin: true, leftPlaces: shared.leftPlaces,
      rightPlaces: shared.rightPlaces)
  }

  private func layout(
    _ pipeline: Pipeline, _ columns: [ScalarExpression], _ keyCount: Int,
    _ ordinals: ScatterLayout.Ordinals, _ bits: Int
  ) -> ScatterLayout {
    ScatterLayout(columns, keyCount: keyCount, ordinals: ordinals, partBits: bits) {
      pipeline.facts(pipeline.substituted($0))
    }
  }

  /// What is known of a column whose values are copied into blocks.
  private func copied(
    _ pipeline: Pipeline, _ expression: ScalarExpression, isNullable: Bool
  ) -> ColumnFacts {
    var facts = pipeline.facts(pipeline.substituted(expression))
    facts.isStored = false
    facts.mayBeNull = facts.mayBeNull || isNullable
    return facts
  }
}

extension ScatteredParts {
  /// Whether few rows have the same key, told by some of the parts, which hold all rows of their keys.
  fileprivate var seemUnique: Bool {
    let rows = max(64, longestPart)
    let reader = PartReader(self, blockRows: rows)
    let table = PartTable(layout, blockRows: rows)
    for part in stride(from: 0, to: layout.partCount, by: max(1, layout.partCount / 4)) {
      table.renew(expecting: rowCount(part))
      reader.read(part) { rows, columns in table.build(columns, rows) }
      if !table.isUnique { return false }
    }
    return true
  }
}
