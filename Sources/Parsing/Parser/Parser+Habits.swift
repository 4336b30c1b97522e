import Diagnostics

/// Messages for tokens that stand where they cannot, with hints for habits of other languages.
extension Parser {
  /// What a token is called in messages: its text, cut when long.
  func quotedText(_ token: Token) -> String {
    let firstLine = text(token).prefix { !$0.isNewline }
    return firstLine.count <= 30 ? String(firstLine) : "\(firstLine.prefix(29))…"
  }

  /// An expression should begin at the current token and does not.
  func expectedOperand() -> Diagnostic {
    if case .symbol(let symbol) = token.kind, symbol.isClosing, bracketDepth == 0 {
      return .closesNothing(quotedText(token), at: token.range)
    }
    let isOver =
      kind.endsStatement || kind == .symbol(.rightParen) || kind == .symbol(.pipe) || isClauseWord
    if !isAtStart, isOver || beginsStatementOnNewLine {
      return .expectedExpression(after: quotedText(previous), at: previous.range)
    }
    switch kind {
    case .foreign, .unknown:
      return strange()
    case .symbol(.star):
      return .star(at: token.range)
    case .symbol(.leftBracket):
      return Diagnostic(
        "expected an expression", hint: "lists stand in round brackets after in: x in (a, b)",
        at: token.range)
    default:
      return .expectedExpression(before: quotedText(token), at: token.range)
    }
  }

  private var isClauseWord: Bool {
    if case .word(let word) = kind { word.clause != nil } else { false }
  }

  /// Something should stand before the current token and does not.
  func expected(_ what: String, hint: String? = nil) -> Diagnostic {
    if kind == .foreign || kind == .unknown { return strange() }
    if kind == .symbol(.dots) { return .strayRange(at: token.range) }
    return Diagnostic(
      "expected \(what) before '\(quotedText(token))'", hint: hint, at: token.range)
  }

  /// A complete item, stage or statement is followed by the current token.
  func unexpected(_ what: String) -> Diagnostic {
    switch kind {
    case .symbol(let symbol) where symbol.isClosing:
      return .closesNothing(quotedText(token), at: token.range)
    case .symbol(.comma):
      return Diagnostic("no ',' can follow here", at: token.range)
    case .symbol(.pipe):
      return Diagnostic(
        "no '|' can follow here", hint: "a pipeline begins with a table: t | …", at: token.range)
    case .word(let word) where word.clause != nil:
      return Diagnostic(
        "'\(word.rawValue)' follows a verb", hint: "write t | verb \(word.rawValue) …",
        at: token.range)
    case .word(.not):
      return Diagnostic(
        "expected 'in', 'between' or 'matches' after 'not'", hint: "write not x ~ y",
        at: token.range)
    default:
      return expected(what, hint: habitHint())
    }
  }

  /// A character or an operator that the language does not have.
  private func strange() -> Diagnostic {
    if kind == .foreign, let hint = ForeignSymbol.hints[text(token)] {
      return Diagnostic("no operator '\(quotedText(token))'", hint: hint, at: token.range)
    }
    if let first = text(token).unicodeScalars.first, LiteralText.isHidden(first) {
      let code = String(first.value, radix: 16, uppercase: true)
      return Diagnostic("unexpected character U+\(code)", at: token.range)
    }
    return Diagnostic(
      "unexpected '\(quotedText(token))'", hint: Self.characterHint(text(token)), at: token.range)
  }

  private static func characterHint(_ text: String) -> String? {
    guard let first = text.unicodeScalars.first, first != ".", first != "\\" else { return nil }
    if first.closingQuote != nil { return "write straight quotes: \"text\"" }
    switch first {
    case "≤": return "write <="
    case "≥": return "write >="
    case "≠": return "write !="
    case "×", "·": return "write *"
    case "÷": return "write /"
    case "–", "—", "−": return "write -"
    case "…": return "write .."
    default: return "a name with this character stands in backquotes"
    }
  }

