import Diagnostics

extension Parser {
  /// Adds an error, after which parsing goes on at the next safe place.
  mutating func report(_ diagnostic: Diagnostic) {
    remark(diagnostic)
    isPanicking = true
  }

  /// Adds an error and goes to the end of the statement, out of all brackets.
  mutating func abandon(_ diagnostic: Diagnostic) {
    report(diagnostic)
    isAbandoned = true
    skip(outTo: 0) { _ in false }
  }

  /// Adds an error that leaves the parser where it is: what was meant is clear.
  mutating func remark(_ diagnostic: Diagnostic) {
    if isPanicking || isAbandoned { return }
    // One message for one place: what is missing before a comma is missing after the one before.
    if diagnostics.last?.range != diagnostic.range { diagnostics.append(diagnostic) }
  }

  /// Where an error about something missing points: the current token, or the one before it when
  /// the statement is over.
  var missingPlace: SourceRange {
    !isAtStart && (kind.endsStatement || beginsStatementOnNewLine) ? previous.range : token.range
  }

  /// Goes to the next token of this bracket level that `isSafe` accepts, or to the end of the
  /// statement.
  ///
  /// Brackets that open on the way are gone over whole, and those that close nothing too.
  mutating func skip(to isSafe: (Token.Kind) -> Bool) { skip(outTo: bracketDepth, isSafe) }

  /// The same at an outer bracket level.
  private mutating func skip(outTo floor: Int, _ isSafe: (Token.Kind) -> Bool) {
    while kind != .end, kind != .symbol(.semicolon), !beginsStatementOnNewLine {
      let closesNothing = floor == 0 && kind == .symbol(.rightParen)
      if bracketDepth == floor, isSafe(kind) && !closesNothing || kind == .lineEnd { break }
      step(floor)
    }
    resetBrackets(to: floor)
    if beginsStatementOnNewLine { endLine() }
  }

  /// Goes over a token in a search, counting brackets.
  private mutating func step(_ floor: Int) {
    if case .symbol(let symbol) = kind {
      if symbol.closing != nil { return _ = openBracket() }
      if symbol.isClosing, bracketDepth > floor { return closeBracket() }
    }
    advance()
    endLine()
  }

  /// Whether a new line begins with the first word of a statement: no bracket reaches beyond it.
  var beginsStatementOnNewLine: Bool {
    token.isAfterLineBreak && token.kind == .name && !isAtStart
      && StatementWord(rawValue: text(token)) != nil
  }

  /// Whether a line without indentation begins inside a bracket: most likely a statement, behind a
  /// bracket that was forgotten.
  var isAtMargin: Bool {
    token.isAfterLineBreak && bracketDepth > 0
      && (beginsStatementOnNewLine || bytes[token.start - 1] == UInt8(ascii: "\n"))
  }

  /// After an error in an item: goes to the comma, clause, stage or bracket behind it.
  mutating func recoverInItems() {
    skip { kind in
      switch kind {
      case .symbol(.comma), .symbol(.pipe), .symbol(.rightParen): true
      case .word(let word): word.clause != nil
      default: false
      }
    }
    isPanicking = false
  }

  /// After an error in a stage: goes to the next one.
  mutating func recoverInStages() {
    skip { $0 == .symbol(.pipe) || $0 == .symbol(.rightParen) }
    isPanicking = false
  }

  /// After an error between brackets: goes to the comma or bracket behind it; false, still looking
  /// for a safe place, when the bracket seems not to be closed at all.
  mutating func recoverInBrackets() -> Bool {
    skip { $0 == .symbol(.comma) || $0 == .symbol(.rightParen) || $0 == .symbol(.pipe) }
    guard kind == .symbol(.comma) || kind == .symbol(.rightParen) else { return false }
    isPanicking = false
    return true
  }

  /// Ends a statement: reports what should not follow it, and goes to what ends it.
  mutating func finishStatement() {
    if !kind.endsStatement { report(unexpected("'|' or a new line")) }
    skip { _ in false }
    isPanicking = false
    isAbandoned = false
  }
}
