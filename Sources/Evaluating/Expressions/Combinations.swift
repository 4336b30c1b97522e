import Columns
import Plans
import Synchronization

/// The combined texts of one evaluation, made where it helps to know all texts beforehand and shared by
/// the workers.
final class Combinations: Sendable {
  private let made = Mutex<[[TextPart.Key]: CombinedTexts]>([:])

  /// The bytes of all texts, at most: what stays in the cache.
  private static let mostBytes = 1 << 22

  /// The texts of parts, of which there may be at most `limit` combinations; nil for more.
  func texts(
    of parts: [TextPart], limit: Int, _ context: ExpressionContext
  ) -> CombinedTexts? {
    if let known = known(parts) { return known }
    var count = 1
    for part in parts {
      if part.count == 0 || part.count > limit { return nil }
      count *= part.count
      if count > limit || count > TextDictionary.maximumCount { return nil }
    }
    let bytes = parts.reduce(0) { $0 + count / $1.count * $1.byteCount }
    if bytes > Combinations.mostBytes { return nil }
    let texts = CombinedTexts(parts, context.zone)
    made.withLock { $0[parts.map(\.key)] = texts }
    return texts
  }

  /// The texts of parts, where they have been made.
  func known(_ parts: [TextPart]) -> CombinedTexts? {
    made.withLock { $0.isEmpty ? nil : $0[parts.map(\.key)] }
  }
}

extension TextPart {
  /// About the bytes of all its texts.
  fileprivate var byteCount: Int {
    switch self {
    case .constant(let text): text.utf8.count
    case .codes(let dictionary):
      Int(dictionary.texts.offsets.pointer[dictionary.count])
        - Int(dictionary.texts.offsets.pointer[0])
    case .integers(_, let count, _): count * 32
    }
  }
}

extension ScalarExpression {
  /// What a text is put together of: itself unless it is a sum of texts, integers for those that are
  /// made to texts.
  var textParts: [ScalarExpression] {
    guard type == .string, case .call(let function, let arguments) = node else { return [self] }
    switch function {
    case .add: return arguments.flatMap(\.textParts)
    case .toString where arguments[0].type == .string: return arguments[0].textParts
    case .toString where arguments[0].type.isStoredAsInteger:
      if case .constant = arguments[0].node { return [self] }
      return [arguments[0]]
    default: return [self]
    }
  }

  /// What the parts of a text are, where all have few values, and whether one may be null; nil for texts
  /// of one part that are no numbers.
  func combination(
    _ column: (String) -> ColumnFacts
  ) -> (parts: [TextPart], mayBeNull: Bool)? {
    let expressions = textParts
    if type != .string || expressions.count == 1 && expressions[0].type == .string { return nil }
    var parts: [TextPart] = []
    var mayBeNull = false
    for expression in expressions {
      if case .constant(.string(let text)) = expression.node {
        parts.append(.constant(text))
        continue
      }
      let facts = expression.facts(column)
      mayBeNull = mayBeNull || facts.mayBeNull
      if let dictionary = facts.dictionary {
        parts.append(.codes(dictionary))
      } else if expression.type.isStoredAsInteger, let range = facts.range {
        let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        if overflow || span >= TextDictionary.maximumCount { return nil }
        parts.append(.integers(low: range.lowerBound, count: Int(span) + 1, expression.type))
      } else {
        return nil
      }
    }
    return (parts, mayBeNull)
  }
}

extension Evaluator {
  /// What is known of an expression over a pipeline's columns; texts that are put together of few values
  /// are codes of a dictionary, which is made for them.
  func facts(_ pipeline: Pipeline, _ expression: ScalarExpression) -> ColumnFacts {
    let expression = simplified(pipeline.substituted(expression))
    var facts = pipeline.facts(expression)
    let limit = pipeline.source.rowBound / max(1, limits.combinationRows)
    guard expression.type == .string, facts.dictionary == nil,
      let combination = expression.combination({ pipeline.source.facts($0) }),
      let texts = context.combinations.texts(of: combination.parts, limit: limit, context)
    else { return facts }
    facts.dictionary = texts.dictionary
    facts.isCombined = true
    facts.mayBeNull = combination.mayBeNull
    return facts
  }
}
