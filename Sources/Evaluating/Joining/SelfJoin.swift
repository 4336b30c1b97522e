import Columns
import Plans

/// A join whose sides are the same rows of one table, joined on the same columns.
///
/// So who follows two accounts is found. The rows are put in parts and numbered once, not twice.
struct SelfJoin {
  /// The columns of the table: the keys, and behind them what the result takes of either side.
  let columns: [ScalarExpression]
  /// Where among them the columns of each side are, in the order of the result.
  let leftPlaces: [Int]
  let rightPlaces: [Int]

  /// Nil where the sides are not the same rows, or something is computed of them.
  init?(_ sides: Evaluator.JoinSides) {
    let (left, right) = (sides.left, sides.right)
    guard left.conditions.isEmpty, right.conditions.isEmpty,
      let ours = (left.source as? TableSource)?.table,
      let theirs = (right.source as? TableSource)?.table,
      let leftKeys = SelfJoin.fields(sides.leftKeys, of: left),
      let rightKeys = SelfJoin.fields(sides.rightKeys, of: right),
      let leftFields = SelfJoin.fields(sides.leftColumns, of: left),
      let rightFields = SelfJoin.fields(sides.rightColumns, of: right),
      leftKeys.map(\.name) == rightKeys.map(\.name)
    else { return nil }
    var chosen = leftKeys
    func place(_ field: Field) -> Int {
      // A key's own place is behind the keys, too: keys may be kept in other forms.
      if let known = chosen[leftKeys.count...].firstIndex(where: { $0.name == field.name }) {
        return known
      }
      chosen.append(field)
      return chosen.count - 1
    }
    leftPlaces = leftFields.map(place)
    rightPlaces = rightFields.map(place)
    for field in chosen {
      guard let own = ours.column(field.name), let other = theirs.column(field.name),
        own.isSame(as: other)
      else { return nil }
    }
    columns = chosen.map { .column($0) }
  }

  /// The columns of the source that expressions over a pipeline are; nil where one is none.
  private static func fields(_ expressions: [ScalarExpression], of pipeline: Pipeline) -> [Field]? {
    var fields: [Field] = []
    for expression in expressions {
      let own = pipeline.substituted(expression)
      guard case .column(let name) = own.node else { return nil }
      fields.append(Field(name: name, type: own.type))
    }
    return fields
  }
}

extension Column {
  /// Whether its values are the same memory as another's, read in the same way; false says nothing.
  fileprivate func isSame(as other: Column) -> Bool {
    segments.count == other.segments.count
      && zip(segments, other.segments).allSatisfy { own, other in
        if let source = own.source { return source === other.source }
        return other.source == nil && own.rowCount == other.rowCount
          && own.values.base == other.values.base && own.scale == other.scale
          && own.dictionary === other.dictionary
          && own.validity?.words.pointer == other.validity?.words.pointer
      }
  }
}
