import Columns
import Kernels
import Plans

extension ProgramBuilder {
  mutating func arithmetic(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) -> Int {
    let name = function.rawValue
    let left = type(arguments[0])
    if function == .negate { return negation(arguments[0], expression) }
    let right = type(arguments[1])
    if left == .float || right == .float {
      if left == .duration { return scaling(function, arguments, expression) }
      return float(function, arguments)
    }
    switch function {
    case .divide:
      // Durations; numbers have been widened to floats.
      let floats = arguments.map { argument in toFloat(argument) }
      return add(name, floats, .float) { FloatArithmeticStep(floats, .divide) }
    case .floorDivide, .remainder:
      return add(name, arguments, expression.type) {
        IntegerDivisionStep(
          arguments, function == .remainder ? .remainder : .quotient, expression.type, expression)
      }
    case .add: return integer(.add, name, arguments, expression)
    case .multiply: return integer(.multiply, name, arguments, expression)
    default: return integer(.subtract, name, arguments, expression)
    }
  }

  /// Sums, differences and products; dates count days, durations microseconds.
  private mutating func integer(
    _ operation: IntegerOperation, _ name: String, _ arguments: [Int],
    _ expression: ScalarExpression
  ) -> Int {
    let left = type(arguments[0])
    let right = type(arguments[1])
    var inputs = arguments
    if left == .date && right == .date {
      // Both in days; the difference is a number of days, in microseconds.
      let days = add("days \(name)", inputs, .int) {
        IntegerArithmeticStep(inputs, operation, .int, expression)
      }
      return add("days", [days], .duration) {
        ReinterpretStep(days, .duration, factor: microsPerDay)
      }
    }
    if left == .date && right == .duration && expression.type == .date {
      let duration = constants[arguments[1]]?.integer ?? 0
      inputs[1] = constant(.int(duration / microsPerDay), .int)
    } else if left == .date && expression.type == .time {
      inputs[0] = startOfDay(inputs[0])
    }
    return add(name, inputs, expression.type) {
      IntegerArithmeticStep(inputs, operation, expression.type, expression)
    }
  }

  private mutating func negation(_ argument: Int, _ expression: ScalarExpression) -> Int {
    if type(argument) == .float {
      return add("negate", [argument], .float) { FloatFunctionStep(argument, .negate) }
    }
    let zero = constant(.make(0, of: expression.type), expression.type)
    return add("-", [zero, argument], expression.type) {
      IntegerArithmeticStep([zero, argument], .subtract, expression.type, expression)
    }
  }

  private mutating func float(_ function: ScalarFunction, _ arguments: [Int]) -> Int {
    let operation: FloatOperation =
      switch function {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      case .floorDivide: .floorDivide
      default: .remainder
      }
    return add(function.rawValue, arguments, .float) { FloatArithmeticStep(arguments, operation) }
  }

  /// A duration times or divided by a float.
  private mutating func scaling(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) -> Int {
    add(function.rawValue, arguments, .duration) {
      DurationScalingStep(arguments, isDivision: function == .divide, expression)
    }
  }

  mutating func toFloat(_ argument: Int) -> Int {
    if type(argument) == .float { return argument }
    return add("float", [argument], .float) { ToFloatStep(argument) }
  }

  mutating func number(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) -> Int {
    let name = function.rawValue
    let isFloat = type(arguments[0]) == .float
    switch function {
    case .abs where isFloat: return floatFunction(.absolute, arguments)
    case .abs:
      return add(name, arguments, expression.type) {
        IntegerAbsoluteStep(arguments[0], expression.type, expression)
      }
    case .round, .floor, .ceil:
      if !isFloat { return arguments[0] }
      return rounding(function, arguments)
    case .sqrt: return floatFunction(.squareRoot, arguments)
    case .ln: return floatFunction(.ln, arguments)
    case .log10: return floatFunction(.log10, arguments)
    case .exp: return floatFunction(.exp, arguments)
    case .pow: return add(name, arguments, .float) { FloatArithmeticStep(arguments, .power) }
    case .clamp: return clamp(arguments, expression.type)
    case .bin: return bin(arguments, expression)
    default:
      return add(name, arguments, .float) {
        WilsonStep(arguments, isLow: function == .wilsonLow)
      }
    }
  }

  private mutating func floatFunction(_ function: FloatFunction, _ arguments: [Int]) -> Int {
    add("\(function)", arguments, .float) { FloatFunctionStep(arguments[0], function) }
  }

  private mutating func rounding(_ function: ScalarFunction, _ arguments: [Int]) -> Int {
    switch function {
    case .floor: return floatFunction(.floor, arguments)
    case .ceil: return floatFunction(.ceil, arguments)
    default:
      let inputs = arguments.count > 1 ? arguments : arguments + [constant(.int(0), .int)]
      return add(function.rawValue, inputs, .float) { RoundStep(inputs) }
    }
  }

  private mutating func clamp(_ arguments: [Int], _ type: DataType) -> Int {
    let low = add("clamp low", [arguments[0], arguments[1]], type) {
      ExtremeStep([arguments[0], arguments[1]], type, isLeast: false, isStrict: true)
    }
    return add("clamp high", [low, arguments[2]], type) {
      ExtremeStep([low, arguments[2]], type, isLeast: true, isStrict: true)
    }
  }

  private mutating func bin(_ arguments: [Int], _ expression: ScalarExpression) -> Int {
    let value = type(arguments[0])
    switch value {
    case .float: return add("bin", arguments, .float) { FloatBinStep(arguments) }
    case .time where isPartOfDay(arguments[1]): return multiple(arguments, expression)
    case .time: return add("bin", arguments, .time) { TimeBinStep(arguments, expression) }
    case .date:
      // Days in runs of so many days; widths under a day are none.
      let day = constant(.duration(microsPerDay), .duration)
      let days = add("//", [arguments[1], day], .int) {
        IntegerDivisionStep([arguments[1], day], .quotient, .int, expression)
      }
      return multiple([arguments[0], days], expression)
    default: return multiple(arguments, expression)
    }
  }

  /// Whether a constant width is no number of whole days, whose bins begin at days of a zone.
  private func isPartOfDay(_ width: Int) -> Bool {
    guard let width = constants[width]?.integer else { return false }
    return width > 0 && width % microsPerDay != 0
  }

  private mutating func multiple(_ arguments: [Int], _ expression: ScalarExpression) -> Int {
    add("bin", arguments, expression.type) {
      IntegerDivisionStep(arguments, .multiple, expression.type, expression)
    }
  }
}
