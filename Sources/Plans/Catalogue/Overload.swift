package import Columns

/// One way to call a function: concrete argument types and what they give.
package struct Overload: Sendable, Hashable {
  /// What an argument must be beside its type.
  package enum Demand: Sendable, Hashable {
    case none
    /// A constant: literals and parameters, not columns.
    case constant
    /// A regular expression: a `/literal/` or a constant text.
    case pattern
  }

  /// An argument's place.
  package struct Parameter: Sendable, Hashable {
    package let name: String
    package let type: DataType
    package let demand: Demand
    /// Written in when the argument is left out; nil when it is needed.
    package let defaultValue: Scalar?

    package init(
      _ name: String, _ type: DataType, _ demand: Demand = .none,
      default defaultValue: Scalar? = nil
    ) {
      self.name = name
      self.type = type
      self.demand = demand
      self.defaultValue = defaultValue
    }
  }

  package let parameters: [Parameter]
  /// Whether more arguments like the last may follow.
  package let isVariadic: Bool
  package let result: DataType

  package init(_ parameters: [Parameter], gives result: DataType, isVariadic: Bool = false) {
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.result = result
  }

  /// The fewest arguments that may be written.
  package var minimumCount: Int { parameters.prefix { $0.defaultValue == nil }.count }

  /// The parameter at a position, the last one again behind the end of a variadic overload.
  package func parameter(at position: Int) -> Parameter? {
    if position < parameters.count { return parameters[position] }
    return isVariadic ? parameters.last : nil
  }
}

extension Array where Element == Overload {
  /// For each type one overload whose parameters all have it; the result too, unless given.
  static func each(
    _ types: [DataType], _ names: String..., gives result: DataType? = nil,
    isVariadic: Bool = false
  ) -> [Overload] {
    types.map { type in
      Overload(
        names.map { Overload.Parameter($0, type) }, gives: result ?? type, isVariadic: isVariadic)
    }
  }

  /// One overload.
  static func one(_ parameters: Overload.Parameter..., gives result: DataType) -> [Overload] {
    [Overload(parameters, gives: result)]
  }
}

extension Array where Element == DataType {
  /// Int and float.
  static let numbers: [DataType] = [.int, .float]
  /// Date and time.
  static let dates: [DataType] = [.date, .time]
  /// What arithmetic of quantities takes.
  static let quantities: [DataType] = [.int, .float, .duration]
  /// Every type.
  static let all = DataType.allCases
}
