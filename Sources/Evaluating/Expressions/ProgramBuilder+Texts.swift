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
        return add("replace", arguments, .string) {
          RowTextStep(arguments, .replace, expression)
        }
      }
      return add("replace", arguments, .string) {
        ReplaceStep(argument, needle, with: replacement, expression)
      }
    case .substring:
      guard let start = constants[arguments[1]]?.integer,
        let length = constants[arguments[2]]?.integer
      else {
        return add("substring", arguments, .string) {
          RowTextStep(arguments, .substring, expression)
        }
      }
      return add("substring", arguments, .string) {
        SubstringStep(argument, start: start, length: length)
      }
    case .digits: return add("digits", arguments, .int) { DigitsStep(argument) }
    case .similarity: return similarity(arguments)
    case .split: return split(arguments, expression)
    case .json: return try json(arguments, expression)
    default: return try regular(function, arguments, expression)
    }
  }

  /// A text that is put together of others and of numbers; nil for all else.
  mutating func concatenation(_ expression: ScalarExpression) throws(EvaluationFailure) -> Int? {
    let parts = expression.textParts
    let combined = expression.combination(facts).flatMap { context.combinations.known($0.parts) }
    if parts.count == 1 && combined == nil { return nil }
    var built: [Int] = []
    for part in parts { built.append(try build(part)) }
    return add("concatenation", built, .string) { ConcatenationStep(built, combined, expression) }
  }

  private mutating func similarity(_ arguments: [Int]) -> Int {
    let (left, right) = (text(arguments[0]), text(arguments[1]))
    return add("similarity", arguments, .float) {
      if let right { return ConstantSimilarityStep(arguments[0], right, isFirst: false) }
      if let left { return ConstantSimilarityStep(arguments[1], left, isFirst: true) }
      return SimilarityStep(arguments)
    }
  }

  private mutating func split(_ arguments: [Int], _ expression: ScalarExpression) -> Int {
    let part = arguments.count > 2 ? constants[arguments[2]]?.integer : nil
    guard let separator = text(arguments[1]), arguments.count == 2 || part != nil else {
      return add("split", arguments, .string) { RowTextStep(arguments, .split, expression) }
    }
    return add("split", arguments, .string) {
      SplitStep(arguments[0], separator, part: part, expression)
    }
  }

  private mutating func json(
    _ arguments: [Int], _ expression: ScalarExpression
  ) throws(EvaluationFailure) -> Int {
    guard let text = text(arguments[1]) else { return constant(.null, .string) }
    let path: JSONPath
    do {
      path = try JSONPath(text)
    } catch {
      throw .diagnostic(Diagnostic(error.message, hint: error.hint, at: expression.range))
    }
    return add("json", arguments, .string) { JSONStep(arguments[0], path) }
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

  /// `matches`, `extract` and `replace_regex`, whose pattern is a constant.
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
    if function == .replaceRegex {
      let rewrite = text(arguments[2]) ?? ""
      return add("replace_regex", arguments, .string) {
        ReplaceRegexStep(arguments[0], compiled, with: rewrite, expression)
      }
    }
    let group = arguments.count > 2 ? Int(constants[arguments[2]]?.integer ?? 0) : 0
    return add("extract", arguments, .string) {
      ExtractStep(arguments[0], compiled, group: max(0, group))
    }
  }
}
