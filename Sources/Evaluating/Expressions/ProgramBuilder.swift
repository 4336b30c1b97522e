import Columns
import Diagnostics
import Kernels
import Plans

/// Turns expressions into steps: each different sub-expression is one step, constants are computed
/// at once, and functions get the step for the types of their arguments.
struct ProgramBuilder {
  let input: Schema
  let context: ExpressionContext
  /// What is known of each column.
  let facts: (String) -> ColumnFacts
  private(set) var steps: [Step] = []
  /// The constants among the steps.
  private(set) var constants: [Int: Scalar] = [:]
  private var known: [Key: Int] = [:]
  /// A frame of one row, to compute constants in, and what did not convert there.
  private let frame: Frame
  private let losses = ConversionCounts()

  /// What makes two sub-expressions the same.
  private struct Key: Hashable {
    /// As bytes: Swift's strings are equal where their bytes are not.
    let name: [UInt8]
    let arguments: [Int]
    let type: DataType
  }

  init(
    input: Schema, context: ExpressionContext, facts: @escaping (String) -> ColumnFacts
  ) {
    self.input = input
    self.context = context
    self.facts = facts
    var own = context
    own.conversions = losses
    frame = Frame(capacity: 64, context: own)
  }

  /// The step that computes an expression.
  mutating func build(_ expression: ScalarExpression) throws(EvaluationFailure) -> Int {
    switch expression.node {
    case .column(let name):
      guard let position = input.position(of: name) else {
        preconditionFailure("no column \(name) in the input of a checked expression")
      }
      let type = input.fields[position].type
      return add("column \(position)", [], type) { ColumnStep(position: position, type: type) }
    case .constant(let value): return constant(value, expression.type)
    case .call(let function, let arguments):
      if let built = try concatenation(expression) { return built }
      var built: [Int] = []
      for argument in arguments { built.append(try build(argument)) }
      return try call(function, built, expression)
    case .isIn(let value, let set): return membership(try build(value), set)
    case .isInPlan(let value, let plan):
      guard case .binding(let binding) = plan.node else {
        preconditionFailure("a plan in an expression was not resolved")
      }
      let argument = try build(value)
      return membership(argument, context.keySets.set(of: binding), "\(ObjectIdentifier(binding))")
    case .scalarPlan: preconditionFailure("a plan in an expression was not resolved")
    }
  }

  /// The step of a constant.
  mutating func constant(_ value: Scalar, _ type: DataType) -> Int {
    let step = add("constant " + value.exactText, [], type) { ConstantStep(value, type) }
    constants[step] = value
    return step
  }

  /// A step of a name and arguments, made unless there is one already.
  mutating func add(
    _ name: String, _ arguments: [Int], _ type: DataType, _ make: () -> Step
  ) -> Int {
    let key = Key(name: Array(name.utf8), arguments: arguments, type: type)
    if let step = known[key] { return step }
    let made = make()
    let isComputed = !arguments.isEmpty && arguments.allSatisfy { constants[$0] != nil }
    if isComputed, let value = compute(made) {
      let step = constant(value, type)
      known[key] = step
      return step
    }
    steps.append(made)
    known[key] = steps.count - 1
    return steps.count - 1
  }

  /// The value of a step whose arguments are constants; nil when it has a fault.
  private func compute(_ step: Step) -> Scalar? {
    frame.begin(count: 1, columns: [], selection: nil)
    for index in steps.indices {
      let value = constants[index] ?? .null
      frame.vectors.append(
        Vector(
          count: 1, type: steps[index].type, storage: .constant(value),
          range: value.integer.map { $0...$0 }))
    }
    let result = step.run(frame)
    frame.endStep()
    context.conversions.addConstants(losses)
    if let faults = result.faults, faults[0] & 1 != 0 { return nil }
    return result.scalar(at: 0)
  }

  /// Whether a value is one of these constants.
  private mutating func membership(_ argument: Int, _ set: [Scalar]) -> Int {
    let type = steps[argument].type
    if type != .string, type != .float, type != .bool, set.count <= 8 {
      let constants = set.compactMap(\.integer)
      return add("in \(constants)", [argument], .bool) { FewConstantsStep(argument, constants) }
    }
    let (keys, name) = context.keySets.set(of: set)
    return membership(argument, keys, name)
  }

  private mutating func membership(_ argument: Int, _ set: KeySet, _ name: String) -> Int {
    let isText = type(argument) == .string
    return add("in \(name)", [argument], .bool) {
      switch set {
      case .texts(let texts): TextMembershipStep(argument, texts)
      // The set of no texts has no type.
      case .integers where isText:
        TextMembershipStep(argument, TextKeySet([]))
      case .integers(let integers): MembershipStep(argument, integers)
      }
    }
  }

  /// The step of a function of earlier steps.
  private mutating func call(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    switch function {
    case .or, .and, .not, .isNull, .isNotNull, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual:
      logic(function, arguments)
    case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .negate:
      arithmetic(function, arguments, expression)
    case .coalesce, .ifElse, .caseOf, .least, .greatest:
      choice(function, arguments, expression.type)
    case .lower, .upper, .trim, .length, .contains, .containsIgnoringCase, .startsWith, .endsWith,
      .replace, .substring, .matches, .extract, .replaceRegex, .digits, .json, .similarity, .split:
      try text(function, arguments, expression)
    case .day, .week, .month, .quarter, .year, .hour, .weekday, .date, .time, .epoch,
      .snowflakeTime, .formatDate:
      try time(function, arguments, expression)
    case .abs, .round, .floor, .ceil, .sqrt, .ln, .log10, .exp, .pow, .clamp, .bin, .wilsonLow,
      .wilsonHigh:
      number(function, arguments, expression)
    case .toInt, .toFloat, .toString: conversion(function, arguments, expression)
    }
  }

  /// The type of a step's values.
  func type(_ step: Int) -> DataType { steps[step].type }

  /// The text of a step that is a string constant.
  func text(_ step: Int) -> String? {
    if case .string(let text) = constants[step] { text } else { nil }
  }
}
