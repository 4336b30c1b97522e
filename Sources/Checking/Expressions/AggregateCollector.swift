import Columns
import Plans

/// The aggregates found in the items of a verb, under names of their own until they are projected.
final class AggregateCollector {
  private(set) var aggregates: [NamedAggregate] = []
  /// The only columns outside of aggregates (in `group`); nil for any.
  let keys: [NamedExpression]?
  /// Names that a hidden column must not have.
  private let taken: Set<String>

  init(keys: [NamedExpression]?, taken: Set<String>) {
    self.keys = keys
    self.taken = taken
  }

  /// The key of a name, or the key that is the column of this name.
  func key(named name: String) -> NamedExpression? {
    guard let keys else { return nil }
    if let key = keys.first(where: { $0.name == name }) { return key }
    return keys.first { key in
      if case .column(let column) = key.expression.node { return column == name }
      return false
    }
  }

  /// Whether a column may stand outside of aggregates.
  func mayUse(_ column: String) -> Bool {
    guard let keys else { return true }
    return keys.contains { $0.name == column }
  }

  /// Adds an aggregate and gives the column that will hold it; an equal one is shared.
  func add(_ call: AggregateCall) -> ScalarExpression {
    // As bytes: Swift's strings are equal where their bytes are not.
    let text = Array(call.text.utf8)
    let name: String
    let known = aggregates.first { aggregate in
      aggregate.call.text.utf8.elementsEqual(text) && aggregate.call.type == call.type
    }
    if let known {
      name = known.name
    } else {
      name = freshName()
      aggregates.append(NamedAggregate(name, call))
    }
    return ScalarExpression(.column(name), type: call.type, range: call.range)
  }

  private func freshName() -> String {
    var number = aggregates.count + 1
    while taken.contains("#\(number)") { number += 1 }
    while aggregates.contains(where: { $0.name == "#\(number)" }) { number += 1 }
    return "#\(number)"
  }
}
