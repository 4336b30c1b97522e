import Diagnostics

extension Parser {
  mutating func parseString() -> Expression {
    let token = self.token
    advance()
    return Expression(kind: .string(unquoted(token, from: token.start)), range: token.range)
  }

  mutating func parseRegex() -> Expression {
    let token = self.token
    advance()
    let regex = RegexText(bytes[token.start..<token.end])
    if regex.pattern.isEmpty, token.opening == nil { remark(.emptyPattern(at: token.range)) }
    return Expression(kind: .regex(regex.pattern, flags: regex.flags), range: token.range)
  }

  mutating func parseDate() -> Expression {
    let token = self.token
    advance()
    if let fault = DateLiteral.fault(in: bytes[token.start..<token.end]) {
      remark(Diagnostic(fault.message, hint: fault.hint, at: token.range))
      return Expression(kind: .missing, range: token.range)
    }
    return Expression(kind: .date(text(token)), range: token.range)
  }

  /// A number or duration; a minus sign before it belongs to it.
  mutating func parseNumber(negatedBy sign: Token? = nil) -> Expression {
    let token = self.token
    advance()
    height = 1
    let range = sign.map { $0.range.union(token.range) } ?? token.range
    let literal = NumberLiteral(bytes[token.start..<token.end])
    return Expression(
      kind: numberKind(literal, isNegative: sign != nil, at: token.range), range: range)
  }

  private mutating func numberKind(
    _ literal: NumberLiteral, isNegative: Bool, at range: SourceRange
  ) -> Expression.Kind {
    switch literal {
    case .float(let value): return .float(isNegative ? -value : value)
    case .integer(let magnitude):
      if let value = signed(magnitude, isNegative) { return .integer(value) }
      remark(.tooLarge(text(range), at: range))
    case .duration(let magnitude):
      if let value = signed(magnitude, isNegative) { return .duration(value) }
      remark(.tooLong(at: range))
    case .fault(let fault):
      remark(Diagnostic(fault.message, hint: fault.hint, at: range))
    }
    return .missing
  }

  private func signed(_ magnitude: UInt64, _ isNegative: Bool) -> Int64? {
    let bits = isNegative ? 0 &- magnitude : magnitude
    let value = Int64(bitPattern: bits)
    return value == 0 || (value < 0) == isNegative ? value : nil
  }

  /// The text between the quotes that begin at an offset of a token.
  mutating func unquoted(_ token: Token, from quote: Int) -> String {
    let end = token.opening == nil ? token.end - 1 : token.end
    let content = QuotedText(bytes, quote + 1, end)
    for fault in content.faults { remark(.unknownEscape(text(fault), at: fault)) }
    if token.kind == .quotedName, content.text.isEmpty { remark(.emptyName(at: token.range)) }
    return content.text
  }

  /// The names of a path, without their backquotes, joined by points.
  mutating func pathText(_ token: Token) -> String {
    var segments: [String] = []
    var offset = token.start
    while offset < token.end {
      let segment = segment(at: offset)
      segments.append(
        segment.kind == .quotedName ? unquoted(segment, from: segment.start) : text(segment))
      offset = segment.end + 1
    }
    return segments.joined(separator: ".")
  }
}

extension Diagnostic {
  fileprivate static func emptyPattern(at range: SourceRange) -> Diagnostic {
    Diagnostic("the pattern is empty", hint: "comments begin with '#'", at: range)
  }

  fileprivate static func tooLarge(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this number exceeds 64 bits",
      hint: "write an id in quotes, \"\(text)\", or a float, 1e20", at: range)
  }

  fileprivate static func tooLong(at range: SourceRange) -> Diagnostic {
    Diagnostic("this duration is too long", at: range)
  }

  fileprivate static func unknownEscape(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "'\(text)' is no escape",
      hint: "write \\\\ for a backslash; \\n \\t \\\" \\' \\u{…} are known",
      at: range)
  }

  fileprivate static func emptyName(at range: SourceRange) -> Diagnostic {
    Diagnostic("the name is empty", at: range)
  }
}
