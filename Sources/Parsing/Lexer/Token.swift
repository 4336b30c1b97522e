import Diagnostics

/// A piece of the text: its kind and its place.
///
/// The value of a literal is read when it is needed.
struct Token {
  enum Kind: Hashable {
    /// The end of the text.
    case end
    /// A line end that ends a statement; made by the parser, which knows the open brackets.
    case lineEnd
    case name
    case quotedName
    /// `ch.followers`: names joined by points, each quoted or not.
    case path
    case word(ReservedWord)
    case string, regex, number, date
    case handle, parameter
    case symbol(Symbol)
    /// An operator of another language.
    case foreign
    /// A character that begins nothing.
    case unknown
  }

  /// Why a literal has no closing quote.
  enum Opening {
    /// Its line ends first.
    case onLine
    /// The text ends first, so more lines could still close it.
    case atEnd
  }

  var kind: Kind
  let start: Int
  let end: Int
  /// Set for a string, quoted name or pattern without its closing quote.
  var opening: Opening?
  /// Whether a line break stands between this token and the one before.
  var isAfterLineBreak = false

  var range: SourceRange { SourceRange(start, end) }
}

extension Token.Kind {
  /// Whether a line that ends with this token goes on in the next.
  var letsLineGoOn: Bool {
    switch self {
    case .symbol(let symbol): symbol.letsLineGoOn
    case .word(let word): word.isOperator
    default: false
    }
  }

  /// Whether a line that begins with this token belongs to the line before.
  var continuesLine: Bool {
    switch self {
    case .symbol(let symbol): symbol == .pipe
    case .word(let word): word.continuesLine
    default: false
    }
  }

  var endsStatement: Bool { self == .end || self == .lineEnd || self == .symbol(.semicolon) }

  /// Whether an expression may begin with this token.
  var beginsOperand: Bool {
    switch self {
    case .name, .quotedName, .path, .string, .regex, .number, .date, .handle, .parameter: true
    case .symbol(let symbol):
      symbol == .leftParen || symbol == .minus || symbol == .bang || symbol == .slash
    case .word(let word):
      word == .not || word == .if || word == .case || word == .true || word == .false
        || word == .null
    default: false
    }
  }

  /// Whether an operand may begin with this token and no operator may: what betrays a missing
  /// comma or `|`.
  var isOperandOnly: Bool {
    beginsOperand && self != .symbol(.minus) && self != .symbol(.slash) && self != .word(.not)
  }
}
