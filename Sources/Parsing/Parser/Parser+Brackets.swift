import Diagnostics

extension Parser {
  /// `element, element … )` behind an opening bracket that was gone over.
  ///
  /// Gives the greatest height of the elements in `height`.
  mutating func parseList(
    after opener: Token, _ parseElement: (inout Parser) -> Void
  ) {
    var tallest = 0
    while true {
      height = 0
      parseElement(&self)
      tallest = max(tallest, height)
      if isPanicking, !recoverInBrackets() { break }
      if kind != .symbol(.comma), kind != .symbol(.rightParen), !isUnclosedHere {
        report(expectedInList())
        if !recoverInBrackets() { break }
      }
      guard accept(.comma) else { break }
    }
    height = tallest
    close(opener)
  }

  /// Goes over the bracket that closes `opener`, or says that it is missing.
  mutating func close(_ opener: Token) {
    if kind == .symbol(.rightParen) || kind == .symbol(.rightBracket) && isSquare(opener) {
      return closeBracket()
    }
    if case .symbol(let symbol) = kind, symbol.isClosing, !isPanicking {
      remark(.wrongBracket(text(token), at: token.range))
      return closeBracket()
    }
    report(.unclosed(opener.range))
    leaveBracket()
  }

  /// Whether the current token shows that a bracket was forgotten: the statement or stage goes on
  /// without it.
  var isUnclosedHere: Bool {
    switch kind {
    case .end, .symbol(.semicolon), .symbol(.pipe): true
    case .symbol(let symbol): symbol.isClosing
    case .word(let word): word.clause != nil
    default: isAtMargin
    }
  }

  private func isSquare(_ opener: Token) -> Bool { opener.kind == .symbol(.leftBracket) }

  private func expectedInList() -> Diagnostic {
    if previous.kind == .name, text(previous) == "distinct" {
      return expected("',' or ')'", hint: "write distinct(\(quotedText(token)))")
    }
    return expected("',' or ')'", hint: habitHint())
  }
}

extension Diagnostic {
  fileprivate static func unclosed(_ range: SourceRange) -> Diagnostic {
    Diagnostic("'(' is not closed", hint: "add ')'", at: range)
  }

  fileprivate static func wrongBracket(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("expected ')', not '\(text)'", at: range)
  }
}
