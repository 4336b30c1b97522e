import Columns
import Plans

extension Pipeline {
  /// The same rows in longer blocks, where nothing but bits is made of them.
  ///
  /// A block's bits then stay in the cache all the same, and what a block costs as such is paid less
  /// often. For consumers that read no column.
  var inLongBlocks: Pipeline {
    guard let table = source as? TableSource else { return self }
    let areBitwise = conditions.allSatisfy { condition in
      if case .expression(let expression) = condition.test { expression.isBitwise } else { false }
    }
    return areBitwise && !conditions.isEmpty ? over(table.inLongBlocks) : self
  }
}

extension ScalarExpression {
  /// Whether it is made of tests of stored columns: no step has other results than bits.
  fileprivate var isBitwise: Bool {
    switch node {
    case .column: type == .bool
    case .constant: true
    case .isIn(let value, _): value.isColumn
    case .isInPlan, .scalarPlan: false
    case .call(let function, let arguments):
      switch function {
      case .and, .or, .not: arguments.allSatisfy(\.isBitwise)
      case .isNull, .isNotNull: arguments.allSatisfy(\.isColumn)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
        // Of two columns one may have to be widened, which takes memory for its values.
        arguments.contains { $0.isColumn } && arguments.contains { $0.isConstant }
      default: false
      }
    }
  }

  private var isColumn: Bool { if case .column = node { true } else { false } }
  private var isConstant: Bool { if case .constant = node { true } else { false } }
}
