import Diagnostics

/// Messages for tokens that stand where they cannot.
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
    if let first = text(token).unicodeScalars.first,
      HiddenText.isHidden(first, after: nil, before: nil)
    {
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
}
