import Columns
import Kernels
import Plans

extension ProgramBuilder {
  mutating func logic(_ function: ScalarFunction, _ arguments: [Int]) -> Int {
    let name = function.rawValue
    switch function {
    case .or, .and:
      return arguments.dropFirst().reduce(arguments[0]) { left, right in
        let range = function == .and ? textRange(left, right) : nil
        return add(name, [left, right], .bool) {
          range ?? LogicStep([left, right], isAnd: function == .and)
        }
      }
    case .not: return add(name, arguments, .bool) { NotStep(arguments[0]) }
    case .isNull, .isNotNull:
      return add(name, arguments, .bool) {
        NullTestStep(arguments[0], isNull: function == .isNull)
      }
    case .equal: return comparison(.equal, arguments)
    case .notEqual: return comparison(.notEqual, arguments)
    case .less: return comparison(.less, arguments)
    case .lessOrEqual: return comparison(.lessOrEqual, arguments)
    case .greater: return comparison(.greater, arguments)
    default: return comparison(.greaterOrEqual, arguments)
    }
  }

  /// Two comparisons of one text with constants, which are the ends of a range; nil for all else.
  private func textRange(_ left: Int, _ right: Int) -> Step? {
    guard let left = steps[left] as? TextOrderStep, let right = steps[right] as? TextOrderStep
    else { return nil }
    return TextRangeStep(left, right)
  }

  private mutating func comparison(_ comparison: Comparison, _ arguments: [Int]) -> Int {
    let isNull = arguments.contains { constants[$0] == .null }
    if isNull { return constant(.null, .bool) }
    let name = "\(comparison)"
    switch type(arguments[0]) {
    case .string:
      if let right = text(arguments[1]) { return self.comparison(arguments[0], comparison, right) }
      if let left = text(arguments[0]) {
        return self.comparison(arguments[1], comparison.mirrored, left)
      }
      return add(name, arguments, .bool) { TextComparisonStep(arguments, comparison) }
    case .float:
      if let step = likeness(comparison, arguments) { return step }
      return add(name, arguments, .bool) { FloatComparisonStep(arguments, comparison) }
    case .bool: return add(name, arguments, .bool) { BoolComparisonStep(arguments, comparison) }
    case .int, .date, .time, .duration:
      if let step = length(comparison, arguments) { return step }
      return add(name, arguments, .bool) { IntegerComparisonStep(arguments, comparison) }
    }
  }

  /// The likeness to a constant compared with another constant; nil for all else.
  private mutating func likeness(_ comparison: Comparison, _ arguments: [Int]) -> Int? {
    for (side, comparison) in [(0, comparison), (1, comparison.mirrored)] {
      guard let measure = steps[arguments[side]] as? ConstantSimilarityStep, !measure.isFirst,
        let threshold = constants[arguments[1 - side]]?.number
      else { continue }
      return add("likeness \(comparison)", arguments, .bool) {
        LikenessStep(measure, comparison, threshold)
      }
    }
    return nil
  }

  /// The length of a text compared with a constant; nil for all else.
  private mutating func length(_ comparison: Comparison, _ arguments: [Int]) -> Int? {
    for (side, comparison) in [(0, comparison), (1, comparison.mirrored)] {
      guard let step = steps[arguments[side]] as? LengthStep,
        let constant = constants[arguments[1 - side]]?.integer,
        let length = UInt32(exactly: constant)
      else { continue }
      return add("length \(comparison)", arguments, .bool) {
        LengthComparisonStep(step.arguments[0], comparison, length)
      }
    }
    return nil
  }

  /// A text compared with a constant.
  private mutating func comparison(
    _ argument: Int, _ comparison: Comparison, _ constant: String
  ) -> Int {
    add("\(comparison) \(constant)", [argument], .bool) {
      switch comparison {
      case .equal: TextMatchStep(argument, .equal, constant)
      case .notEqual: TextMatchStep(argument, .equal, constant, isNegated: true)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        TextOrderStep(argument, comparison, constant)
      }
    }
  }

  mutating func choice(
    _ function: ScalarFunction, _ arguments: [Int], _ type: DataType
  ) -> Int {
    switch function {
    case .coalesce:
      // The first that is not null: a case of null tests.
      var parts: [Int] = []
      for argument in arguments.dropLast() {
        parts.append(
          add(ScalarFunction.isNotNull.rawValue, [argument], .bool) {
            NullTestStep(argument, isNull: false)
          })
        parts.append(argument)
      }
      return caseOf(parts + arguments.suffix(1), type)
    case .ifElse, .caseOf: return caseOf(arguments, type)
    default:
      let isLeast = function == .least
      return arguments.dropFirst().reduce(arguments[0]) { left, right in
        add(function.rawValue, [left, right], type) {
          ExtremeStep([left, right], type, isLeast: isLeast)
        }
      }
    }
  }

  private mutating func caseOf(_ arguments: [Int], _ type: DataType) -> Int {
    let values = arguments.indices.filter { $0 % 2 == 1 || $0 == arguments.count - 1 }
    let texts = values.compactMap { value -> TextCaseStep.Value? in
      let argument = arguments[value]
      if let constant = constants[argument] { return .constant(constant) }
      return (steps[argument] as? TextCaseStep).map { .choice($0) }
    }
    if type == .string, texts.count == values.count,
      let step = TextCaseStep(arguments, values: texts)
    {
      return add("case", arguments, type) { step }
    }
    return add("case", arguments, type) { CaseStep(arguments, type) }
  }
}
