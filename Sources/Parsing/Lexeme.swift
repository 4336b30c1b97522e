package import Diagnostics

/// A piece of a program's text as completion and colours see it: its kind and place, no errors.
package struct Lexeme: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A name that is not reserved; also the words that begin a statement, and verbs.
    case name
    /// In backquotes.
    case quotedName
    /// `ch.followers`.
    case path
    case word(ReservedWord)
    case string, pattern, number, date
    /// `@handle`, `$parameter`.
    case handle, parameter
    /// Punctuation and operators, as in `text`.
    case symbol
    /// A `;`, or a line end behind which a statement begins; empty for the latter.
    case statementEnd
    /// What begins nothing.
    case other
  }

  package let kind: Kind
  package let range: SourceRange
  /// As written.
  package let text: String
  /// False for a string, name or pattern whose closing quote is not there.
  package let isClosed: Bool

  /// Whether an operator may follow, and no operand.
  package var endsOperand: Bool {
    switch kind {
    case .name, .quotedName, .path, .string, .pattern, .number, .date, .handle, .parameter: true
    case .symbol: text == ")" || text == "]" || text == "}"
    case .word(let word): word == .true || word == .false || word == .null
    case .statementEnd, .other: false
    }
  }
}

/// The pieces of a text, comments and blanks left out; linear time.
package func lexemes(of source: Source) -> [Lexeme] {
  var scanner = LexemeScanner(bytes: source.bytes)
  return scanner.scan()
}

/// Cuts a text as the parser does: the same tokens, patterns and line ends.
private struct LexemeScanner {
  private var lexer: Lexer
  private var lexemes: [Lexeme] = []
  private var depth = 0
  private var lineGoesOn = true

  init(bytes: [UInt8]) { lexer = Lexer(bytes: bytes) }

  mutating func scan() -> [Lexeme] {
    while true {
      let before = lexer.position
      var token = lexer.next()
      if token.kind == .end {
        let hasBreak = lexer.bytes[before...].contains(UInt8(ascii: "\n"))
        if hasBreak { endLine(before: token, isWord: false) }
        return lexemes
      }
      if token.isAfterLineBreak { endLine(before: token, isWord: beginsStatement(token)) }
      if isPattern(token) { token = lexer.rescanRegex(token) }
      append(token)
    }
  }

  private func beginsStatement(_ token: Token) -> Bool {
    token.kind == .name && StatementWord(rawValue: lexer.text(token.start, token.end)) != nil
  }

  private func isPattern(_ token: Token) -> Bool {
    guard token.kind == .symbol(.slash) || token.kind == .symbol(.doubleSlash) else { return false }
    return !(lexemes.last?.endsOperand ?? false)
  }

  private mutating func endLine(before token: Token, isWord: Bool) {
    let goesOn = depth > 0 || lineGoesOn || token.kind.continuesLine
    guard !goesOn || isWord else { return }
    depth = 0
    lineGoesOn = true
    lexemes.append(
      Lexeme(
        kind: .statementEnd, range: SourceRange(token.start, token.start), text: "", isClosed: true)
    )
  }

  private mutating func append(_ token: Token) {
    if case .symbol(let symbol) = token.kind {
      if symbol.closing != nil { depth += 1 }
      if symbol.isClosing { depth = max(0, depth - 1) }
    }
    lineGoesOn = token.kind.letsLineGoOn || token.kind == .symbol(.semicolon)
    lexemes.append(
      Lexeme(
        kind: kind(of: token), range: token.range, text: lexer.text(token.start, token.end),
        isClosed: token.opening == nil))
  }

  private func kind(of token: Token) -> Lexeme.Kind {
    switch token.kind {
    case .name: .name
    case .quotedName: .quotedName
    case .path: .path
    case .word(let word): .word(word)
    case .string: .string
    case .regex: .pattern
    case .number: .number
    case .date: .date
    case .handle: .handle
    case .parameter: .parameter
    case .symbol(.semicolon): .statementEnd
    case .symbol, .foreign: .symbol
    case .end, .lineEnd, .unknown: .other
    }
  }
}