  /// What was meant by a word or string that stands where an operator, comma or `|` should.
  func habitHint() -> String? {
    let (word, before) = (text(token), text(previous))
    if kind == .string, previous.kind == .string, previous.end == token.start {
      return "a quote inside of a string is written \\\(word.prefix(1))"
    }
    if previous.kind == .date, kind == .number {
      return "join day and time with T: \(before)T12:00"
    }
    guard kind == .name else { return nil }
    switch word {
    case "is": return "write x == null or x != null"
    case "like", "ilike": return "write x ~ \"part\", or x matches /pattern/"
    case "regexp", "rlike", "similar": return "write x matches /pattern/"
    case "contains": return "write x ~ \"part\""
    case "from": return "a pipeline begins with its table: t | select …"
    case "where": return "write | filter …"
    case "descending", "DESC": return "write desc"
    case "ascending", "ASC": return "write asc"
    case "isnt", "equals", "eq": return "write == or !="
    default:
      let lower = word.lowercased()
      return lower != word && ReservedWord(rawValue: lower) != nil ? "write \(lower)" : nil
    }
  }

  /// What is wrong with the first token of a statement, or nil.
  mutating func wrongStart() -> Diagnostic? {
    switch kind {
    case .symbol(.doubleSlash):
      return .comment(at: token.range)
    case .symbol(.slash) where peekKind() == .symbol(.star):
      return .comment(at: token.range)
    case .symbol(.minus):
      let next = peek()
      let isComment = next.kind == .symbol(.minus) && next.start == token.end
      return isComment ? .comment(at: token.range.union(next.range)) : nil
    case .word(let word) where word.isOperator && word != .not:
      return .operatorAtLineStart(word.rawValue, at: token.range)
    case .word(let word) where word.clause != nil:
      return Diagnostic(
        "'\(word.rawValue)' follows a verb", hint: "write it on the line of its verb",
        at: token.range)
    case .symbol(let symbol)
    where BinaryOperator(symbol) != nil && !kind.beginsOperand && symbol != .star:
      return .operatorAtLineStart(symbol.rawValue, at: token.range)
    default:
      return nil
    }
  }

  /// Whether a statement seems to begin with a verb: a name and then an operand.
  func verbWithoutTable(_ first: Expression) -> Diagnostic? {
    if case .binary(.multiply, let left, let right) = first.kind, case .name(let verb) = left.kind,
      verb.text == "select", case .name(let word) = right.kind, word.text == "from"
    {
      return .sql(at: first.range)
    }
    guard case .name(let name) = first.kind, kind.isOperandOnly, habitHint() == nil else {
      return name(first) == "select" ? .sql(at: first.range) : nil
    }
    if name.text == "select" { return .sql(at: name.range) }
    if name.text == "from" {
      return Diagnostic("no 'from' is needed", hint: "write t | …", at: name.range)
    }
    return .verbFirst(name.text, at: name.range)
  }

  private func name(_ expression: Expression) -> String? {
    guard case .name(let name) = expression.kind, !kind.endsStatement, kind != .symbol(.pipe)
    else { return nil }
    return name.text
  }
}

extension Diagnostic {
  fileprivate static func closesNothing(_ bracket: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("'\(bracket)' closes nothing", at: range)
  }

  fileprivate static func expectedExpression(
    after word: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic("expected an expression after '\(word)'", at: range)
  }

  fileprivate static func expectedExpression(
    before word: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic("expected an expression before '\(word)'", at: range)
  }

  fileprivate static func strayRange(at range: SourceRange) -> Diagnostic {
    Diagnostic("no range can stand here", hint: "ranges stand after in: x in a..b", at: range)
  }

  fileprivate static func star(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "'*' is no column", hint: "without select, every column is kept; count() counts rows",
      at: range)
  }

  fileprivate static func comment(at range: SourceRange) -> Diagnostic {
    Diagnostic("comments begin with '#'", at: range)
  }

  fileprivate static func operatorAtLineStart(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a statement does not begin with '\(word)'",
      hint: "write '\(word)' at the end of the line before: there the line goes on", at: range)
  }

  fileprivate static func sql(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a pipeline begins with its table", hint: "write t | filter … | select a, b", at: range)
  }

  fileprivate static func verbFirst(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected '|' after '\(word)'",
      hint: "a pipeline begins with a table: t | verb …", at: range)
  }
}
