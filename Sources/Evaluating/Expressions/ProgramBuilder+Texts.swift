import Columns
import Diagnostics
import Kernels
import Plans

extension ProgramBuilder {
  mutating func text(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    let argument = arguments[0]
    if arguments.contains(where: { constants[$0] == .null }) {
      return constant(.null, expression.type)
    }
    switch function {
    case .lower, .upper:
      return add(function.rawValue, arguments, .string) {
        CaseMappingStep(argument, toUpper: function == .upper)
      }
    case .trim: return add("trim", arguments, .string) { TrimStep(argument) }
    case .length: return add("length", arguments, .int) { LengthStep(argument) }
    case .contains, .containsIgnoringCase, .startsWith, .endsWith:
      return search(function, arguments)
    case .replace:
      guard let needle = text(arguments[1]), let replacement = text(arguments[2]) else {
        return add("replace", arguments, .string) { RowTextStep(arguments, .replace) }
      }
      return add("replace", arguments, .string) {
        ReplaceStep(argument, needle, with: replacement)
      }
    case .substring:
      guard let start = constants[arguments[1]]?.integer,
        let length = constants[arguments[2]]?.integer
      else { return add("substring", arguments, .string) { RowTextStep(arguments, .substring) } }
      return add("substring", arguments, .string) {
        SubstringStep(argument, start: start, length: length)
      }
    default: return try regular(function, arguments, expression)
    }
  }

  private mutating func search(_ function: ScalarFunction, _ arguments: [Int]) -> Int {
    let argument = arguments[0]
    let name = function.rawValue
    if let needle = text(arguments[1]) {
      return add(name, arguments, .bool) {
        switch function {
        case .contains: ContainsStep(argument, needle, ignoringCase: false)
        case .containsIgnoringCase: ContainsStep(argument, needle, ignoringCase: true)
        case .startsWith: TextMatchStep(argument, .startsWith, needle)
        default: TextMatchStep(argument, .endsWith, needle)
        }
      }
    }
    let test: TextPairStep.Test =
      switch function {
      case .contains: .contains
      case .containsIgnoringCase: .containsIgnoringCase
      case .startsWith: .startsWith
      default: .endsWith
      }
    return add(name, arguments, .bool) { TextPairStep(arguments, test) }
  }

  /// `matches` and `extract`, whose pattern is a constant.
  private mutating func regular(
    _ function: ScalarFunction, _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    guard let pattern = text(arguments[1]) else {
      throw .diagnostic(
        Diagnostic("the pattern must be a constant", hint: "write it as /…/", at: expression.range))
    }
    let compiled: RegularExpression
    do {
      compiled = try RegularExpression(pattern)
    } catch {
      throw .diagnostic(
        Diagnostic(
          "'\(pattern)' is not a regular expression: \(error.message)", at: expression.range))
    }
    if function == .matches {
      return add("matches", arguments, .bool) { MatchesStep(arguments[0], compiled) }
    }
    let group = arguments.count > 2 ? Int(constants[arguments[2]]?.integer ?? 0) : 0
    return add("extract", arguments, .string) {
      ExtractStep(arguments[0], compiled, group: max(0, group))
    }
  }
}
