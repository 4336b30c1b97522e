import Columns
import Plans

extension ScalarExpression {
  /// Whether computing it on a row that the program would not have computed could be an error.
  ///
  /// Checked integer arithmetic can overflow, texts can become too long; a subplan can fail as a whole, once, wherever it is.
  var canFault: Bool {
    switch node {
    case .column, .constant: false
    case .scalarPlan, .isInPlan: true
    case .isIn(let value, _): value.canFault
    case .call(let function, let arguments):
      arguments.contains(where: \.canFault) || function.isChecked && type.isStoredAsInteger
        || function.lengthensText && type == .string
    }
  }
}

extension ScalarFunction {
  /// Whether it reports overflow on integers.
  fileprivate var isChecked: Bool {
    switch self {
    case .add, .subtract, .multiply, .floorDivide, .negate, .abs, .bin, .round, .floor, .ceil: true
    default: false
    }
  }

  /// Whether the text that it makes may be longer than is allowed.
  fileprivate var lengthensText: Bool {
    switch self {
    case .add, .replace, .replaceRegex, .split: true
    default: false
    }
  }
}
