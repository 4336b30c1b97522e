import Diagnostics

extension Parser {
  /// What a pipeline, a bracket or a statement may begin with.
  enum Head {
    case expression(Expression)
    case verb(Stage)
  }

  /// Parses `pipeline = source { "|" stage }`.
  ///
  /// A statement that begins with `|` goes on from the last result, `_`.
  mutating func parsePipeline() -> Pipeline {
    if kind == .symbol(.pipe), isAtStart {
      let place = SourceRange(token.start, token.start)
      let last = Expression(kind: .name(Name(text: "_", range: place)), range: place)
      height = 1
      return parseStages(after: .expression(last), from: token)
    }
    let start = token
    return parseStages(after: parseHead(), from: start)
  }

  /// Parses `expression | ( "compare" | "overlap" | "diff" | "retention" ) items { clause }`.
  mutating func parseHead() -> Head {
    if isOpeningVerb() { return .verb(parseStage()) }
    return .expression(isAtStart ? parseFirstExpression() : parseExpression())
  }

  private mutating func isOpeningVerb() -> Bool {
    kind == .name && OpeningVerb(rawValue: text(token)) != nil && peekKind().isOperandOnly
  }

  /// An expression that begins a statement, where habits of other languages show.
  private mutating func parseFirstExpression() -> Expression {
    if let error = wrongStart() {
      report(error)
      return missing()
    }
    let expression = parseExpression()
    if !isPanicking, let error = verbWithoutTable(expression) { report(error) }
    return expression
  }

  /// { "|" stage } behind a source.
  mutating func parseStages(after head: Head, from start: Token) -> Pipeline {
    let originRange = SourceRange(start.start, max(start.start, previous.end))
    var stages: [Stage] = []
    var tallest = height
    if isPanicking { recoverInStages() }
    while accept(.pipe) {
      if expectVerb() { stages.append(parseStage()) }
      tallest = max(tallest, height)
      if isPanicking { recoverInStages() }
    }
    height = tallest + 1
    return Pipeline(
      origin: origin(head), originRange: originRange, stages: stages, range: range(from: start))
  }

  private func origin(_ head: Head) -> Pipeline.Origin {
    switch head {
    case .verb(let stage): .verb(stage)
    case .expression(let expression):
      switch expression.kind {
      case .name(let name): .name(name)
      case .handle(let name): .handle(name)
      case .string(let text): .file(text, expression.range)
      case .pipeline(let pipeline): .pipeline(pipeline)
      case .missing: .missing
      default: .expression(expression)
      }
    }
  }

  private mutating func expectVerb() -> Bool {
    guard kind == .name || kind == .quotedName, !beginsStatementOnNewLine else {
      report(.expectedVerb(at: missingPlace))
      return false
    }
    if peekKind() == .symbol(.assign) {
      report(.nameForVerb(quotedText(token), at: token.range))
      return false
    }
    return true
  }

  /// Parses `stage = verb [ "in" ] [ items ] { clause }`.
  mutating func parseStage() -> Stage {
    let start = token
    let verb = takeName()
    var items: [Item] = []
    var tallest = 1
    if kind == .word(.in) { advance() }
    if !endsItems || previous.kind == .word(.in) {
      items = parseItems(.stage)
      tallest = height
    }
    var clauses: [Clause] = []
    while case .word(let word) = kind, let clause = word.clause,
      peekKind() != .symbol(.assign)
    {
      clauses.append(parseClause(clause))
      tallest = max(tallest, height)
    }
    height = tallest
    return Stage(verb: verb, items: items, clauses: clauses, range: range(from: start))
  }

  /// Parses `clause = ( "by" | "per" | "on" | "with" | "to" | "as" ) items`.
  private mutating func parseClause(_ word: Clause.Word) -> Clause {
    let start = token
    advance()
    height = 1
    if case .symbol(let symbol) = kind, BinaryOperator(symbol) != nil, !kind.beginsOperand {
      report(.reserved(word.rawValue, at: start.range))
    }
    guard !isPanicking, !endsItems else {
      report(.emptyClause(word.rawValue, at: start.range))
      if endsItems, kind != .symbol(.comma) { isPanicking = false }
      return Clause(word: word, wordRange: start.range, items: [], range: start.range)
    }
    let items = parseItems(word == .with ? .option : .stage)
    return Clause(word: word, wordRange: start.range, items: items, range: range(from: start))
  }

  /// Whether no item begins here because the clause, the stage or the statement ends.
  private var endsItems: Bool {
    mutating get {
      switch kind {
      case .end, .lineEnd, .symbol(.semicolon), .symbol(.pipe), .symbol(.rightParen),
        .symbol(.comma):
        true
      // Before `=` it is a name: of an option, or an error.
      case .word(let word): word.clause != nil && peekKind() != .symbol(.assign)
      default: beginsStatementOnNewLine && peekKind().isOperandOnly
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func expectedVerb(at range: SourceRange) -> Diagnostic {
    Diagnostic("expected a verb after '|'", at: range)
  }

  fileprivate static func nameForVerb(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected a verb after '|'", hint: "write derive \(name) = …, or group \(name) = …",
      at: range)
  }

  fileprivate static func emptyClause(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing follows '\(word)'",
      hint: "'\(word)' is a reserved word; as a name it stands in backquotes", at: range)
  }
}
