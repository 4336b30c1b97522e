/// How tightly an operator binds, loosest first.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, coalesce, sum, product, unary, operand

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The precedence of the right operand, so that operators group from the left.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .operand }
}

/// What may stand between two operands.
enum Operation {
  case binary(BinaryOperator)
  /// `x not matches /re/`: `not x matches /re/`.
  case notMatches
  case membership(isNegated: Bool)
  case between(isNegated: Bool)

  var precedence: Precedence {
    if case .binary(let symbol) = self { symbol.precedence } else { .comparison }
  }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains,
      .notContains, .matches:
      .comparison
    case .coalesce: .coalesce
    case .add, .subtract: .sum
    case .multiply, .divide, .floorDivide, .remainder: .product
    }
  }

  /// The operator that a symbol is, with the spellings of other languages.
  init?(_ symbol: Symbol) {
    switch symbol {
    case .assign, .equal: self = .equal
    case .notEqual, .angles: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .tilde: self = .contains
    case .notTilde: self = .notContains
    case .coalesce: self = .coalesce
    case .plus: self = .add
    case .minus: self = .subtract
    case .star: self = .multiply
    case .slash: self = .divide
    case .doubleSlash: self = .floorDivide
    case .percent: self = .remainder
    case .ampersands: self = .and
    case .bars: self = .or
    default: return nil
    }
  }
}
