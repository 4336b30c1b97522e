import Diagnostics

/// Builds the tree by recursive descent, a function a production, each named after it.
///
/// It never fails: what is wrong goes to `diagnostics`, and the parser looks for a place to go on
/// from (Parser+Recovery). Two limits keep every tree flat enough for recursive walks on a small
/// stack: `nesting` counts the calls that are open, `height` the levels of the last expression.
struct Parser {
  /// The current token as the lexer gave it.
  private(set) var token: Token
  /// What the token counts as here: `.lineEnd` when it begins a new line and nothing goes on.
  private(set) var kind = Token.Kind.end
  /// The token before the current one.
  private(set) var previous = Token(kind: .lineEnd, start: 0, end: 0)
  var diagnostics: [Diagnostic] = []
  /// Whether the text ends where more must follow, and is right so far.
  private(set) var isUnfinished = false

  /// Set by an error, cleared at the place where parsing goes on; meanwhile nothing is reported.
  var isPanicking = false
  /// Set when the rest of the statement is not looked at, and no error of it reported.
  var isAbandoned = false
  /// How many brackets are open; line ends do not count inside.
  private(set) var bracketDepth = 0
  /// How many expressions are being parsed, each inside the one before.
  private(set) var nesting = 0
  /// The height of the tree of the expression, item or stage parsed last; a leaf has 1.
  var height = 0

  /// Where the current statement begins.
  private var statementStart = 0
  private var lexer: Lexer
  private var upcoming: Token?
  /// Whether the line goes on after `previous`.
  private var lineGoesOn = false

  static let maximumNesting = 100
  static let maximumHeight = 500

  init(_ source: Source) {
    lexer = Lexer(bytes: source.bytes)
    token = lexer.next()
    classify()
  }

  // MARK: Tokens

  /// Goes to the next token.
  mutating func advance() {
    if token.opening != nil { reportOpening() }
    previous = token
    lineGoesOn = token.kind.letsLineGoOn
    token = upcoming ?? lexer.next()
    upcoming = nil
    classify()
  }

  /// Goes on when the current token is this one.
  mutating func accept(_ symbol: Symbol) -> Bool {
    guard kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  /// The kind of the token after the current one, `.lineEnd` where that ends the statement.
  mutating func peekKind() -> Token.Kind { peek().kind }

  /// The token after the current one; its kind is `.lineEnd` where that ends the statement.
  mutating func peek() -> Token {
    var next = upcoming ?? lexer.next()
    upcoming = next
    if endsLine(next, after: token.kind.letsLineGoOn) { next.kind = .lineEnd }
    return next
  }

  /// Reads the current `/` or `//` again as a pattern.
  mutating func rescanRegex() {
    token = lexer.rescanRegex(token)
    upcoming = nil
    classify()
  }

  /// The text of a token.
  func text(_ token: Token) -> String { lexer.text(token.start, token.end) }

  /// The text of a range.
  func text(_ range: SourceRange) -> String { lexer.text(range.start, range.end) }

  /// One name of a path.
  func segment(at offset: Int) -> Token { lexer.segment(at: offset) }

  var bytes: [UInt8] { lexer.bytes }

  private func endsLine(_ token: Token, after goesOn: Bool) -> Bool {
    token.isAfterLineBreak && bracketDepth == 0 && !goesOn && !token.kind.continuesLine
  }

  private mutating func classify() {
    kind = endsLine(token, after: lineGoesOn) ? .lineEnd : token.kind
    if kind == .end, bracketDepth > 0 || lineGoesOn { noteEnd() }
  }

  /// Notes that the text ends where more must follow.
  mutating func noteEnd() {
    if diagnostics.isEmpty { isUnfinished = true }
  }

  private mutating func reportOpening() {
    if token.opening == .atEnd { noteEnd() }
    diagnostics.append(.notClosed(token, text(token)))
    // What closes the brackets may be in it: the next line counts as a statement again.
    isPanicking = true
    bracketDepth = 0
  }

  // MARK: Brackets and lines

  /// Goes over an opening bracket, inside of which line ends do not count.
  mutating func openBracket() -> Token {
    bracketDepth += 1
    advance()
    return previous
  }

  /// Goes over a closing bracket.
  mutating func closeBracket() {
    leaveBracket()
    advance()
  }

  /// Counts a bracket as closed that is not, so that line ends count again.
  mutating func leaveBracket() {
    bracketDepth = max(0, bracketDepth - 1)
    classify()
  }

  /// Counts only so many brackets as open.
  mutating func resetBrackets(to depth: Int) {
    bracketDepth = depth
    classify()
  }

  /// Has a line end count here, whatever stands before it.
  mutating func endLine() {
    lineGoesOn = false
    classify()
  }

  /// Begins a statement at the token that the line end before it made a `.lineEnd`.
  mutating func startLine() {
    lineGoesOn = true
    classify()
  }

  /// Notes that a statement begins at the current token.
  mutating func startStatement() { statementStart = token.start }

  /// Whether the current token is the first of its statement.
  var isAtStart: Bool { token.start == statementStart }

  // MARK: Depth

  /// Counts one more level; false, with an error, where there are too many.
  mutating func enter() -> Bool {
    nesting += 1
    guard nesting > Self.maximumNesting else { return true }
    abandon(.tooDeep(token.range))
    nesting -= 1
    return false
  }

  mutating func leave() { nesting -= 1 }

  /// Puts one level on the last expression and another of that height.
  mutating func raiseHeight(_ other: Int = 0) {
    height = max(height, other) + 1
    guard height > Self.maximumHeight else { return }
    abandon(.tooLong(token.range))
  }
}

extension Diagnostic {
  fileprivate static func notClosed(_ token: Token, _ text: String) -> Diagnostic {
    switch token.kind {
    case .regex:
      Diagnostic("this pattern is not closed", hint: "add '/'", at: token.range)
    case .string:
      Diagnostic("this string is not closed", hint: "add \(text.prefix(1))", at: token.range)
    default:
      Diagnostic("this name is not closed", hint: "add a backquote", at: token.range)
    }
  }

  fileprivate static func tooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nested too deeply", hint: "at most \(Parser.maximumNesting) levels; name a part with let",
      at: range)
  }

  fileprivate static func tooLong(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too many operators in a row",
      hint: "at most \(Parser.maximumHeight); many values stand in a list: x in (a, b)", at: range)
  }
}
