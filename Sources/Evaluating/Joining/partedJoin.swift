import Columns
import Plans

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
    let added = sides.fields.filter { sides.rightNames[$0.name] != nil }
    let kept = sides.fields.filter { sides.rightNames[$0.name] == nil }
    let leftColumns = sides.leftKeys + kept.map { .column($0) }
    let rightColumns =
      sides.rightKeys
      + added.map { .column(Field(name: sides.rightNames[$0.name] ?? $0.name, type: $0.type)) }
    let bits = ScatterLayout.partBits(rows: most, partRows: limits.partRows)
    let leftLayout = layout(
      left, leftColumns, sides.leftKeys.count, isOrderFree ? .none : .numbers, bits)
    let rightLayout = layout(right, rightColumns, sides.rightKeys.count, .none, bits)
    // The sides' codes need not be the same.
    if leftLayout.hasCodedKeys || rightLayout.hasCodedKeys { return nil }
    guard let rightParts = try scattered(right, rightColumns, rightLayout) else { return nil }
    // Few rows need no parts.
    if rightParts.totalRows < limits.scatteredRows / 2 {
      right.resetCounts()
      return nil
    }
    guard let leftParts = try scattered(left, leftColumns, leftLayout) else {
      right.resetCounts()
      return nil
    }
    report(left)
    report(right)
    var origins: [PartedJoinSource.Origin] = []
    var facts: [String: ColumnFacts] = [:]
    for field in sides.fields {
      if let index = added.firstIndex(where: { $0.name == field.name }) {
        let position = sides.rightKeys.count + index
        origins.append(.right(position))
        facts[field.name] = copied(right, rightColumns[position], isNullable: kind != .inner)
      } else {
        let index = kept.firstIndex { $0.name == field.name } ?? 0
        origins.append(.left(sides.leftKeys.count + index))
        facts[field.name] = copied(left, .column(field), isNullable: false)
      }
    }
    return Pipeline(
      PartedJoinSource(
        Schema(sides.fields), leftParts, rightParts, kind: kind, origins: origins, facts: facts,
        settings))
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
