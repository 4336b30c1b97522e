import Columns

extension ScalarExpression {
  /// Whether computing it on a row that the program would not have computed could be an error.
  ///
  /// Checked integer arithmetic can overflow, texts can become too long; a subplan can fail as a whole, once,
  /// wherever it is.
  package var canFault: Bool {
    switch node {
    case .column, .constant: false
    case .scalarPlan, .isInPlan: true
    case .isIn(let value, _): value.canFault
    case .call(let function, let arguments):
      arguments.contains(where: \.canFault) || function.isChecked && type.isStoredAsInteger
        || function.lengthensText && type == .string
    }
  }

  /// Whether values that it cannot convert are counted for a note.
  package var countsLosses: Bool {
    switch node {
    case .column, .constant, .scalarPlan: false
    case .isIn(let value, _), .isInPlan(let value, _): value.countsLosses
    case .call(let function, let arguments):
      arguments.contains(where: \.countsLosses)
        || function.converts && arguments.contains { $0.type == .string || $0.type == .float }
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

  /// Whether it makes a value of another type, or null where that fails.
  fileprivate var converts: Bool {
    switch self {
    case .toInt, .toFloat, .date, .time, .snowflakeTime: true
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
