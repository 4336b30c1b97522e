import Diagnostics

extension Parser {
  /// Parses `program = { statement ( ";" | line end ) }`.
  mutating func parseProgram() -> Program {
    var statements: [Statement] = []
    while true {
      skipSeparators()
      if kind == .end { break }
      if let statement = parseStatement() { statements.append(statement) }
      finishStatement()
    }
    return Program(statements: statements)
  }

  private mutating func skipSeparators() {
    while kind == .symbol(.semicolon) || kind == .lineEnd {
      if kind == .lineEnd { startLine() } else { advance() }
    }
  }

  /// Parses `statement = word-statement | pipeline`.
  private mutating func parseStatement() -> Statement? {
    startStatement()
    let start = token
    let kind: Statement.Kind?
    if self.kind == .name, let word = StatementWord(rawValue: text(token)) {
      kind = parseWordStatement(word)
    } else {
      kind = .pipeline(parsePipeline())
    }
    return kind.map { Statement(kind: $0, range: range(from: start)) }
  }

  private mutating func parseWordStatement(_ word: StatementWord) -> Statement.Kind? {
    switch word {
    case .load: return .load(parseStage())
    case .attach: return .attach(parseStage())
    case .let: return parseBinding()
    case .def: return parseDefinition()
    case .param:
      advance()
      return parseParameter(after: "param").map { .parameter($0) }
    case .explain: return parseWrapped().map { .explain($0) }
    case .sql: return parseWrapped().map { .sql($0) }
    case .verify: return parseWrapped().map { .verify($0) }
    }
  }

  /// Parses `( "explain" | "sql" | "verify" ) pipeline`.
  private mutating func parseWrapped() -> Pipeline? {
    advance()
    guard !kind.endsStatement, kind != .symbol(.pipe) else {
      report(.expectedPipeline(after: text(previous), at: missingPlace))
      return nil
    }
    return parsePipeline()
  }

  /// Parses `"let" name "=" pipeline`.
  private mutating func parseBinding() -> Statement.Kind? {
    advance()
    guard let name = parseNewName(after: "let"), expectAssignment() else { return nil }
    return .binding(name: name, value: parsePipeline())
  }

  /// Parses `"def" name "(" [ parameter { "," parameter } ] ")" "=" pipeline`.
  private mutating func parseDefinition() -> Statement.Kind? {
    advance()
    guard let name = parseNewName(after: "def") else { return nil }
    guard kind == .symbol(.leftParen) else {
      report(.expectedParameters(of: name.text, at: missingPlace))
      return nil
    }
    let parameters = parseParameters()
    guard !isPanicking, expectAssignment() else { return nil }
    return .definition(name: name, parameters: parameters, body: parsePipeline())
  }

  private mutating func parseParameters() -> [Parameter] {
    let opener = openBracket()
    if kind == .symbol(.rightParen) {
      closeBracket()
      return []
    }
    var parameters: [Parameter] = []
    parseList(after: opener) { parser in
      let separator = parser.text(parser.previous)
      if let parameter = parser.parseParameter(after: separator) { parameters.append(parameter) }
    }
    return parameters
  }

  /// Parses `parameter = name [ ":" type ] [ "=" expression ]`.
  private mutating func parseParameter(after word: String) -> Parameter? {
    guard let name = parseNewName(after: word) else { return nil }
    var type: Name?
    if accept(.colon) {
      type = parseNewName(after: ":")
      if type == nil { return nil }
    }
    let value = accept(.assign) ? parseExpression() : nil
    return Parameter(name: name, type: type, defaultValue: value)
  }

  /// A name that is given here, so not a path.
  mutating func parseNewName(after word: String) -> Name? {
    switch kind {
    case .name, .quotedName:
      return takeName()
    case .word where !peekKind().isOperandOnly || peekKind() == .symbol(.leftParen):
      remark(.reserved(text(token), at: token.range))
      return takeName()
    case .path:
      report(.pathForName(text(token), at: token.range))
      return nil
    default:
      report(.expectedName(after: word, at: missingPlace))
      return nil
    }
  }

  private mutating func expectAssignment() -> Bool {
    if accept(.assign) { return true }
    let isMeant = kind == .symbol(.equal) || kind == .foreign && text(token) == ":="
    report(
      Diagnostic(
        "expected '=' after '\(quotedText(previous))'", hint: isMeant ? "write =" : nil,
        at: missingPlace))
    return false
  }

  /// From the start of a token to the end of the one before the current.
  func range(from start: Token) -> SourceRange { SourceRange(start.start, previous.end) }
}

extension Diagnostic {
  fileprivate static func expectedPipeline(
    after word: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "expected a pipeline after '\(word)'",
      hint: "a table of this name stands in backquotes: `\(word)`", at: range)
  }

  fileprivate static func expectedParameters(
    of name: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic("expected '(' after '\(name)'", hint: "write def \(name)(t) = t | …", at: range)
  }

  fileprivate static func expectedName(after word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("expected a name after '\(word)'", at: range)
  }

  fileprivate static func pathForName(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a name holds no '.'", hint: "write it in backquotes: `\(path)`", at: range)
  }

  static func reserved(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "'\(word)' is a reserved word",
      hint: "to use it as a name, write it in backquotes: `\(word)`",
      at: range)
  }
}
