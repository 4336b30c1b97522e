import Columns
import Kernels

/// A predicate of a string and a constant.
class TextPredicateStep: TextFunctionStep {
  init(_ argument: Int) { super.init(argument, .bool) }

  /// Writes the bits of the rows for which it holds.
  func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    preconditionFailure("a predicate without an operation")
  }

  final override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let bits = frame.bits()
    test(texts, into: bits)
    return Vector(
      count: texts.count, type: .bool, storage: .bits(bits), validity: texts.validity)
  }
}

/// Whether a text is, begins or ends with a constant.
final class TextMatchStep: TextPredicateStep {
  private let match: TextMatch
  private let needle: [UInt8]
  private let isNegated: Bool

  init(_ argument: Int, _ match: TextMatch, _ needle: String, isNegated: Bool = false) {
    self.match = match
    self.needle = Array(needle.utf8)
    self.isNegated = isNegated
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    texts.rows.match(match, needle, count: texts.count, into: bits)
    if isNegated { for word in 0..<(texts.count + 63) / 64 { bits[word] = ~bits[word] } }
  }
}

/// The order of a text and a constant, by bytes.
final class TextOrderStep: TextPredicateStep {
  fileprivate let comparison: Comparison
  fileprivate let constant: [UInt8]

  init(_ argument: Int, _ comparison: Comparison, _ constant: String) {
    self.comparison = comparison
    self.constant = Array(constant.utf8)
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    texts.rows.compare(comparison, constant, count: texts.count, into: bits)
  }
}

/// Whether a text is between two constants, which looks at its bytes once for both.
final class TextRangeStep: TextPredicateStep {
  private let low: TextRangeEnd
  private let high: TextRangeEnd

  /// Takes two comparisons of one text, one from below and one from above; nil for others.
  init?(_ one: TextOrderStep, _ other: TextOrderStep) {
    let ends = [one, other].map { ($0.comparison, $0.constant) }
    guard one.arguments == other.arguments,
      let low = ends.first(where: { $0.0 == .greater || $0.0 == .greaterOrEqual }),
      let high = ends.first(where: { $0.0 == .less || $0.0 == .lessOrEqual })
    else { return nil }
    self.low = TextRangeEnd(low.1, isIncluded: low.0 == .greaterOrEqual)
    self.high = TextRangeEnd(high.1, isIncluded: high.0 == .lessOrEqual)
    super.init(one.arguments[0])
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    texts.rows.between(low, high, count: texts.count, into: bits)
  }
}

/// Whether a text contains a constant, exactly or ignoring case.
final class ContainsStep: TextPredicateStep {
  private let needle: [UInt8]
  private let ignoresCase: Bool
  /// Finds letters beyond ASCII in any case.
  private let folded: AnyCaseSearch?
  /// Whether rows have to be folded.
  private let isFolded: Bool

  init(_ argument: Int, _ needle: String, ignoringCase: Bool) {
    ignoresCase = ignoringCase
    isFolded = ignoringCase && !needle.utf8.allSatisfy { $0 < 0x80 }
    folded = isFolded ? AnyCaseSearch(foldingVariants(needle)) : nil
    self.needle = ignoringCase ? foldedBytes(needle) : Array(needle.utf8)
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    guard isFolded else {
      return searchTexts(
        base: texts.bytes, offsets: texts.offsets, count: texts.count, needle: needle,
        ignoringCase: ignoresCase, into: bits)
    }
    let rows = texts.rows
    if let folded { return folded.match(rows, count: texts.count, into: bits) }
    bits.update(repeating: 0, count: (texts.count + 63) / 64)
    for row in 0..<texts.count where containsFolded(rows[row], needle) {
      bits[row >> 6] |= 1 << UInt64(row & 63)
    }
  }
}

/// Whether a regular expression matches somewhere in a text.
final class MatchesStep: TextPredicateStep {
  private let pattern: RegularExpression

  init(_ argument: Int, _ pattern: RegularExpression) {
    self.pattern = pattern
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    pattern.match(texts.rows, count: texts.count, into: bits)
  }
}

/// Whether a text is in a set.
final class TextMembershipStep: TextPredicateStep {
  private let set: TextKeySet

  init(_ argument: Int, _ set: TextKeySet) {
    self.set = set
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    set.lookUp(texts.rows, count: texts.count, into: bits)
  }
}

/// A group of the first match of a regular expression; null without a match.
final class ExtractStep: TextFunctionStep {
  private let extraction: RegexExtraction

  init(_ argument: Int, _ pattern: RegularExpression, group: Int) {
    extraction = RegexExtraction(pattern, group: group)
    super.init(argument, .string)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let numbers = frame.temporary(UInt32.self)
    let found = frame.bits()
    let rows = texts.rows
    extraction.extract(
      rows, count: texts.count, starts: numbers, ends: numbers + frame.capacity, found: found)
    let parts = TextRows(base: rows.base, starts: numbers, ends: numbers + frame.capacity)
    memory.begin()
    memory.append(parts, count: texts.count)
    return Vector(
      count: texts.count, type: .string, storage: memory.storage,
      validity: frame.restrict(texts.validity, to: found))
  }
}
