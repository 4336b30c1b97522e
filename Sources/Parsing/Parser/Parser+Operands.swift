import Diagnostics

extension Parser {
  /// Parses `literal | name | call | "$" name | "@" handle | "(" expression | pipeline ")"`.
  mutating func parseOperand() -> Expression {
    if kind == .symbol(.slash) || kind == .symbol(.doubleSlash) && previous.kind.letsLineGoOn {
      rescanRegex()
    }
    height = 1
    switch kind {
    case .name, .quotedName, .path: return parseNameOrCall()
    case .word(let word): return parseWord(word)
    case .string: return parseString()
    case .regex: return parseRegex()
    case .number: return parseNumber()
    case .date: return parseDate()
    case .handle, .parameter: return parseSigil()
    case .symbol(.leftParen): return parseParenthesized()
    default: return unexpectedOperand()
    }
  }

  /// A place without an expression, reported before or after.
  mutating func missing() -> Expression {
    height = 1
    return Expression(kind: .missing, range: SourceRange(token.start, token.start))
  }

  private mutating func parseWord(_ word: ReservedWord) -> Expression {
    switch word {
    case .true, .false:
      advance()
      return Expression(kind: .bool(word == .true), range: previous.range)
    case .null:
      advance()
      return Expression(kind: .null, range: previous.range)
    case .if, .case:
      if peekKind() == .symbol(.leftParen) { return parseNameOrCall() }
      report(.expectedArguments(of: word, at: token.range))
      return missing()
    default: return parseReservedWord(word)
    }
  }

  /// A reserved word where an operand should stand.
  private mutating func parseReservedWord(_ word: ReservedWord) -> Expression {
    // A clause word that no operand follows is meant as a name: `select a, by`.
    if word.clause != nil, !peekKind().isOperandOnly, !isAtStart {
      remark(.reserved(word.rawValue, at: token.range))
      let name = takeName()
      return Expression(kind: .name(name), range: name.range)
    }
    return unexpectedOperand()
  }

  private mutating func unexpectedOperand() -> Expression {
    report(expectedOperand())
    return missing()
  }

  /// Parses `name [ "(" [ item { "," item } ] ")" ]`.
  private mutating func parseNameOrCall() -> Expression {
    let start = token
    let name = takeName()
    guard kind == .symbol(.leftParen) else {
      return Expression(kind: .name(name), range: start.range)
    }
    let opener = openBracket()
    let arguments = parseArguments(of: name, opener)
    raiseHeight()
    return Expression(kind: .call(name, arguments), range: range(from: start))
  }

  private mutating func parseArguments(of name: Name, _ opener: Token) -> [Item] {
    height = 0
    // `count(*)` is a habit of SQL.
    if name.text == "count", kind == .symbol(.star), peekKind() == .symbol(.rightParen) {
      advance()
    }
    if kind == .symbol(.rightParen) {
      closeBracket()
      return []
    }
    var items: [Item] = []
    parseList(after: opener) { parser in items.append(parser.parseItem(.argument)) }
    return items
  }

  /// "(" expression ")" | "(" pipeline ")": a `|` at the level of the bracket makes a pipeline.
  private mutating func parseParenthesized() -> Expression {
    var isBehindOperator = false
    if case .symbol(let symbol) = previous.kind { isBehindOperator = BinaryOperator(symbol) != nil }
    let opener = openBracket()
    let start = token
    let head = parseHead()
    let content = parseBracketed(head, from: start)
    if isPanicking || kind != .symbol(.rightParen) {
      recoverInParentheses(
        commaHint: isBehindOperator
          ? "a list stands behind 'in': x in (a, b)"
          : "a verb's items stand without brackets: select a, b")
    }
    close(opener)
    return Expression(kind: content.kind, range: range(from: opener), focus: content.ownFocus)
  }

  /// Reports what stands between an expression and its closing bracket, and goes over it.
  private mutating func recoverInParentheses(commaHint: String) {
    if !isPanicking, isUnclosedHere { return }
    report(expected("')'", hint: kind == .symbol(.comma) ? commaHint : habitHint()))
    skip { $0 == .symbol(.rightParen) || $0 == .symbol(.pipe) }
    if kind == .symbol(.rightParen) { isPanicking = false }
  }

  /// The content of a bracket: a head alone is an expression, with stages a pipeline.
  mutating func parseBracketed(_ head: Head, from start: Token) -> Expression {
    if kind != .symbol(.pipe), case .expression(let expression) = head { return expression }
    let pipeline = parseStages(after: head, from: start)
    return Expression(kind: .pipeline(pipeline), range: pipeline.range)
  }

  /// The name at the current token, whatever it is.
  mutating func takeName() -> Name {
    let token = self.token
    advance()
    switch token.kind {
    case .quotedName:
      return Name(text: unquoted(token, from: token.start), isQuoted: true, range: token.range)
    case .path:
      return Name(text: pathText(token), range: token.range)
    default:
      return Name(text: text(token), range: token.range)
    }
  }

  /// `$name` or `@handle`.
  private mutating func parseSigil() -> Expression {
    let token = self.token
    advance()
    let isHandle = token.kind == .handle
    guard token.end > token.start + 1 else {
      report(.expectedSigilName(isHandle, at: token.range))
      return missing()
    }
    let isQuoted = bytes[token.start + 1] == UInt8(ascii: "`")
    let name = Name(
      text: isQuoted
        ? unquoted(token, from: token.start + 1) : text(SourceRange(token.start + 1, token.end)),
      isQuoted: isQuoted, range: token.range)
    return Expression(kind: isHandle ? .handle(name) : .parameter(name), range: token.range)
  }
}

extension Expression {
  /// The focus, or nil where it is the whole range anyway.
  fileprivate var ownFocus: SourceRange? { focus == range ? nil : focus }
}

extension Diagnostic {
  fileprivate static func expectedArguments(
    of word: ReservedWord, at range: SourceRange
  ) -> Diagnostic {
    let form = word == .if ? "if(condition, a, b)" : "case(c1, v1, c2, v2, otherwise)"
    return Diagnostic("expected '(' after '\(word.rawValue)'", hint: "write \(form)", at: range)
  }

  fileprivate static func expectedSigilName(_ isHandle: Bool, at range: SourceRange) -> Diagnostic {
    isHandle
      ? Diagnostic("expected a handle after '@'", at: range)
      : Diagnostic("expected a parameter's name after '$'", at: range)
  }
}
