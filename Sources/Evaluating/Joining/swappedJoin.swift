import Columns
import Plans

extension Evaluator {
  /// The join with a table of its left side, for those who take rows by their ordinals alone.
  ///
  /// Where the right is far longer: nil where it is not, where it is no table in memory, or where a name that the
  /// result gives to a column of the right is that of another one there.
  func swappedJoin(
    _ sides: JoinSides, _ plan: Plan, needing needed: Set<String>?, isOrderFree: Bool,
    _ step: RunningStep
  ) throws(EvaluationFailure) -> Pipeline? {
    guard let rows = sides.right.source as? TableSource, rows.rowBound < Int(Int32.max),
      sides.left.source.rowBound < rows.rowBound / 8, rows.rowBound >= limits.scatteredRows,
      let right = sides.rightWithNewNames
    else { return nil }
    let left = try collect(sides.left, plan, needing: needed)
    step.choose("a table of the left side")
    let table = try timed(step) { () throws(EvaluationFailure) in
      try JoinTableBuilding.build(left, keys: sides.leftKeys, keepsRepeats: true, self)
    }
    let leftNames = sides.fields.map(\.name).filter { sides.rightNames[$0] == nil }
    let order =
      isOrderFree
      ? nil : PairOrder(table: left.segmentStarts, probing: rows.table.segmentStarts)
    var pipeline = Pipeline(
      JoinSource(
        right, table, keys: sides.rightKeys, kind: .inner,
        rightNames: Dictionary(uniqueKeysWithValues: leftNames.map { ($0, $0) }),
        schema: Schema(sides.fields), LookupMatches(), order, self))
    pipeline.passing.append(step)
    return pipeline
  }
}

extension Evaluator.JoinSides {
  /// The right with the columns of the result under their names there, too; nil where one is the name of another.
  fileprivate var rightWithNewNames: Pipeline? {
    var renamed = right
    for (name, source) in rightNames where name != source {
      if right.outputs.contains(where: { $0.name == name }) { return nil }
      guard let output = right.outputs.first(where: { $0.name == source }) else { return nil }
      renamed.outputs.append(NamedExpression(name, output.expression))
    }
    return renamed
  }
}

/// The order of pairs that are found from the right side: by the row of the left, then by that of the right.
struct PairOrder: Sendable {
  /// Where the segments of the left's table and of the right's begin.
  let table: [Int]
  let probing: [Int]

  /// The places of pairs in the order of all: of rows of the block that begins at `ordinal`, and rows of the table.
  @inline(__always) func write(
    _ places: UnsafePointer<RowPlace>, _ rows: (Int) -> Int, count: Int, ordinal: Int64,
    to ordinals: UnsafeMutablePointer<Int64>
  ) {
    let block = RowPlace(packed: Int(ordinal))
    let first = Int64(probing[block.segment] + block.row)
    for index in 0..<count where places[index] != .none {
      let place = places[index]
      let row = Int64(table[place.segment] + place.row)
      ordinals[index] = row &<< 31 | (first &+ Int64(rows(index)))
    }
  }
}
